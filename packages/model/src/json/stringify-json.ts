import { stringify } from "lossless-json";
import type { Json } from "../fields/values";
import { ExactNumber } from "./exact-number";

const exactNumbers = [
  { test: (value: unknown) => value instanceof ExactNumber, stringify: (value: unknown) => String(value) },
];

/** Writes JSON as `JSON.stringify` does, every `ExactNumber`, and every bigint of a program, with the digits that it has. */
export function stringifyJson(value: Json): string {
  return holdsExactNumber(value)
    ? (stringify(value, undefined, undefined, exactNumbers) ?? "null")
    : JSON.stringify(value);
}

/** Whether a value is, or holds at any depth, a number that is no JavaScript number. */
export function holdsExactNumber(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  if (typeof value !== "object" || value === null) return false;
  return value instanceof ExactNumber || Object.values(value).some(holdsExactNumber);
}
