import fc from "fast-check";
import { parse } from "lossless-json";
import { sameJson } from "../compare/same";
import type { Json } from "../fields/values";
import { ExactNumber, sameNumber } from "./exact-number";
import { parseJson } from "./parse-json";
import { stringifyJson } from "./stringify-json";

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));
/** JSON numbers of every form, those at the edge of what a double holds among them. */
const numbers = fc
  .record({
    sign: fc.constantFrom("", "-"),
    whole: fc.oneof(
      fc.constant("0"),
      digits(1, 22).filter((text) => !text.startsWith("0")),
    ),
    fraction: fc.oneof(
      fc.constant(""),
      digits(1, 22).map((text) => `.${text}`),
    ),
    exponent: fc.oneof(fc.constant(""), fc.constantFrom("e2", "E-3", "e+400", "e-400", "e15", "E0")),
  })
  .map(({ sign, whole, fraction, exponent }) => sign + whole + fraction + exponent);
const space = fc.constantFrom("", " ", "\n", "\t", "\r\n  ");
/** JSON texts around such numbers, with texts that look like numbers beside them. */
const texts = fc
  .tuple(numbers, space, fc.oneof(numbers, fc.string()), fc.constantFrom("bare", "list", "object", "nested"))
  .map(([number, gap, name, form]) => {
    const key = JSON.stringify(name);
    if (form === "bare") return gap + number + gap;
    if (form === "list") return `[${gap}${number}${gap},${key},${gap}${number}]`;
    if (form === "object") return `{${key}:${gap}${number}${gap}}`;
    return `{"a":[{${gap}${key}${gap}:${number}}],"b":${key}}`;
  });

test("what is parsed and written again has every digit that it had, in every form", () => {
  fc.assert(
    fc.property(texts, (text) => {
      // The library keeps every number as its text: the witness.
      const all = (value: unknown): unknown[] =>
        typeof value !== "object" || value === null || "isLosslessNumber" in value
          ? [value]
          : Object.entries(value).flatMap(([name, inner]) => [name, ...all(inner)]);
      const [before, after] = [parse(text), parse(stringifyJson(parseJson(text) as Json))].map(all) as [
        unknown[],
        unknown[],
      ];
      expect(after.length).toBe(before.length);
      for (const [at, value] of before.entries()) {
        const other = after[at];
        if (typeof value !== "object" || value === null) expect(other).toBe(value);
        else expect(sameNumber(new ExactNumber(String(value)), new ExactNumber(String(other)))).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a text whose numbers all fit is what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const plain: unknown = JSON.parse(text);
      expect(sameJson(parseJson(text), plain)).toBe(true);
      expect(parseJson(stringifyJson(plain as Json))).toEqual(JSON.parse(JSON.stringify(plain)));
    }),
  );
});

test.each([
  ["9007199254740993", "9007199254740993"],
  ["12345678901234567890", "12345678901234567890"],
  ["-12345678901234567890", "-12345678901234567890"],
  ["0.1234567890123456789", "0.1234567890123456789"],
  ["1e400", "1e400"],
  ["1e-400", "1e-400"],
  ["9007199254740992", "9007199254740992"],
  ["1e2", "100"],
  ["1.0", "1"],
])("%s is written back as %s", (text, written) => {
  expect(stringifyJson(parseJson(`{"a":[${text}]}`) as Json)).toBe(`{"a":[${written}]}`);
});

test.each([
  ['{"a":1234567890123456789,"a":2}', '{"a":2}'],
  ['{"__proto__":12345678901234567890}', '{"__proto__":12345678901234567890}'],
])("beside such a number %s is read as JSON.parse reads it", (text, written) => {
  expect(stringifyJson(parseJson(text) as Json)).toBe(written);
});

test.each(["", "{", "[1234567890123456789,]", "01234567890123456789", '{"a":1e}'])("%j is no JSON", (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test.each([
  ["1.0", "1", true],
  ["1e2", "100", true],
  ["-0.0", "0", true],
  ["12345678901234567890", "12345678901234567890.0", true],
  ["12345678901234567890", "1.234567890123456789e19", true],
  ["12345678901234567890", "12345678901234567891", false],
  ["12345678901234567890", "12345678901234567000", false],
  ["-12345678901234567890", "12345678901234567890", false],
  ["1e400", "1e401", false],
])("%s and %s are the same value: %s", (a, b, same) => {
  expect(sameJson(parseJson(`[${a}]`), parseJson(`[${b}]`))).toBe(same);
});
