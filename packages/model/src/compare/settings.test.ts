import fc from "fast-check";
import { profileFields } from "../fields/gateway";
import type { Json, JsonObject } from "../fields/values";
import { sameAsTyped, sameJson } from "./same";
import {
  hasSetting,
  holdsSettings,
  nulledSetting,
  observedSettings,
  settingsGivenUp,
  stillUnshown,
  unshownSettings,
  withoutSetting,
} from "./settings";
import { statedSettings } from "./stated";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const object = fc.dictionary(fc.constantFrom("a", "b", "c", "constructor", "*"), json) as fc.Arbitrary<JsonObject>;

test.each<[JsonObject | undefined, JsonObject]>([
  [undefined, {}],
  [{}, {}],
  [{ a: null }, {}],
  [{ a: { b: null, c: 1 } }, { a: { c: 1 } }],
  [{ a: [null, { b: null }] }, { a: [null, {}] }],
])("%j says %j", (settings, stated) => {
  expect(statedSettings(settings)).toEqual(stated);
  expect(sameAsTyped(profileFields.settings, settings, stated)).toBe(true);
});

const held: [string, Json, Json | undefined][] = [
  ["a list in another order", [1, 2, 3], [3, 1, 2]],
  ["a list with repetitions in another order", [1, 1, 2], [1, 2, 1]],
  ["objects with further names", [{ a: 1 }], [{ a: 1, id: "x" }]],
  [
    "enriched objects in another order",
    [{ a: 1 }, { a: 1, b: 2 }],
    [
      { a: 1, b: 2, id: 1 },
      { a: 1, id: 2 },
    ],
  ],
  ["a list in a list", { a: [[{ b: 1 }], []] }, { a: [[], [{ b: 1, c: 2 }]], d: 3 }],
  ["what is masked", { a: { secret: "s" } }, { a: { secret: "****" } }],
  ["what is empty, as nothing", { a: "", b: [], c: {} }, {}],
];
test.each(held)("%s holds what was written", (_, written, observed) => {
  expect(holdsSettings(written, observed)).toBe(true);
});

const lost: [string, Json, Json | undefined][] = [
  ["a list with an element more", [1], [1, 2]],
  ["a list with an element less", [1, 2], [1]],
  ["a list with another repetition", [1, 1, 2], [1, 2, 2]],
  ["an object with another value", [{ a: 1 }], [{ a: 2, id: "x" }]],
  ["one object for two", [{ a: 1 }, { a: 1 }], [{ a: 1, b: 2 }, { a: 2 }]],
  ["nothing", { a: 1 }, {}],
  ["a name of every object's", { constructor: 1 }, {}],
];
test.each(lost)("%s does not", (_, written, observed) => {
  expect(holdsSettings(written, observed)).toBe(false);
});

test("an edit of the order is an edit", () => {
  expect(sameAsTyped(profileFields.settings, { a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

test("what is held is shown as it was written, at every depth, beside what differs", () => {
  const written = { a: [1, 2], b: { c: [{ x: 1 }], d: 1, e: 2 }, f: 1 };
  const seen = { a: [2, 1], b: { c: [{ x: 1, id: 1 }], d: 5, z: 1 }, g: 1 };
  expect(observedSettings(written, seen)).toEqual({ a: [1, 2], b: { c: [{ x: 1 }], d: 5 } });
});

describe("what is not shown right after it was written", () => {
  const written = {
    s: "x",
    auth: { user: "u", password: "p" },
    clients: [
      { id: 1, key: "k" },
      { id: 2, key: "l" },
    ],
    n: 1,
  };
  const shown = { auth: { user: "u" }, clients: [{ id: 2 }, { id: 1 }], n: 1 };
  const unshown = [["s"], ["auth", "password"], ["clients", "*", "key"]];

  test("is found at every depth", () => {
    expect(unshownSettings(written, shown)).toEqual(unshown);
  });

  test("is not compared later", () => {
    expect(observedSettings(written, shown, unshown)).toEqual(written);
  });

  test("is drift where it is shown with another value after all", () => {
    const later = { ...shown, s: "other", auth: { user: "u", password: "q" } };
    expect(observedSettings(written, later, unshown)).toEqual({
      ...written,
      s: "other",
      auth: { user: "u", password: "q" },
    });
  });

  test("is compared from then on where it was shown once", () => {
    const later = { ...shown, s: "x" };
    expect(stillUnshown(unshown, later)).toEqual(unshown.slice(1));
    expect(observedSettings(written, shown, stillUnshown(unshown, later))).not.toHaveProperty("s");
  });

  test("is nothing where the document holds all of it", () => {
    fc.assert(fc.property(object, (settings) => expect(unshownSettings(settings, settings)).toEqual([])));
  });

  test("ends every difference that is one of absence", () => {
    fc.assert(
      fc.property(object, fc.array(fc.constantFrom<string>("a", "b", "c")), (settings, names) => {
        const stated = statedSettings(settings);
        const seen = Object.fromEntries(Object.entries(stated).filter(([name]) => !names.includes(name)));
        expect(sameJson(observedSettings(stated, seen, unshownSettings(stated, seen)), stated)).toBe(true);
      }),
    );
  });
});

describe("what the program names no more", () => {
  test.each<[JsonObject, JsonObject, string[][]]>([
    [{ a: 1, b: 2 }, { a: 1 }, [["b"]]],
    [{ a: { x: 1, y: { z: 2 } } }, { a: { x: 1 } }, [["a", "y", "z"]]],
    [{ a: { x: 1 } }, {}, [["a", "x"]]],
    [{ a: { x: 1 } }, { a: 5 }, []],
    [{ a: [1, 2] }, { a: [1] }, []],
    [{ a: {} }, {}, [["a"]]],
  ])("%j after %j is %j", (before, now, paths) => {
    expect(settingsGivenUp(before, now)).toEqual(paths);
  });

  test("goes, and what others have put beside it stays", () => {
    expect(withoutSetting({ a: { x: 1, theirs: 2 }, b: 1 }, ["a", "x"])).toEqual({ a: { theirs: 2 }, b: 1 });
    expect(withoutSetting({ a: { y: { x: 1 } }, b: 1 }, ["a", "y", "x"])).toEqual({ b: 1 });
    expect(withoutSetting({ b: 1 }, ["a", "x"])).toEqual({ b: 1 });
    expect(nulledSetting({ a: { x: 1, theirs: 2 } }, ["a", "x"])).toEqual({ a: { x: null, theirs: 2 } });
    expect(nulledSetting({ b: 1 }, ["a", "x"])).toEqual({ b: 1, a: { x: null } });
  });

  test("is gone, and nothing that it still names", () => {
    fc.assert(
      fc.property(object, object, (one, other) => {
        const [before, now] = [statedSettings(one), statedSettings(other)];
        const paths = settingsGivenUp(before, now);
        const left = paths.reduce(withoutSetting, { ...before });
        for (const path of paths) expect(hasSetting(left, path)).toBe(false);
        for (const [name, value] of Object.entries(now))
          if (typeof value !== "object") expect(Object.hasOwn(left, name)).toBe(Object.hasOwn(before, name));
      }),
    );
  });
});

test("whatever is written holds itself, in any order of its lists", () => {
  const reversed = (value: Json): Json =>
    Array.isArray(value)
      ? [...value].reverse().map(reversed)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reversed(inner)]))
        : value;
  fc.assert(fc.property(json, (value) => expect(holdsSettings(value, reversed(value))).toBe(true)));
});
