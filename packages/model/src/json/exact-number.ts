/**
 * A number of a JSON document that no JavaScript number holds, such as 12345678901234567890 or 0.1234567890123456789: the text that says
 * it. `parseJson` gives one only where a number would be another, and `stringifyJson` writes it as it was read.
 */
export class ExactNumber {
  /** @param text - a JSON number (RFC 8259 §6). */
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  /** For whoever shows a value with `JSON.stringify`, which cannot write such a number. What is sent or kept goes through `stringifyJson`. */
  toJSON(): string {
    return this.text;
  }
}

/** A JSON number (RFC 8259 §6): sign, digits before and after the point, exponent. */
const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A number as one text a value: significant digits and a power of ten, however it is written. `1.0` is `1`, and `1e2` is `100`. */
function decimalOf(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  const significant = digits.slice(0, end);
  if (significant === "") return "0";
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end)}`;
}

/** Whether two JSON numbers are the same decimal value, whatever they are held in. */
export function sameNumber(a: number | ExactNumber, b: number | ExactNumber): boolean {
  return typeof a === "number" && typeof b === "number" ? a === b : decimalOf(String(a)) === decimalOf(String(b));
}

/** The number that a text is: a JavaScript number where that one, printed, has the same decimal value. */
export function numberOf(text: string): number | ExactNumber {
  const number = Number(text);
  return Number.isFinite(number) && decimalOf(String(number)) === decimalOf(text) ? number : new ExactNumber(text);
}
