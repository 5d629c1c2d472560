import { CtyTypeError } from "./errors";

/** A type of cty, the type system of Terraform. `optional` matters only in configuration: a value has every attribute. */
export type CtyType =
  | { readonly kind: "string" | "number" | "bool" | "dynamic" }
  | { readonly kind: "list"; readonly element: CtyType }
  | { readonly kind: "set"; readonly element: CtyType }
  | { readonly kind: "map"; readonly element: CtyType }
  | {
      readonly kind: "object";
      readonly attributes: Readonly<Record<string, CtyType>>;
      readonly optional: readonly string[];
    }
  | { readonly kind: "tuple"; readonly elements: readonly CtyType[] };

/** A type as Terraform writes it in JSON: `"string"`, `["list", T]`, `["object", {name: T}, [optional]]`, `["tuple", [T]]`. */
export type TypeJson = string | readonly unknown[];

const STRING: CtyType = { kind: "string" };
const NUMBER: CtyType = { kind: "number" };
const BOOL: CtyType = { kind: "bool" };
const DYNAMIC: CtyType = { kind: "dynamic" };

/** The constructors of types. */
export const t = {
  string: STRING,
  number: NUMBER,
  bool: BOOL,
  dynamic: DYNAMIC,
  list: (element: CtyType): CtyType => ({ kind: "list", element }),
  set: (element: CtyType): CtyType => ({ kind: "set", element }),
  map: (element: CtyType): CtyType => ({ kind: "map", element }),
  object: (attributes: Record<string, CtyType>, optional: readonly string[] = []): CtyType => {
    for (const name of optional) {
      if (!Object.hasOwn(attributes, name))
        throw new CtyTypeError(
          `The optional attribute ${JSON.stringify(name)} is not an attribute of the object type.`,
        );
    }
    return { kind: "object", attributes: sorted(attributes), optional: [...optional].sort() };
  },
  tuple: (elements: readonly CtyType[]): CtyType => ({ kind: "tuple", elements }),
};

/** Attributes in the order of their names, without a prototype: an attribute may be called `constructor`. */
function sorted(attributes: Record<string, CtyType>): Record<string, CtyType> {
  const result: Record<string, CtyType> = Object.create(null);
  for (const name of Object.keys(attributes).sort()) {
    const type = attributes[name];
    if (type !== undefined) result[name] = type;
  }
  return result;
}

export function typeToJson(type: CtyType): TypeJson {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, typeToJson(type.element)];
    case "tuple":
      return ["tuple", type.elements.map(typeToJson)];
    case "object": {
      const attributes: Record<string, TypeJson> = Object.create(null);
      for (const [name, of] of Object.entries(type.attributes)) attributes[name] = typeToJson(of);
      return type.optional.length > 0 ? ["object", attributes, type.optional] : ["object", attributes];
    }
    default:
      return type.kind;
  }
}

export function typeFromJson(json: unknown): CtyType {
  switch (json) {
    case "string":
      return STRING;
    case "number":
      return NUMBER;
    case "bool":
      return BOOL;
    case "dynamic":
      return DYNAMIC;
  }
  if (Array.isArray(json)) {
    const [kind, of, optional] = json as unknown[];
    if (kind === "list" || kind === "set" || kind === "map") return t[kind](typeFromJson(of));
    if (kind === "tuple" && Array.isArray(of)) return t.tuple(of.map(typeFromJson));
    if (kind === "object" && typeof of === "object" && of !== null && !Array.isArray(of)) {
      const attributes: Record<string, CtyType> = Object.create(null);
      for (const [name, inner] of Object.entries(of)) attributes[name] = typeFromJson(inner);
      return t.object(attributes, Array.isArray(optional) ? optional.map(String) : []);
    }
  }
  throw new CtyTypeError(`${JSON.stringify(json)} is not a type of Terraform.`);
}

/** Whether `dynamic` occurs anywhere in the type. */
export function hasDynamic(type: CtyType): boolean {
  switch (type.kind) {
    case "dynamic":
      return true;
    case "list":
    case "set":
    case "map":
      return hasDynamic(type.element);
    case "tuple":
      return type.elements.some(hasDynamic);
    case "object":
      return Object.values(type.attributes).some(hasDynamic);
    default:
      return false;
  }
}

export function sameType(a: CtyType, b: CtyType): boolean {
  return a === b || JSON.stringify(typeToJson(a)) === JSON.stringify(typeToJson(b));
}

/** A type for a person: `list of object`, `number`. */
export function describeType(type: CtyType): string {
  return type.kind === "list" || type.kind === "set" || type.kind === "map"
    ? `${type.kind} of ${describeType(type.element)}`
    : type.kind;
}
