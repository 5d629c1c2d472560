import { equalValues } from "./equal";
import { type CtyType, t } from "./type";
import { Decimal, Dynamic, Unknown, unknown, type Value } from "./value";

test.each<[string, CtyType, Value, Value, boolean]>([
  ["a bigint and a number", t.number, 5n, 5, true],
  ["a decimal and a number", t.number, new Decimal("0.50"), 0.5, true],
  ["two decimals", t.number, new Decimal("0.10000000000000000001"), 0.1, false],
  ["sets in another order", t.set(t.string), ["a", "b"], ["b", "a"], true],
  ["sets of other content", t.set(t.string), ["a", "b"], ["b", "c"], false],
  [
    "sets of objects in another order",
    t.set(t.object({ a: t.number })),
    [{ a: 1 }, { a: 2 }],
    [{ a: 2 }, { a: 1 }],
    true,
  ],
  ["a set and a part of it", t.set(t.object({ a: t.number })), [{ a: 1 }, { a: 2 }], [{ a: 1 }], false],
  ["lists in another order", t.list(t.string), ["a", "b"], ["b", "a"], false],
  ["an absent and a null attribute", t.object({ a: t.string, b: t.string }), { a: "x" }, { a: "x", b: null }, true],
  ["maps with another key", t.map(t.string), { a: "x" }, { b: "x" }, false],
  ["a map with a null and one without", t.map(t.string), { a: null }, {}, false],
  ["unknown and unknown", t.string, unknown, new Unknown(), true],
  ["unknown and refined by nothing", t.string, unknown, new Unknown({ minLength: 0 }), true],
  ["unknown and refined", t.string, unknown, new Unknown({ prefix: "a" }), false],
  ["unknown and null", t.string, unknown, null, false],
  [
    "dynamic values of two types",
    t.dynamic,
    new Dynamic(t.list(t.string), ["a"]),
    new Dynamic(t.tuple([t.string]), ["a"]),
    false,
  ],
  ["a dynamic value and its plain form", t.dynamic, new Dynamic(t.tuple([t.string]), ["a"]), ["a"], true],
])("%s", (_name, type, a, b, same) => {
  expect(equalValues(type, a, b)).toBe(same);
  expect(equalValues(type, b, a)).toBe(same);
});
