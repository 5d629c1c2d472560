import { startLocalApi } from "@mcpstack/local-api";
import { nothingDiscovered } from "@mcpstack/oauth-metadata";
import { quiet, runOn } from "../testing/run";
import { importGateway } from "./import";
import { type GatewayMemory, rememberedGateway } from "./memory";
import { planGateway } from "./plan";
import { readGateway } from "./read";
import { updateGateway } from "./update";

const written = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };
const whole = {
  written: { ...written, scopes: ["openid"] },
  filled: { tokenEndpoint: "https://auth.example.com/token" },
  made: { name: "support" },
  formerly: [
    { choice: { authorizationServerUrl: "https://old.example.com" }, metadata: { issuer: "https://old.example.com" } },
  ],
  unshown: [
    ["branding", "logo"],
    ["rules", "*", "secret"],
  ],
  imported: true as const,
  unsettled: true as const,
  fresh: { writtenAt: 2, madeAt: 1, before: { hash: "ab", settings: ["a"] } },
  discovered: nothingDiscovered({ ...written }),
} satisfies GatewayMemory;

test("what this version keeps is read back, as plain JSON", () => {
  expect(rememberedGateway(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  expect(rememberedGateway({ ...whole, version: 1 })).toEqual(whole);
});

test.each<[string, unknown]>([
  ["of a newer version", { ...whole, version: 2 }],
  ["of a version that is none", { ...whole, version: "1" }],
  ["nothing", undefined],
  ["null", null],
  ["a text, such as what Pulumi does not know yet", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
  ["a list", [whole]],
])("what is %s is as if nothing had been kept", (_, kept) => {
  expect(rememberedGateway(kept)).toEqual({});
});

const damages: [keyof GatewayMemory, unknown][] = [
  ["written", "text"],
  ["written", { name: 7 }],
  ["written", { scopes: "openid" }],
  ["filled", { scopes: [null] }],
  ["filled", []],
  ["made", "support"],
  ["made", { name: 7 }],
  ["formerly", {}],
  ["formerly", [null]],
  ["formerly", [{ choice: {}, metadata: {} }]],
  ["formerly", [{ choice: { authorizationServerUrl: "https://a.example" }, metadata: { issuer: { a: 1 } } }]],
  ["unshown", "branding"],
  ["unshown", ["branding"]],
  ["unshown", [["branding", 7]]],
  ["imported", "yes"],
  ["fresh", 7],
  ["unsettled", "yes"],
  ["fresh", { writtenAt: "now" }],
  ["fresh", { writtenAt: 1, madeAt: null }],
  ["fresh", { writtenAt: 1, before: { settings: "a" } }],
  ["discovered", { ...whole.discovered, version: 2 }],
  ["discovered", { ...whole.discovered, inputs: null }],
  ["discovered", { ...whole.discovered, authorizationServer: { kind: "found", attempts: null } }],
  [
    "discovered",
    {
      ...whole.discovered,
      authorizationServer: { kind: "found", attempts: [], document: { issuer: 7, scopes_supported: "x" } },
    },
  ],
  ["discovered", { ...whole.discovered, keySet: { kind: "found", attempt: {} } }],
  ["discovered", { ...whole.discovered, protectedResource: [] }],
  [
    "discovered",
    {
      ...whole.discovered,
      authorizationServer: {
        kind: "missing",
        attempts: [{ url: "https://a.example", outcome: "resource-metadata", names: "https://b.example" }],
      },
    },
  ],
];

test.each(damages)("of a memory whose %s is %j the rest is kept", (part, damaged) => {
  const { [part]: _, ...rest } = whole;
  expect(rememberedGateway({ ...whole, [part]: damaged })).toEqual(rest);
});

test("no damage keeps a gateway from being read, planned and updated", async () => {
  const api = await startLocalApi();
  try {
    const { id } = api.store.createGateway({ ...quiet });
    const run = runOn(api);
    const { state } = await importGateway(run, id);
    for (const [part, damaged] of [...damages, ["version" as keyof GatewayMemory, 9] as const]) {
      const memory = rememberedGateway({ ...whole, [part]: damaged });
      const read = await readGateway(run, state, { memory });
      expect(read.state).toMatchObject({ id });
      const desired = { ...quiet, clientId: `after-${part}` };
      const plan = await planGateway(run, { prior: read.state, memory, desired });
      expect(plan.change).toBe("update");
      await updateGateway(run, { prior: state, memory, desired, metadata: plan.metadata });
    }
  } finally {
    await api.close();
  }
});
