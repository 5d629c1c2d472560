import { looksMasked } from "./mask";

test.each([
  ["***"],
  ["****"],
  ["••••••"],
  ["**** **** ****"],
  ["********abcd"],
  ["sk_****1234"],
  ["sk_live_****1234"],
  ["AKIA****WXYZ"],
  ["[redacted]"],
  ["REDACTED"],
  ["<masked>"],
  ["(hidden)"],
  ["***FILTERED***"],
  ["xxxx"],
  ["xxxxxxxxxxxx4242"],
  ["XXXX-XXXX-XXXX-4242"],
])("%j is a mask", (value) => {
  expect(looksMasked(value)).toBe(true);
});

test.each([
  ["*** do not touch ***"],
  ["***important***"],
  ["rated ***** by users"],
  ["**"],
  ["a***b"],
  ["src/***/x"],
  ["0 * * * *"],
  ["https://example.com/****"],
  ["key: ****"],
  ["****\nsecond line"],
  ["hidden"],
  ["masked"],
  ["filtered"],
  ["[redacted] by the legal team"],
  ["xxx"],
  ["XXXXL"],
  ["xxxx-large"],
  ["secret"],
  [""],
  [7],
  [null],
  [["****"]],
])("%j is none", (value) => {
  expect(looksMasked(value)).toBe(false);
});
