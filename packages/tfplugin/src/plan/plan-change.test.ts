import type { Path } from "../cty/path";
import { t } from "../cty/type";
import { unknown, type ValueObject } from "../cty/value";
import type { Attribute } from "../schema/attribute";
import { schema } from "../schema/schema";
import { planChange } from "./plan-change";

const optional: Attribute = { type: t.string, optional: true };
const computed: Attribute = { type: t.string, computed: true };
const kept: Attribute = { type: t.string, computed: true, planModifiers: ["useStateForUnknown"] };
const fixed: Attribute = { type: t.string, optional: true, planModifiers: ["requiresReplace"] };
const withDefault: Attribute = { type: t.string, default: "d" };
const loose: Attribute = {
  type: t.string,
  optional: true,
  planModifiers: [{ sameMeaning: (a, b) => String(a).toLowerCase() === String(b).toLowerCase() }],
};
const element = { name: optional, made: computed, kept, size: withDefault };
const list = (attributes: Record<string, Attribute>): Attribute => ({
  nested: { nesting: "list", attributes },
  optional: true,
});
const set = (attributes: Record<string, Attribute>): Attribute => ({
  nested: { nesting: "set", attributes },
  optional: true,
});

interface Case {
  readonly attributes: Record<string, Attribute>;
  readonly config: ValueObject;
  readonly prior: ValueObject | null;
  /** Undefined: the configuration itself. */
  readonly proposed?: ValueObject;
  readonly planned: ValueObject;
  readonly replace?: readonly Path[];
}

