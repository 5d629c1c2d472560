import { t, typeToJson } from "../cty/type";
import { unknown } from "../cty/value";
import type { SchemaDefinition } from "./attribute";
import { schema } from "./schema";
import { validateConfig } from "./validate";
import { withoutWriteOnly } from "./write-only";

test.each<[string, SchemaDefinition, string]>([
  [
    "neither required, optional nor computed",
    { attributes: { a: { type: t.string } } },
    "a must be required, optional or computed",
  ],
  ["required with a default", { attributes: { a: { type: t.string, required: true, default: "x" } } }, "a is required"],
  [
    "write-only and computed",
    { attributes: { a: { type: t.string, optional: true, computed: true, writeOnly: true } } },
    "a is write-only",
  ],
  ["named with a capital", { attributes: { A: { type: t.string, optional: true } } }, "A: a name has small letters"],
  [
    "an attribute and a block",
    { attributes: { a: { type: t.string, optional: true } }, blocks: { a: { nesting: "list" } } },
    "a is an attribute and a block",
  ],
  [
    "a list of dynamic elements",
    { attributes: { a: { type: t.list(t.dynamic), optional: true } } },
    "a: the elements of a list have one type",
  ],
  [
    "dynamic within a block of a set",
    { blocks: { b: { nesting: "set", attributes: { d: { type: t.dynamic, optional: true } } } } },
    "b: the elements of a set",
  ],
  [
    "write-only within a set",
    { blocks: { b: { nesting: "set", attributes: { w: { type: t.string, optional: true, writeOnly: true } } } } },
    "b is a set, so nothing within it can be write-only",
  ],
  [
    "wrong deep inside",
    { attributes: { n: { optional: true, nested: { nesting: "map", attributes: { x: { type: t.bool } } } } } },
    "n.x must be",
  ],
])("An attribute that is %s is refused with its name.", (_name, definition, message) => {
  expect(() => schema(definition)).toThrow(
    expect.objectContaining({ code: "PROVIDER_DEFINITION", message: expect.stringContaining(message) }),
  );
});

test("The type of a schema is that of its attributes and blocks.", () => {
  const { type } = schema({
    attributes: {
      a: { type: t.number, optional: true },
      n: { optional: true, nested: { nesting: "set", attributes: { x: { type: t.bool, optional: true } } } },
    },
    blocks: {
      b: { nesting: "list", attributes: { y: { type: t.string, optional: true } } },
      s: { nesting: "single" },
      m: { nesting: "map" },
    },
  });
  expect(typeToJson(type)).toEqual([
    "object",
    {
      a: "number",
      b: ["list", ["object", { y: "string" }]],
      m: ["map", ["object", {}]],
      n: ["set", ["object", { x: "bool" }]],
      s: ["object", {}],
    },
  ]);
});

const checked = schema({
  attributes: {
    a: { type: t.string, optional: true, validators: [(value) => (value === "bad" ? "is bad" : undefined)] },
    m: {
      optional: true,
      nested: {
        nesting: "map",
        attributes: {
          a: {
            type: t.string,
            optional: true,
            validators: [
              (value, { config }) =>
                value === config.a ? { severity: "warning", summary: "The same twice" } : undefined,
              (value) => {
                if (value === "throws") throw new Error("no idea");
                return undefined;
              },
            ],
          },
        },
      },
    },
    w: { type: t.string, optional: true, writeOnly: true },
  },
});
const writeOnlyAllowed = { writeOnlyAllowed: true };

test.each([
  ["a wrong value", { a: "bad" }, [{ severity: "error", summary: "Invalid value", detail: "is bad", path: ["a"] }]],
  ["an unknown value", { a: unknown }, []],
  ["a null value", { a: null }, []],
  [
    "a value within a map, with a diagnostic of its own",
    { a: "x", m: { "k.1": { a: "x" } } },
    [{ severity: "warning", path: ["m", "k.1", "a"] }],
  ],
  [
    "a validator that throws",
    { m: { k: { a: "throws" } } },
    [{ severity: "error", detail: "no idea", path: ["m", "k", "a"] }],
  ],
])("Validators judge %s.", (_name, config, expected) => {
  expect(validateConfig(checked.object, config, writeOnlyAllowed)).toMatchObject(expected);
  expect(validateConfig(checked.object, config, writeOnlyAllowed)).toHaveLength(expected.length);
});

test("A write-only value is refused where the client would keep it.", () => {
  expect(validateConfig(checked.object, { w: "x" }, writeOnlyAllowed)).toEqual([]);
  expect(validateConfig(checked.object, { w: "x" }, { writeOnlyAllowed: false })).toMatchObject([
    { severity: "error", path: ["w"] },
  ]);
});

test("Write-only values are taken out at every depth.", () => {
  const deep = schema({
    blocks: {
      b: {
        nesting: "list",
        blocks: {
          m: {
            nesting: "map",
            attributes: {
              w: { type: t.string, optional: true, writeOnly: true },
              a: { type: t.string, optional: true },
            },
          },
        },
      },
    },
  });
  expect(withoutWriteOnly(deep.object, { b: [{ m: { k: { w: "secret", a: "x" } } }] })).toEqual({
    b: [{ m: { k: { w: null, a: "x" } } }],
  });
});
