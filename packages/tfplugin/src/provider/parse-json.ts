import { randomUUID } from "node:crypto";
import { parseNumber } from "../cty/number";

/** A number token that a JavaScript number may not hold: many digits, or an exponent. Texts that look so cost time only. */
const PERHAPS_INEXACT = /[\d.]{16}|\d[eE][+-]?\d/;

/** A number token on its own, outside of texts. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses JSON without losing digits: a number that is no exact JavaScript number comes as a bigint or a `Decimal`. */
export function parseJson(text: string): unknown {
  if (!PERHAPS_INEXACT.test(text)) return JSON.parse(text);
  // Numbers become marked texts; no text of the document can bear a mark that is made up now.
  const mark = `${randomUUID()}:`;
  const marked = text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${mark}${token}"`));
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? parseNumber(value.slice(mark.length)) : value,
  );
}
