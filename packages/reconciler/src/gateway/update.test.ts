import { type LocalApi, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import type { GatewayProfile, GatewayState } from "@mcpstack/model";
import { quiet, runOn } from "../testing/run";
import { updateGateway } from "./update";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(() => api.close());

const stored = (profile: Partial<GatewayProfile> = {}): GatewayState => {
  const { metadataCheck: _, ...written } = { ...quiet, ...profile };
  const { id, organizationId, status } = api.store.createGateway(written as typeof quiet);
  return { ...quiet, ...profile, id, organizationId, status };
};
const known = (prior: GatewayState) => ({ known: true, value: prior.metadata }) as const;
const written = () => api.requests.filter(({ method }) => method === "PUT").map(({ body }) => body);

test("the document is written back whole: what others set and what nobody here knows survives", async () => {
  api.setBehaviour({ putLeftOut: "cleared", unknownFields: "present" });
  const prior = stored({ clientId: "one", scopes: ["openid"] });
  api.store.putGateway(prior.id, { resource: "https://set.by.others", unknown: { theirs: [1] } });
  const desired = { ...prior, clientId: "two" };
  const { state } = await updateGateway(runOn(api), { prior, desired, metadata: known(prior) });
  expect(state).toEqual({ ...prior, clientId: "two" });
  expect(api.store.gateway(prior.id)).toMatchObject({
    clientId: "two",
    scopes: ["openid"],
    resource: "https://set.by.others",
    unknown: { theirs: [1], clientRegistration: "auto" },
  });
});

test("a field that the program gives up is cleared", async () => {
  const prior = stored({ clientId: "one", resource: "https://api.example.com", scopes: ["openid"] });
  const { clientId: _, scopes: __, ...desired } = prior;
  await updateGateway(runOn(api), { prior, desired, metadata: known(prior) });
  const gateway = api.store.gateway(prior.id);
  expect([gateway?.clientId, gateway?.scopes, gateway?.resource]).toEqual([
    undefined,
    undefined,
    "https://api.example.com",
  ]);
});

test.each<[string, Partial<GatewayProfile>]>([
  ["nothing", {}],
  ["the order of scopes", { scopes: ["email", "openid"] }],
  ["what lives in state alone", { metadataCheck: "off", trustedOrigins: ["https://x.example"], findings: {} }],
  ["a write-only value whose version is the same", { settingsWo: { clientSecret: "other" } }],
])("a change of %s is not written", async (_, edit) => {
  const prior = stored({ scopes: ["openid", "email"], settingsWoVersion: 1 });
  const desired = { ...prior, ...edit };
  await updateGateway(runOn(api), { prior, desired, metadata: known(prior) });
  expect(written()).toEqual([]);
});

test("metadata that is accepted alone sends nothing, and is in the state", async () => {
  const prior = { ...stored(), metadata: { issuer: "https://auth.example.invalid" } };
  const value = { issuer: "https://auth.example.invalid", jwksUri: "https://auth.example.invalid/keys" };
  const { state } = await updateGateway(runOn(api), { prior, desired: prior, metadata: { known: true, value } });
  expect(state.metadata).toEqual(value);
  expect(written()).toEqual([]);
});

describe.each([
  ["top", "clientSecret", { clientSecret: "new" }],
  ["nested", "clientCredentials.secret", { clientCredentials: { secret: "new" } }],
] as const)("a secret that is shown masked at %s level", (maskedSecretPlace, field, settingsWo) => {
  const edited = () => {
    api.setBehaviour({ maskedSecret: "[redacted]", maskedSecretPlace });
    const prior = stored();
    return { prior, desired: { ...prior, clientId: "two" }, metadata: known(prior) };
  };

  test("stops an update that does not say what it shall be, and is not destroyed", async () => {
    const update = edited();
    await expect(updateGateway(runOn(api), update)).rejects.toMatchObject({
      code: "masked_field",
      field,
      message: expect.stringMatching(/settings_wo/),
    });
    expect(written()).toEqual([]);
  });

  test("is written anew where settings_wo says it", async () => {
    const update = edited();
    const desired = { ...update.desired, settingsWo, settingsWoVersion: 1 };
    const { state } = await updateGateway(runOn(api), { ...update, desired });
    expect(api.store.gateway(update.prior.id)).toMatchObject({
      clientId: "two",
      secrets: { clientSecret: "new" },
      destroyedSecrets: [],
    });
    expect(JSON.stringify(state)).not.toContain("new");
  });
});

test("an update that leads to other documents accepts what they say", async () => {
  const issuer = await startTableIssuer();
  const prior = { ...stored(), metadata: { issuer: "https://auth.example.invalid" } };
  const desired = { ...prior, metadataCheck: "warn", authorizationServerUrl: issuer.url } as const;
  const { state, discovered } = await updateGateway(runOn(api), { prior, desired, metadata: { known: false } });
  expect(state.metadata).toMatchObject({ issuer: issuer.url });
  expect(discovered?.inputs.authorizationServerUrl).toBe(issuer.url);
  await issuer.close();
});

test("what was discovered is kept while somebody looks, and dropped where metadata_check is off", async () => {
  const prior = stored();
  const discovered = { version: 1, inputs: quiet, authorizationServer: { kind: "missing", attempts: [] } } as const;
  const update = { prior, desired: { ...prior, clientId: "two" }, metadata: known(prior), discovered };
  expect((await updateGateway(runOn(api), update)).discovered).toBeUndefined();
  const looking = { ...update, desired: { ...update.desired, metadataCheck: "warn" as const } };
  expect((await updateGateway(runOn(api), looking)).discovered).toBe(discovered);
});

test("a write-only value that the service repeats is not in the error", async () => {
  const prior = stored();
  const settingsWo = { clientSecret: "hush-hush", nested: { keys: ["hush", 7] } };
  api.faults.add({ match: { method: "PUT" }, action: { status: 422, body: { error: 'no "hush-hush", no "hush"' } } });
  const desired = { ...prior, settingsWo, settingsWoVersion: 1 };
  await expect(updateGateway(runOn(api), { prior, desired, metadata: known(prior) })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/422: no "\[write-only\]", no "\[write-only\]"/),
  });
});

test("another organization's gateway is not touched", async () => {
  const prior = { ...stored(), organizationId: "org_other" };
  await expect(
    updateGateway(runOn(api), { prior, desired: { ...prior, clientId: "x" }, metadata: known(prior) }),
  ).rejects.toMatchObject({ code: "organization_mismatch" });
  expect(written()).toEqual([]);
});
