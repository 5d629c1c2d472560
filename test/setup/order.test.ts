import { callOne } from "./module-calls";

test.each<[string, Record<string, string[]>, object]>([
  [
    "a package comes after those it depends on",
    { a: ["c", "b"], b: ["d"], c: ["d"], d: [] },
    { value: ["d", "b", "c", "a"] },
  ],
  ["packages from outside are left out", { a: ["zod"] }, { value: ["a"] }],
  [
    "a circle is refused",
    { a: ["b"], b: ["a"] },
    { error: { message: "packages depend on each other in a circle: a -> b -> a" } },
  ],
])("%s", async (_title, dependencies, expected) => {
  expect(await callOne("test/setup/order.mjs", "dependencyOrder", Object.entries(dependencies))).toEqual(expected);
});
