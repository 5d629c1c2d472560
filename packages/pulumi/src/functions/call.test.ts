import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  api.store.createGateway({ name: "Support", providerType: "manual" });
});
afterAll(() => api.close());

/** Begins an operation, as Pulumi's own unit tests do: another connection to an engine. */
function begin(organization = "petalpal"): void {
  pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: ({ inputs }) => inputs });
  pulumi.runtime.setAllConfig({
    "mcpstack:apiUrl": api.url,
    "mcpstack:organization": organization,
    "mcpstack:accessToken": api.accessToken,
  });
}

test("look-ups of one operation share what they learned, and those of the next one share nothing with them", () => {
  begin();
  const first = lookups();
  expect(lookups()).toBe(first);
  begin();
  expect(lookups()).not.toBe(first);
});

test("each operation has its own configuration", async () => {
  api.store.addOrganization({ id: "org_other", slug: "other", name: "Other" });
  begin("petalpal");
  expect(await lookups().getGateways({})).toHaveLength(1);
  begin("other");
  expect(await lookups().getGateways({})).toEqual([]);
});

test("hundreds of operations leave nothing behind", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const refs: WeakRef<object>[] = [];
  for (let at = 0; at < 200; at += 1) {
    begin();
    refs.push(new WeakRef(lookups()));
    if (at % 20 === 0) await lookups().getGateways({});
  }
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  // The last one is still under way.
  expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(1);
});

test.each([
  ["connection", () => lookups().getGateways({ connection: { credentialFrom: "a-token" } as never }), "credentialFrom"],
  ["limit", () => lookups().getGatewayLogs({ gatewayId: "gtw_000001", limit: 0 }), "limit"],
  ["address", () => lookups().getOAuthMetadata({ authorizationServerUrl: "example" }), "authorizationServerUrl"],
])("a %s that is none is refused by the name of its field, and not printed", async (_, call, field) => {
  begin();
  await expect(call()).rejects.toMatchObject({
    message: expect.stringMatching(new RegExp(`^(?!.*a-token).*${field}`)),
    code: expect.stringMatching(/^(invalid_value|invalid_url)$/),
  });
});

test("what the API refuses is said in Pulumi's words, with its code", async () => {
  begin();
  await expect(lookups().getGateway({ gateway: "None" })).rejects.toMatchObject({
    name: "ProviderError",
    code: "gateway_not_found",
  });
});
