import type { Discovered } from "./discover";
import { keepReached } from "./keep-reached";
import { sortedKeys } from "./text/sorted-keys";

const inputs = { authorizationServerUrl: "https://id.example", resource: "https://api.example" };
const attempts = [{ url: "https://id.example/x", outcome: "timeout" as const }];
const never = () => false;
const found: Discovered = {
  version: 1,
  inputs,
  authorizationServer: {
    kind: "found",
    url: "https://id.example/x",
    document: { issuer: "https://id.example" },
    attempts: [],
  },
  keySet: {
    kind: "found",
    document: { keys: [] } as never,
    attempt: { url: "https://id.example/keys", outcome: "found" },
  },
  protectedResource: { kind: "missing", attempts: [] },
};
const down: Discovered = {
  version: 1,
  inputs,
  authorizationServer: { kind: "unreachable", attempts },
  protectedResource: { kind: "unreachable", attempts },
};

test("a look that reached nobody leaves what was found before, byte for byte", () => {
  const stored = sortedKeys(found);
  expect(JSON.stringify(keepReached(down, stored, never))).toBe(JSON.stringify(stored));
});

test("a look that reached everybody is taken as it is", () => {
  const moved = { ...found, authorizationServer: { kind: "missing" as const, attempts } };
  expect(keepReached(moved, found, never)).toBe(moved);
});

test("what was reached counts, part by part", () => {
  const moved = { ...found, protectedResource: { kind: "unreachable", attempts } } as Discovered;
  expect(keepReached(moved, { ...found, keySet: undefined as never }, never)).toEqual(found);
});

test.each([
  ["there is no earlier look", undefined],
  ["the earlier look was at other addresses", { ...found, inputs: { ...inputs, resource: "https://other.example" } }],
])("nothing is kept where %s", (_, previous) => {
  expect(keepReached(down, previous, never)).toBe(down);
});
