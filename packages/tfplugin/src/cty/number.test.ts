import fc from "fast-check";
import { fromFloat, isExactDecimal, normalizeNumber, numberText, parseNumber } from "./number";
import { Decimal } from "./value";

test.each<[string, ReturnType<typeof parseNumber>]>([
  ["0", 0],
  ["-0", 0],
  ["007", 7],
  ["1.50", 1.5],
  [".5", 0.5],
  ["0.1", 0.1],
  ["1e3", 1000],
  ["12e-1", 1.2],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", 9007199254740993n],
  ["1e30", 10n ** 30n],
  ["0.10000000000000000001", new Decimal("0.10000000000000000001")],
  ["-1234567890123456789.5", new Decimal("-1234567890123456789.5")],
  ["1e-7", 1e-7],
  ["1e-400", new Decimal(`0.${"0".repeat(399)}1`)],
  ["inf", Number.POSITIVE_INFINITY],
  ["", undefined],
  [".", undefined],
  ["1x", undefined],
  ["1e999999999", undefined],
])("%j is read as %p.", (text, number) => {
  expect(parseNumber(text)).toEqual(number);
});

test("A JavaScript number is the decimal that it is printed as.", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const normal = normalizeNumber(number);
      expect(normal).toBeDefined();
      const text = numberText(normal ?? 0);
      expect(text).not.toMatch(/e/);
      expect(Number(text)).toBe(number === 0 ? 0 : number);
      expect(parseNumber(text)).toEqual(normal);
    }),
  );
});

test("A binary float is taken exactly: as a number only where that prints as it is.", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
      const exact = fromFloat(float);
      if (typeof exact === "number") expect(isExactDecimal(exact)).toBe(true);
      expect(Number(numberText(exact))).toBe(float === 0 ? 0 : float);
    }),
  );
  expect(isExactDecimal(0.5)).toBe(true);
  expect(isExactDecimal(0.1)).toBe(false);
});
