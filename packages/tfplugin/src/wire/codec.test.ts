import { decode, encode } from "@msgpack/msgpack";
import { type CtyType, t } from "../cty/type";
import { Decimal, Dynamic, Unknown, unknown, type Value } from "../cty/value";
import { decodeValue, encodeValue } from "./codec";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => Buffer.from(text.replace(/ /g, ""), "hex");
const typeHex = (json: string) => `c4${json.length.toString(16).padStart(2, "0")}${Buffer.from(json).toString("hex")}`;

/** Type, value, MessagePack: each as the protocol's description of values has it. */
const vectors: readonly (readonly [string, CtyType, Value, string])[] = [
  ["null of any type", t.list(t.string), null, "c0"],
  ["true", t.bool, true, "c3"],
  ["false", t.bool, false, "c2"],
  ["a short text", t.string, "ab", "a2 6162"],
  ["a text of 32 bytes", t.string, "x".repeat(32), `d920${"78".repeat(32)}`],
  ["a text of 300 bytes", t.string, "x".repeat(300), `da012c${"78".repeat(300)}`],
  ["zero", t.number, 0, "00"],
  ["127", t.number, 127, "7f"],
  ["128", t.number, 128, "cc80"],
  ["65535", t.number, 65535, "cdffff"],
  ["65536", t.number, 65536, "ce00010000"],
  ["2^32", t.number, 4294967296, "cf0000000100000000"],
  ["-1", t.number, -1, "ff"],
  ["-33", t.number, -33, "d0df"],
  ["-32769", t.number, -32769, "d2ffff7fff"],
  ["2^63", t.number, 9223372036854775808n, "cf8000000000000000"],
  ["-2^63", t.number, -9223372036854775808n, "d38000000000000000"],
  ["a half, which four bytes hold", t.number, 0.5, "ca3f000000"],
  ["a tenth, which no float is", t.number, 0.1, "a3302e31"],
  ["2^100, which a float is exactly", t.number, 2n ** 100n, "ca71800000"],
  [
    "2^100+1, which is text",
    t.number,
    2n ** 100n + 1n,
    `bf${Buffer.from((2n ** 100n + 1n).toString()).toString("hex")}`,
  ],
  [
    "more digits than a float has",
    t.number,
    new Decimal("1.00000000000000000001"),
    `b6${Buffer.from("1.00000000000000000001").toString("hex")}`,
  ],
  ["an empty list", t.list(t.string), [], "90"],
  ["a set", t.set(t.number), [1, 2], "920102"],
  ["a tuple", t.tuple([t.string, t.bool]), ["a", true], "92a161c3"],
  ["a map, by key", t.map(t.number), { b: 2, a: 1 }, "82a16101a16202"],
  ["an object, every attribute present", t.object({ b: t.string, a: t.string }), { a: "x" }, "82a161a178a162c0"],
  ["unknown", t.string, unknown, "d40000"],
  ["unknown, but not null", t.string, new Unknown({ notNull: true }), "c7030c 8101c2"],
  ["unknown, with a prefix", t.string, new Unknown({ notNull: true, prefix: "ab" }), "c7070c 8201c202a26162"],
  [
    "an unknown number within bounds",
    t.number,
    new Unknown({ lower: { value: 1, inclusive: true }, upper: { value: 5, inclusive: false } }),
    "c7090c 8203920 1c3049205c2",
  ],
  ["an unknown list of one or two", t.list(t.bool), new Unknown({ minLength: 1, maxLength: 2 }), "c7050c 8205010602"],
  ["a dynamic text", t.dynamic, new Dynamic(t.string, "a"), `92${typeHex('"string"')}a161`],
  ["a dynamic list", t.dynamic, new Dynamic(t.list(t.bool), [true]), `92${typeHex('["list","bool"]')}91c3`],
  ["a dynamic null without a type", t.dynamic, null, "c0"],
  ["a dynamic null with a type", t.dynamic, new Dynamic(t.string, null), `92${typeHex('"string"')}c0`],
];

