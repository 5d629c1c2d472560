import type { Field } from "../fields/field";
import { isJsonObject, type Json } from "../fields/values";
import { ExactNumber, sameNumber } from "../json/exact-number";
import { meansSameUrl } from "../urls";
import { statedSettings } from "./stated";

/** Deep equality of JSON-like values; the order of an object's keys means nothing, and a number is its decimal value. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof ExactNumber || b instanceof ExactNumber) return isNumber(a) && isNumber(b) && sameNumber(a, b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((element, i) => sameJson(element, b[i]));
  if (
    typeof a !== "object" ||
    typeof b !== "object" ||
    a === null ||
    b === null ||
    Array.isArray(a) ||
    Array.isArray(b)
  )
    return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)));
}

function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** Absent, null and empty are alike where the API answers (API page, "What is open"). */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/**
 * Whether two values are the same text to every engine: composed or decomposed (Unicode UAX #15). Terraform composes each text that it is
 * given, so that it cannot write others, which a service may hold.
 */
export function sameText(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "string" && typeof b === "string" && canonicalText(a) === canonicalText(b));
}

/** Whether two values that a program wrote are the same as typed. Only a set's order and repetition mean nothing. */
export function sameAsTyped(field: Field, a: unknown, b: unknown): boolean {
  if (field.meaning === "keys") return sameJson(stated(a), stated(b));
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return field.meaning === "set" ? sameSet(a, b) : sameJson(a, b);
}

/** A JSON object's null is as if left out, and nothing is as an empty object. */
function stated(value: unknown): unknown {
  if (value === undefined || value === null) return {};
  return isJsonObject(value) ? statedSettings(value) : value;
}

/** Whether an observed value means what was written: one way, since the written spelling is what state keeps. */
export function meansSame(field: Field, written: unknown, observed: unknown): boolean {
  if (isEmpty(written) || isEmpty(observed)) return isEmpty(written) && isEmpty(observed);
  if (field.meaning === "set") return sameSet(written, observed, canonicalText);
  if (typeof written !== "string" || typeof observed !== "string") return sameJson(written, observed);
  if (sameText(written, observed)) return true;
  return field.meaning === "url" && meansSameUrl(written, observed);
}

function canonicalText<T>(value: T): T | string {
  return typeof value === "string" ? value.normalize("NFC") : value;
}

function sameSet(a: unknown, b: unknown, as: (element: Json) => Json = (element) => element): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  const left = new Set<Json>(a.map(as));
  const right = new Set<Json>(b.map(as));
  return left.size === right.size && [...left].every((element) => right.has(element));
}
