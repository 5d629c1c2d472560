import type { CtyType } from "./type";

/**
 * What an unknown value is known to satisfy. Bounds of numbers and lengths are as cty defines them; `notNull` false says
 * nothing.
 */
export interface Refinements {
  readonly notNull?: boolean;
  readonly prefix?: string;
  readonly lower?: { readonly value: number | bigint | Decimal; readonly inclusive: boolean };
  readonly upper?: { readonly value: number | bigint | Decimal; readonly inclusive: boolean };
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A value that is known only after an apply. */
export class Unknown {
  constructor(readonly refinements?: Refinements) {}
  toString(): string {
    return "(known after apply)";
  }
}

/** The unknown value that nothing more is known about. */
export const unknown: Unknown = Object.freeze(new Unknown());

/** A number that neither a JavaScript number nor a bigint holds exactly: plain decimal text, without an exponent. */
export class Decimal {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
  valueOf(): number {
    return Number(this.text);
  }
}

/** A value at a place of type `dynamic`, with the type that it has there. A plain value given there has its type inferred. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

/** The attributes of an object, or the elements of a map, by name; no prototype when it comes from Terraform. */
export interface ValueObject {
  [name: string]: Value;
}

/**
 * A value of Terraform as a provider's author sees it. Sets are arrays without an order. A JavaScript number stands for the
 * decimal that it is printed as: `0.1` is exactly one tenth, as in Terraform.
 */
export type Value = null | boolean | string | number | bigint | Decimal | Unknown | Dynamic | Value[] | ValueObject;

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

/** Whether the value is an object of attributes or elements, and not one of this library's classes. */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown || value instanceof Decimal || value instanceof Dynamic)
  );
}

/** Whether nothing in the value is unknown. */
export function isWhollyKnown(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (value instanceof Unknown) return false;
  if (value instanceof Decimal) return true;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  for (const name of Object.keys(value)) if (!isWhollyKnown(value[name])) return false;
  return true;
}

/** The own member of an object value, null where it has none: never what a prototype has. */
export function member(object: ValueObject, name: string): Value {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

/** The value with the types of its dynamic parts taken off. */
export function plain(value: Value): Value {
  if (value instanceof Dynamic) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const result: ValueObject = Object.create(null);
  for (const name of Object.keys(value)) result[name] = plain(value[name] ?? null);
  return result;
}