test.each(vectors)("%s is written and read as the protocol says.", (_name, type, value, wire) => {
  expect(hex(encodeValue(type, value))).toBe(hex(bytes(wire)));
  const read = decodeValue(type, bytes(wire));
  expect(hex(encodeValue(type, read))).toBe(hex(bytes(wire)));
  if (!JSON.stringify(type).includes("object")) expect(read).toEqual(value);
});

test("An independent reader sees the same value.", () => {
  const type = t.object({ a: t.list(t.number), b: t.map(t.string), c: t.bool, d: t.number });
  const value = { a: [1, -5, 70000, 0.25], b: { x: "é", y: "z".repeat(70000) }, c: null, d: 2 ** 40 };
  expect(decode(encodeValue(type, value))).toEqual(value);
});

test("What an independent writer wrote is read.", () => {
  const type = t.object({ a: t.list(t.number), b: t.map(t.string), c: t.bool, d: t.number });
  const value = { a: [1, -5, 70000, 0.25, -(2 ** 35)], b: { x: "é".repeat(200) }, c: true, d: 2 ** 40 };
  expect(decodeValue(type, encode(value))).toEqual(value);
});

test("A binary float that is no short decimal keeps its exact value.", () => {
  expect(decodeValue(t.number, encode(0.1))).toEqual(
    new Decimal("0.1000000000000000055511151231257827021181583404541015625"),
  );
  expect(hex(encodeValue(t.number, decodeValue(t.number, encode(0.75))))).toBe("ca3f400000");
});

test("A plain value at a dynamic place has the type that Terraform gives to a literal.", () => {
  const read = decodeValue(t.dynamic, encodeValue(t.dynamic, { list: [1, "a", null], flag: true }));
  expect(read).toEqual(
    new Dynamic(t.object({ flag: t.bool, list: t.tuple([t.number, t.string, t.dynamic]) }), {
      flag: true,
      list: [1, "a", null],
    }),
  );
});

test("Names of Object's prototype are names like others.", () => {
  const type = t.object({ constructor: t.string, toString: t.string });
  expect(decodeValue(type, encodeValue(type, {}))).toEqual(
    Object.assign(Object.create(null), { constructor: null, toString: null }),
  );
  const map = decodeValue(t.map(t.string), bytes("81 a95f5f70726f746f5f5f a178"));
  expect(Object.keys(map as object)).toEqual(["__proto__"]);
  expect(hex(encodeValue(t.map(t.string), map))).toBe("81a95f5f70726f746f5f5fa178");
});

test("Text is written in Unicode's normal form C, in which Terraform compares it.", () => {
  expect(encodeValue(t.string, "e\u0301")).toEqual(encodeValue(t.string, "\u00e9"));
});

test.each<[string, CtyType, unknown, string]>([
  ["a number for a text", t.string, 1, "expected string, got a number"],
  [
    "a wrong element",
    t.object({ a: t.list(t.object({ b: t.bool })) }),
    { a: [{ b: true }, { b: "x" }] },
    "a[1].b: expected bool, got a string",
  ],
  [
    "an attribute that does not exist",
    t.object({ a: t.bool }),
    { a: true, c: 1 },
    "c: the schema has no such attribute",
  ],
  ["a value in a map", t.map(t.number), { "a b": "x" }, '["a b"]: expected a number, got a string'],
  ["not a number", t.number, Number.NaN, "NaN is not a number"],
  ["too few elements of a tuple", t.tuple([t.bool, t.bool]), [true], "expected 2 elements, got 1"],
])("A value of the wrong type is refused with its place: %s.", (_name, type, value, message) => {
  expect(() => encodeValue(type, value as Value)).toThrow(message);
});

test.each([
  ["ends within a text", t.string, "a5 61"],
  ["claims a million elements", t.list(t.bool), "dd000f4240"],
  ["has an unknown attribute", t.object({ a: t.bool }), "81a162c3"],
  ["lacks an attribute", t.object({ a: t.bool }), "80"],
  ["is followed by something", t.bool, "c3c3"],
  ["has a text for a boolean", t.bool, "a161"],
])("Bytes that are no value of the type are refused: one that %s.", (_name, type, wire) => {
  expect(() => decodeValue(type, bytes(wire))).toThrow(expect.objectContaining({ code: "CTY_WIRE" }));
});
