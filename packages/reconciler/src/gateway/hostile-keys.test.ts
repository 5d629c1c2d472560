import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { JsonObject } from "@mcpstack/model";
import fc from "fast-check";
import { quiet, runOn } from "../testing/run";
import { createGateway } from "./create";
import { readGateway } from "./read";
import { updateGateway } from "./update";

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.close());

/** What every object has or inherits, and what looks like an index. */
const keys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length", "0", "mode"];
const { settings } = fc.letrec<{ settings: JsonObject; value: unknown }>((tie) => ({
  settings: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), tie("value")), {
      selector: ([key]) => key,
      minLength: 1,
      maxLength: 4,
    })
    .map((entries) => Object.fromEntries(entries) as JsonObject),
  value: fc.oneof({ maxDepth: 2 }, fc.integer(), fc.constantFrom("a", "b"), fc.array(fc.integer()), tie("settings")),
}));
const metadata = { value: undefined, unknown: [] } as const;

test("a setting may have any name: it is written, read and compared like every other", async () => {
  await fc.assert(
    fc.asyncProperty(settings, settings, async (first, second) => {
      const run = runOn(api);
      const made = await createGateway(run, { ...quiet, settings: first });
      expect(made.findings).toEqual([]);
      expect((await readGateway(runOn(api), made.state, made)).state).toEqual(made.state);
      const shown = (await run.api.getGateway(made.state.id)).unknownFields;
      for (const [key, value] of Object.entries(first)) {
        expect(Object.hasOwn(shown, key)).toBe(true);
        expect(JSON.stringify(shown[key])).toBe(JSON.stringify(value));
      }
      const desired = { ...quiet, settings: second };
      const changed = await updateGateway(run, { prior: made.state, desired, metadata, memory: made.memory });
      expect(changed.findings).toEqual([]);
      expect((await readGateway(runOn(api), changed.state, changed)).state).toEqual(changed.state);
    }),
    { numRuns: 60 },
  );
});

test.each(keys)("what the API does not hold under the name %s is missing", async (key) => {
  const made = await createGateway(runOn(api), quiet);
  const claimed = { ...made.state, settings: Object.fromEntries([[key, 1]]) };
  const { state } = await readGateway(runOn(api), claimed, made);
  expect(JSON.stringify(state?.settings)).toBe("{}");
});
