import { parse } from "lossless-json";
import { numberOf } from "./exact-number";

/**
 * A number that a JavaScript number may not hold: 16 digits or more, or an exponent. Fifteen digits always come back as they were. A
 * number stands at the beginning, after white space or after one of `:`, `,` and `[`; a text that looks so costs time only.
 */
const perhapsInexact = /(?:^|[\s:,[])-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses JSON as `JSON.parse` does, and loses no digit: a number that no JavaScript number holds comes as an `ExactNumber`.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!perhapsInexact.test(text)) return JSON.parse(text);
  // As JSON.parse has it, the last of several values with one name counts.
  return parse(text, undefined, { parseNumber: numberOf, onDuplicateKey: ({ newValue }) => newValue });
}