const cases: Record<string, Case> = {
  "On create, what is computed is unknown and defaults are filled in": {
    attributes: { a: optional, c: computed, k: kept, d: withDefault },
    config: { a: "x" },
    prior: null,
    planned: { a: "x", c: unknown, k: unknown, d: "d" },
  },
  "A configured optional and computed attribute is planned as configured": {
    attributes: { c: { type: t.string, optional: true, computed: true } },
    config: { c: "mine" },
    prior: null,
    planned: { c: "mine" },
  },
  "On update, what is computed is unknown unless it keeps its state": {
    attributes: { a: optional, c: computed, k: kept },
    config: { a: "y" },
    prior: { a: "x", c: "c", k: "k" },
    proposed: { a: "y", c: "c", k: "k" },
    planned: { a: "y", c: unknown, k: "k" },
  },
  "A null state is kept by useStateForUnknown, and not by useNonNullStateForUnknown": {
    attributes: {
      a: optional,
      k: kept,
      n: { type: t.string, computed: true, planModifiers: ["useNonNullStateForUnknown"] },
    },
    config: { a: "y" },
    prior: { a: "x", k: null, n: null },
    proposed: { a: "y" },
    planned: { a: "y", k: null, n: unknown },
  },
  "A default that is taken away from the configuration comes back": {
    attributes: { d: withDefault },
    config: {},
    prior: { d: "other" },
    proposed: { d: "other" },
    planned: { d: "d" },
  },
  "Write-only values are not planned, and alone are no change": {
    attributes: { a: optional, w: { type: t.string, optional: true, writeOnly: true }, c: computed },
    config: { a: "x", w: "secret" },
    prior: { a: "x", w: null, c: "c" },
    proposed: { a: "x", w: "secret", c: "c" },
    planned: { a: "x", w: null, c: "c" },
  },
  "A value that means the same stays as it was, and is no change": {
    attributes: { l: loose, c: computed },
    config: { l: "ABC" },
    prior: { l: "abc", c: "c" },
    proposed: { l: "ABC", c: "c" },
    planned: { l: "abc", c: "c" },
  },
  "A value that means the same stays beside another change": {
    attributes: { l: loose, a: optional },
    config: { l: "ABC", a: "y" },
    prior: { l: "abc", a: "x" },
    planned: { l: "abc", a: "y" },
  },
  "Elements of a list belong to those of the same index": {
    attributes: { l: list(element) },
    config: { l: [{ name: "a" }, { name: "new" }] },
    prior: { l: [{ name: "a", made: "m", kept: "k", size: "d" }] },
    proposed: { l: [{ name: "a", made: "m", kept: "k" }, { name: "new" }] },
    planned: {
      l: [
        { name: "a", made: unknown, kept: "k", size: "d" },
        { name: "new", made: unknown, kept: unknown, size: "d" },
      ],
    },
  },
  "Elements of a set belong to those that agree in what is configured, defaults included": {
    attributes: { s: set(element) },
    config: { s: [{ name: "new" }, { name: "a" }] },
    prior: { s: [{ name: "a", made: "m", kept: "k", size: "d" }] },
    proposed: { s: [{ name: "new" }, { name: "a", made: "m", kept: "k", size: "d" }] },
    planned: {
      s: [
        { name: "new", made: unknown, kept: unknown, size: "d" },
        { name: "a", made: unknown, kept: "k", size: "d" },
      ],
    },
  },
  "A set in another order is no change": {
    attributes: { s: set(element), c: computed },
    config: { s: [{ name: "b" }, { name: "a" }] },
    prior: {
      c: "c",
      s: [
        { name: "a", made: "m", kept: "k", size: "d" },
        { name: "b", made: "n", kept: "l", size: "d" },
      ],
    },
    proposed: {
      c: "c",
      s: [
        { name: "b", made: "n", kept: "l", size: "d" },
        { name: "a", made: "m", kept: "k", size: "d" },
      ],
    },
    planned: {
      c: "c",
      s: [
        { name: "a", made: "m", kept: "k", size: "d" },
        { name: "b", made: "n", kept: "l", size: "d" },
      ],
    },
  },
  "An unknown nested attribute stays unknown": {
    attributes: { l: list(element) },
    config: { l: unknown },
    prior: null,
    planned: { l: unknown },
  },
  "A change of what cannot change replaces": {
    attributes: { f: fixed },
    config: { f: "y" },
    prior: { f: "x" },
    planned: { f: "y" },
    replace: [["f"]],
  },
  "An unknown value in the place of a known one replaces too": {
    attributes: { f: fixed },
    config: { f: unknown },
    prior: { f: "x" },
    planned: { f: unknown },
    replace: [["f"]],
  },
  "Nothing is replaced on create": {
    attributes: { f: fixed },
    config: { f: "x" },
    prior: null,
    planned: { f: "x" },
  },
  "A change within an element is reported with its way": {
    attributes: { l: list({ f: fixed, m: { nested: { nesting: "map", attributes: { f: fixed } }, optional: true } }) },
    config: { l: [{ f: "a", m: { k: { f: "new" } } }] },
    prior: { l: [{ f: "a", m: { k: { f: "old" } } }] },
    planned: { l: [{ f: "a", m: { k: { f: "new" } } }] },
    replace: [["l", 0, "m", "k", "f"]],
  },
  "A change within a set is reported at the set": {
    attributes: { s: set({ f: fixed, a: optional }) },
    config: { s: [{ f: "b", a: null }] },
    prior: { s: [{ f: "a", a: null }] },
    planned: { s: [{ f: "b", a: null }] },
    replace: [["s"]],
  },
  "An element that goes takes with it what cannot change": {
    attributes: { l: list({ f: fixed }) },
    config: { l: [] },
    prior: { l: [{ f: "a" }] },
    planned: { l: [] },
    replace: [["l", 0, "f"]],
  },
  "A function has the last word, and may ask for a replacement": {
    attributes: {
      a: optional,
      c: {
        type: t.string,
        computed: true,
        planModifiers: [({ prior }) => ({ planned: prior === undefined ? "first" : "next", requiresReplace: true })],
      },
    },
    config: { a: "y" },
    prior: { a: "x", c: "first" },
    proposed: { a: "y", c: "first" },
    planned: { a: "y", c: "next" },
    replace: [["c"]],
  },
  "A change that only a function makes lets what is computed be unknown": {
    attributes: {
      a: { type: t.string, optional: true, computed: true, planModifiers: [() => ({ planned: "forced" })] },
      c: computed,
    },
    config: {},
    prior: { a: "x", c: "c" },
    proposed: { a: "x", c: "c" },
    planned: { a: "forced", c: unknown },
  },
};

test.each(Object.entries(cases))("%s.", (_name, { attributes, config, prior, proposed, planned, replace }) => {
  const result = planChange(schema({ attributes }), { config, prior, proposed: proposed ?? config });
  expect(result.planned).toEqual(planned);
  expect(result.requiresReplace).toEqual(replace ?? []);
});

test("A plan without a change is the prior state itself.", () => {
  const prior = { a: "x", c: "c" };
  const { planned } = planChange(schema({ attributes: { a: optional, c: computed } }), {
    config: { a: "x" },
    prior,
    proposed: { a: "x", c: "c" },
  });
  expect(planned).toBe(prior);
});

test("Blocks are planned like nested attributes.", () => {
  const resource = schema({
    blocks: { b: { nesting: "list", attributes: element, blocks: { c: { nesting: "group", attributes: element } } } },
  });
  const { planned } = planChange(resource, {
    config: { b: [{ name: "a", c: { name: null } }] },
    prior: null,
    proposed: { b: [{ name: "a", c: { name: null } }] },
  });
  const filled = { made: unknown, kept: unknown, size: "d" };
  expect(planned).toEqual({ b: [{ name: "a", ...filled, c: { name: null, ...filled } }] });
});
