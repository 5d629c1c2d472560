import { t } from "../cty/type";
import { Decimal, Dynamic } from "../cty/value";
import { valueFromJson } from "./json-value";
import { parseJson } from "./parse-json";
import { decodePrivate, encodePrivate } from "./private";

test.each<[string, unknown]>([
  ['{"a":[1,0.5,"x",null,true]}', { a: [1, 0.5, "x", null, true] }],
  ["[12345678901234567890]", [12345678901234567890n]],
  ["[0.10000000000000000001, 1]", [new Decimal("0.10000000000000000001"), 1]],
  ["[1e400]", [10n ** 400n]],
  ['["1e400 and 12345678901234567890", 1e3]', ["1e400 and 12345678901234567890", 1000]],
  ['{"a\\"1e5":"\\\\","b":-1234567890123456789}', { 'a"1e5': "\\", b: -1234567890123456789n }],
])("%s keeps its digits.", (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test("State is read by its type: unknown attributes are left out, absent ones are null, primitives are converted.", () => {
  const type = t.object({
    a: t.string,
    b: t.set(t.number),
    c: t.bool,
    d: t.dynamic,
    e: t.map(t.object({ x: t.number })),
  });
  const json = {
    a: 5,
    b: ["1", 2],
    c: "true",
    d: { type: ["list", "string"], value: ["x"] },
    e: { k: { x: 1, y: 2 } },
    gone: 1,
  };
  expect(valueFromJson(type, json)).toEqual({
    a: "5",
    b: [1, 2],
    c: true,
    d: new Dynamic(t.list(t.string), ["x"]),
    e: { k: { x: 1 } },
  });
  expect(valueFromJson(type, {})).toEqual({ a: null, b: null, c: null, d: null, e: null });
});

test("State of another type is refused with its place.", () => {
  expect(() => valueFromJson(t.object({ a: t.list(t.number) }), { a: [1, {}] })).toThrow(
    "a[1]: expected number, found an object in JSON",
  );
});

test("Private state has the same bytes however it was put together, and survives.", () => {
  const one = encodePrivate({ b: { y: 1, x: [1, { q: 1, p: 2 }] }, a: "é" });
  const two = encodePrivate({ a: "é", b: { x: [1, { p: 2, q: 1 }], y: 1 } });
  expect(Buffer.from(one)).toEqual(Buffer.from(two));
  expect(decodePrivate(one)).toEqual({ a: "é", b: { x: [1, { p: 2, q: 1 }], y: 1 } });
});

test.each([
  ["no bytes", ""],
  ["no JSON", "{"],
  ["no object", "[1]"],
])("Private state of another kind is none: %s.", (_name, text) => {
  expect(decodePrivate(Buffer.from(text))).toEqual({});
  expect(encodePrivate({})).toHaveLength(0);
});
