import { normalizeNumber, numberText } from "./number";
import { type CtyType, sameType, t } from "./type";
import { Decimal, Dynamic, isObject, member, Unknown, type Value } from "./value";

/** Whether two values of a type are the same: numbers by what they are, sets without an order, unknown like unknown. */
export function equalValues(type: CtyType, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (a instanceof Unknown || b instanceof Unknown) {
    return a instanceof Unknown && b instanceof Unknown && refinementKey(a) === refinementKey(b);
  }
  switch (type.kind) {
    case "number":
      return sameNumber(a, b);
    case "dynamic": {
      const left = asDynamic(a);
      const right = asDynamic(b);
      return sameType(left.type, right.type) && equalValues(left.type, left.value, right.value);
    }
    case "list":
    case "tuple":
      return (
        Array.isArray(a) &&
        Array.isArray(b) &&
        a.length === b.length &&
        a.every((item, i) => equalValues(elementType(type, i), item, b[i] ?? null))
      );
    case "set":
      return Array.isArray(a) && Array.isArray(b) && sameSet(type.element, a, b);
    case "map": {
      if (!isObject(a) || !isObject(b)) return false;
      const keys = Object.keys(a);
      if (keys.length !== Object.keys(b).length) return false;
      return keys.every((key) => Object.hasOwn(b, key) && equalValues(type.element, a[key] ?? null, b[key] ?? null));
    }
    case "object": {
      if (!isObject(a) || !isObject(b)) return false;
      for (const name in type.attributes) {
        if (!equalValues(type.attributes[name] ?? t.dynamic, member(a, name), member(b, name))) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

function elementType(type: CtyType, index: number): CtyType {
  return type.kind === "tuple" ? (type.elements[index] ?? t.dynamic) : type.kind === "list" ? type.element : t.dynamic;
}

function sameNumber(a: Value, b: Value): boolean {
  if (!isNumber(a) || !isNumber(b)) return false;
  const left = normalizeNumber(a);
  const right = normalizeNumber(b);
  return left !== undefined && right !== undefined && numberText(left) === numberText(right);
}

function isNumber(value: Value): value is number | bigint | Decimal {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

/** Sets of strings are the common ones, and large; of anything else, pairs are looked for. */
function sameSet(element: CtyType, a: Value[], b: Value[]): boolean {
  if (element.kind === "string" && a.every(isString) && b.every(isString)) {
    const left = new Set(a);
    const right = new Set(b);
    return left.size === right.size && a.every((item) => right.has(item));
  }
  return covers(element, a, b) && covers(element, b, a);
}

function isString(value: Value): boolean {
  return typeof value === "string";
}

function covers(element: CtyType, a: Value[], b: Value[]): boolean {
  return b.every((item) => a.some((other) => equalValues(element, item, other)));
}

function refinementKey(value: Unknown): string {
  const r = value.refinements ?? {};
  const bound = (of: typeof r.lower) => (of === undefined ? null : [numberText(of.value), of.inclusive]);
  return JSON.stringify([
    r.notNull ?? false,
    r.prefix ?? "",
    bound(r.lower),
    bound(r.upper),
    r.minLength ?? 0,
    r.maxLength ?? null,
  ]);
}

/** The value with its type: inferred, as Terraform reads a literal, where the author gave none. */
export function asDynamic(value: Value): Dynamic {
  return value instanceof Dynamic ? value : new Dynamic(inferType(value), value);
}

/** The type that Terraform gives to a literal: arrays are tuples and objects are objects. */
export function inferType(value: Value): CtyType {
  if (typeof value === "string") return t.string;
  if (typeof value === "boolean") return t.bool;
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) return t.number;
  if (value instanceof Dynamic) return value.type;
  if (value === null || value instanceof Unknown) return t.dynamic;
  if (Array.isArray(value)) return t.tuple(value.map(inferType));
  const attributes: Record<string, CtyType> = Object.create(null);
  for (const name of Object.keys(value)) attributes[name] = inferType(value[name] ?? null);
  return t.object(attributes);
}
