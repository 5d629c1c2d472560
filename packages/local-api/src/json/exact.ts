import { LosslessNumber, parse, stringify } from "lossless-json";

/** Parses JSON; a number that a JavaScript number would change stays the text that it is, as a `LosslessNumber`. */
export function parseJson(text: string): unknown {
  if (!/[\d.]{16}|\d[eE]/.test(text)) return JSON.parse(text);
  return parse(text, undefined, { parseNumber: numberOf, onDuplicateKey: ({ newValue }) => newValue });
}

/** Writes JSON, every number with the digits that it was read with. */
export function stringifyJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? "null";
  return text.includes('"isLosslessNumber"') ? (stringify(value, undefined, indent) ?? "null") : text;
}

function numberOf(text: string): number | LosslessNumber {
  return String(Number(text)) === text ? Number(text) : new LosslessNumber(text);
}
