import fc from "fast-check";
import { equalValues } from "../cty/equal";
import { normalizeNumber, parseNumber } from "../cty/number";
import { type CtyType, t, typeFromJson, typeToJson } from "../cty/type";
import { Dynamic, Unknown, type Value } from "../cty/value";
import { decodeValue, encodeValue } from "./codec";

const name = fc.oneof(fc.stringMatching(/^[a-z_]{1,6}$/), fc.constantFrom("__proto__", "constructor", "é"));
const leafType = fc.constantFrom<CtyType>(t.string, t.number, t.bool);

const type: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leafType,
    tie("type").map(t.list),
    tie("type").map(t.set),
    tie("type").map(t.map),
    fc.array(tie("type"), { maxLength: 3 }).map(t.tuple),
    fc.dictionary(name, tie("type"), { maxKeys: 3, noNullPrototype: false }).map((attributes) => t.object(attributes)),
  ),
})).type;

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.stringMatching(/^-?\d{1,30}\.\d{1,30}$/).map((text) => parseNumber(text) as number),
);
const unknownValue = fc
  .record(
    {
      notNull: fc.constant(true),
      minLength: fc.integer({ min: 1, max: 9 }),
      prefix: fc.string({ minLength: 1 }).map((s) => s.normalize()),
    },
    { requiredKeys: [] },
  )
  .map((refinements) => new Unknown(refinements));

function anyOf(of: CtyType): fc.Arbitrary<Value> {
  const known = knownOf(of);
  return fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: unknownValue },
  );
}

function knownOf(of: CtyType): fc.Arbitrary<Value> {
  switch (of.kind) {
    case "string":
      return fc.string({ unit: "grapheme" }).map((text) => text.normalize());
    case "number":
      return number.map((n) => normalizeNumber(n) ?? 0);
    case "bool":
      return fc.boolean();
    case "dynamic":
      return type.chain((inner) => anyOf(inner).map((value) => new Dynamic(inner, value)));
    case "list":
    case "set":
      return fc.array(anyOf(of.element), { maxLength: 4 });
    case "map":
      return fc.dictionary(name, anyOf(of.element), { maxKeys: 4 });
    case "tuple":
      return fc.tuple(...of.elements.map(anyOf)).map((items) => [...items]);
    case "object":
      return fc.record(Object.fromEntries(Object.entries(of.attributes).map(([key, inner]) => [key, anyOf(inner)])));
  }
}

const typed = type.chain((of) => anyOf(of).map((value) => ({ of, value })));

test("A value of any type survives MessagePack, and its bytes are the same the second time.", () => {
  fc.assert(
    fc.property(typed, ({ of, value }) => {
      const bytes = encodeValue(of, value);
      const read = decodeValue(of, bytes);
      expect(equalValues(of, read, value)).toBe(true);
      expect(Buffer.compare(encodeValue(of, read), bytes)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("A value at a dynamic place survives with its type.", () => {
  fc.assert(
    fc.property(typed, ({ of, value }) => {
      const read = decodeValue(t.dynamic, encodeValue(t.dynamic, new Dynamic(of, value)));
      expect(read).toBeInstanceOf(Dynamic);
      expect(equalValues(t.dynamic, read, new Dynamic(of, value))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("A type survives JSON.", () => {
  fc.assert(fc.property(type, (of) => expect(typeFromJson(JSON.parse(JSON.stringify(typeToJson(of))))).toEqual(of)));
});

test("Bytes that were damaged are read as a value or refused, and nothing else.", () => {
  fc.assert(
    fc.property(typed, fc.nat(), fc.integer({ min: 0, max: 255 }), ({ of, value }, at, byte) => {
      const bytes = encodeValue(of, value);
      bytes[at % bytes.length] = byte;
      try {
        decodeValue(of, bytes);
      } catch (error) {
        expect((error as { code?: string }).code).toMatch(/^CTY_/);
      }
    }),
    { numRuns: 300 },
  );
});
