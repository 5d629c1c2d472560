import { type FaultAction, type LocalApi, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import type { GatewayProfile, GatewayState } from "@mcpstack/model";
import { quiet, runOn } from "../testing/run";
import { adoptGateway } from "./adopt";
import { metadataAfterApply } from "./create";
import { importGateway } from "./import";
import { storedPart } from "./memory";
import { readGateway } from "./read";
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
const known = (prior: GatewayState) => ({ value: prior.metadata, unknown: [] }) as const;
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

test("where another gateway's document is answered, nothing of it is written", async () => {
  const prior = stored({ clientId: "one" });
  const body = { ...prior, id: "gtw_other", name: "Other", theirs: true };
  api.faults.add({ match: { method: "GET", path: `/gateways/${prior.id}` }, action: { status: 200, body } });
  const updating = updateGateway(runOn(api), { prior, desired: { ...prior, clientId: "two" }, metadata: known(prior) });
  await expect(updating).rejects.toMatchObject({ code: "unexpected_answer" });
  expect(written()).toEqual([]);
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
  const { state } = await updateGateway(runOn(api), { prior, desired: prior, metadata: { value, unknown: [] } });
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

test("an update that turns the looking on remembers what is published, so that the next refresh finds nothing new", async () => {
  const issuer = await startTableIssuer();
  const accepted = { issuer: issuer.url };
  const prior = { ...stored({ authorizationServerUrl: issuer.url }), metadata: accepted };
  const desired = { ...prior, metadataCheck: "warn" } as const;
  const { state, memory } = await updateGateway(runOn(api), { prior, desired, metadata: known(prior) });
  expect(state.metadata).toEqual(accepted);
  expect((await readGateway(runOn(api), state, { memory })).memory).toEqual({ ...memory, filled: {} });
  await issuer.close();
});

test("an update that leads to other documents accepts what they say", async () => {
  const issuer = await startTableIssuer();
  const prior = { ...stored(), metadata: { issuer: "https://auth.example.invalid" } };
  const desired = { ...prior, metadataCheck: "warn", authorizationServerUrl: issuer.url } as const;
  const { state, memory } = await updateGateway(runOn(api), { prior, desired, metadata: metadataAfterApply });
  expect(state.metadata).toMatchObject({ issuer: issuer.url });
  expect(memory.discovered?.inputs.authorizationServerUrl).toBe(issuer.url);
  await issuer.close();
});

test("what was discovered is remembered while somebody looks, and forgotten where metadata_check is off", async () => {
  const prior = stored();
  const inputs = { authorizationServerUrl: quiet.authorizationServerUrl };
  const discovered = { version: 1, inputs, authorizationServer: { kind: "missing", attempts: [] } } as const;
  const update = { prior, desired: { ...prior, clientId: "two" }, metadata: known(prior), memory: { discovered } };
  expect((await updateGateway(runOn(api), update)).memory.discovered).toBeUndefined();
  const looking = { ...update, desired: { ...update.desired, metadataCheck: "warn" as const } };
  expect((await updateGateway(runOn(api), looking)).memory.discovered).toBe(discovered);
});

describe("what somebody set where the program is silent", () => {
  const evil = "https://evil.example.net/token";
  const remembered = (prior: GatewayState, filled = {}) => ({ written: { ...prior }, filled });

  test("is never written back, also where no plan saw it", async () => {
    const prior = stored({ clientId: "one" });
    api.store.putGateway(prior.id, { tokenEndpoint: evil, resource: "urn:theirs" });
    const desired = { ...prior, clientId: "two" };
    const { memory } = await updateGateway(runOn(api), {
      prior,
      desired,
      metadata: known(prior),
      memory: remembered(prior),
    });
    expect(api.store.gateway(prior.id)).toMatchObject({ clientId: "two" });
    expect([api.store.gateway(prior.id)?.tokenEndpoint, api.store.gateway(prior.id)?.resource]).toEqual([
      undefined,
      undefined,
    ]);
    expect(memory).toMatchObject({ written: { clientId: "two" }, filled: {} });
  });

  test("gives way to what the service had put there", async () => {
    const prior = { ...stored({ clientId: "one" }), scopes: ["openid", "admin"] };
    api.store.putGateway(prior.id, { scopes: ["openid", "admin"] });
    const { scopes: _, ...desired } = prior;
    const memory = { written: { ...desired }, filled: { scopes: ["openid"] } };
    await updateGateway(runOn(api), { prior, desired, metadata: known(prior), memory });
    expect(api.store.gateway(prior.id)?.scopes).toEqual(["openid"]);
  });

  test("stays where it stood when the gateway was last written", async () => {
    const prior = stored({ clientId: "one" });
    api.store.putGateway(prior.id, { resource: "urn:service" });
    const desired = { ...prior, clientId: "two" };
    const memory = remembered(prior, { resource: "urn:service" });
    await updateGateway(runOn(api), { prior, desired, metadata: known(prior), memory });
    expect(api.store.gateway(prior.id)?.resource).toBe("urn:service");
  });
});

test("a write-only value that the service repeats is not in the error", async () => {
  const prior = stored();
  const settingsWo = { clientSecret: "hush-hush", nested: { keys: ["hush", 7] } };
  api.faults.add({ match: { method: "PUT" }, action: { status: 422, body: { error: 'no "hush-hush", no "hush"' } } });
  const desired = { ...prior, settingsWo, settingsWoVersion: 1 };
  await expect(updateGateway(runOn(api), { prior, desired, metadata: known(prior) })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/422: no "\[secret\]", no "\[secret\]"/),
  });
});

test("a gateway that is answered 404 is not updated, and nothing is made in its place", async () => {
  const prior = stored({ clientId: "one" });
  const { secret } = api.store.addCredential({ label: "narrow", hidden: [prior.id] });
  const run = runOn(api, {}, { MCPSTACK_ACCESS_TOKEN: secret });
  const updating = updateGateway(run, { prior, desired: { ...prior, clientId: "two" }, metadata: known(prior) });
  await expect(updating).rejects.toMatchObject({ code: "not_found" });
  expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("a refusal that is answered with 200 is an error, and not done", async () => {
  const prior = stored({ clientId: "one" });
  api.faults.add({ match: { method: "PUT" }, action: { status: 200, body: { error: "refused" } } });
  const desired = { ...prior, clientId: "two" };
  await expect(updateGateway(runOn(api), { prior, desired, metadata: known(prior) })).rejects.toMatchObject({
    code: "unexpected_answer",
    message: expect.stringContaining("refused"),
  });
});

test("what was accepted of an issuer that the program leaves is remembered, and forgotten once it counts again", async () => {
  const metadata = { issuer: "https://id.example", tokenEndpoint: "https://id.example/token" };
  const prior = { ...stored(), metadata };
  const desired = { ...prior, authorizationServerUrl: "https://other.example" };
  const nothing = { value: undefined, unknown: [] };
  const away = await updateGateway(runOn(api), { prior, desired, metadata: nothing });
  expect(away.memory.formerly).toEqual([
    { choice: expect.objectContaining({ authorizationServerUrl: prior.authorizationServerUrl }), metadata },
  ]);
  const back = { value: metadata, unknown: [] };
  const again = { prior: away.state, desired: prior, memory: away.memory, metadata: back };
  expect((await updateGateway(runOn(api), again)).memory.formerly).toBeUndefined();
});

test("who publishes the name of an issuer that the program left puts it out of nobody's mind", async () => {
  const metadata = { issuer: "https://id.example", tokenEndpoint: "https://id.example/token" };
  const prior = { ...stored(), authorizationServerUrl: "https://id.example", metadata };
  const desired = { ...prior, authorizationServerUrl: "https://pretender.example" };
  const pretended = { issuer: "https://id.example", tokenEndpoint: "https://pretender.example/token" };
  const away = await updateGateway(runOn(api), { prior, desired, metadata: { value: pretended, unknown: [] } });
  expect(away.memory.formerly).toMatchObject([{ choice: { authorizationServerUrl: "https://id.example" }, metadata }]);
});

test("another organization's gateway is not touched", async () => {
  const prior = { ...stored(), organizationId: "org_other" };
  await expect(
    updateGateway(runOn(api), { prior, desired: { ...prior, clientId: "x" }, metadata: known(prior) }),
  ).rejects.toMatchObject({ code: "organization_mismatch" });
  expect(written()).toEqual([]);
});

test("what the API holds under a second name of a URL is not written back, also where no plan saw it", async () => {
  const prior = stored({ clientId: "one" });
  const own = "https://auth.example.invalid/.well-known/openid-configuration";
  const document = {
    ...api.store.gateway(prior.id),
    metadataUrl: own,
    authorizationServerMetadataUrl: "https://evil.example/m",
  };
  api.faults.add({
    match: { method: "GET", path: `/gateways/${prior.id}` },
    times: 1,
    action: { status: 200, body: document },
  });
  const memory = { written: storedPart(prior), filled: { metadataUrl: own } };
  const desired = { ...prior, clientId: "two" };
  await updateGateway(runOn(api), { prior, desired, memory, metadata: known(prior) });
  const put = api.requests.find(({ method }) => method === "PUT");
  expect(put).toBeDefined();
  expect(JSON.stringify(put)).not.toContain("evil.example");
});

test("what was accepted of a document is not forgotten for what was accepted without one", async () => {
  const metadata = { issuer: quiet.authorizationServerUrl, jwksUri: `${quiet.authorizationServerUrl}/keys` };
  const endpoints = { tokenEndpoint: `${quiet.authorizationServerUrl}/token` };
  const choice = expect.objectContaining({ authorizationServerUrl: quiet.authorizationServerUrl });
  const prior = { ...stored(), metadata };
  const explicit = await updateGateway(runOn(api), {
    prior,
    desired: prior,
    metadata: { value: endpoints, unknown: [] },
  });
  expect(explicit.memory.formerly).toEqual([{ choice, metadata }]);
  // Nor on the way to another issuer.
  const desired = { ...prior, authorizationServerUrl: "https://other.example" };
  const from = { prior: explicit.state, memory: explicit.memory };
  const away = await updateGateway(runOn(api), { ...from, desired, metadata: { value: undefined, unknown: [] } });
  expect(away.memory.formerly).toEqual([{ choice, metadata }]);
});

test("what was to be taken away, and is still there, becomes no baseline", async () => {
  const prior = stored({ clientId: undefined });
  api.store.putGateway(prior.id, { resource: "https://evil.example/r" });
  const document = { ...api.store.gateway(prior.id) };
  api.faults.add({ match: { method: "PUT" }, action: { status: 200, body: document } });
  const memory = { written: storedPart(prior), filled: {} };
  const desired = { ...prior, description: "edited" };
  const { memory: after } = await updateGateway(runOn(api), { prior, desired, memory, metadata: known(prior) });
  expect(after.filled).not.toHaveProperty("resource");
});

describe("an update that the service does not carry out", () => {
  const answers: [string, (old: object) => FaultAction][] = [
    ["202", () => ({ status: 202, body: { status: "accepted" } })],
    ["204", () => ({ status: 204 })],
    ["the old document", (old) => ({ status: 200, body: old })],
    ["an answer without a document", () => ({ status: 200, body: {} })],
  ];
  const edited = () => {
    const prior = stored({ clientId: "one", scopes: ["openid"], settings: { mode: "a", same: 1 } });
    api.store.putGateway(prior.id, { unknown: { mode: "a", same: 1 } });
    const desired = {
      ...prior,
      clientId: "two",
      scopes: ["openid", "email"],
      settings: { mode: "hush-hush", same: 1 },
    };
    return { prior, desired, metadata: known(prior), memory: { written: storedPart(prior), filled: {} } };
  };
  const shown = (id: string) => ({ ...api.store.gateway(id), mode: "a", same: 1 });

  test.each(answers)(
    "and answers with %s is said field by field, and the state has what is there",
    async (_, action) => {
      const update = edited();
      api.faults.add({ match: { method: "PUT" }, action: action(shown(update.prior.id)) });
      const { state, memory, findings } = await updateGateway(runOn(api), update);
      expect(findings).toMatchObject([
        { code: "not_as_written", severity: "warn", path: ["clientId"], expected: "two", found: "one" },
        { path: ["scopes"], expected: "openid email", found: "openid" },
        { path: ["settings"], summary: expect.stringMatching(/other settings than were written: "mode"\.$/) },
      ]);
      expect(JSON.stringify(findings)).not.toContain("hush-hush");
      expect(state).toMatchObject({ clientId: "one", scopes: ["openid"], settings: { mode: "a", same: 1 } });
      // What the program says is what it wrote: the next plan compares it with what is there.
      expect(memory.written).toMatchObject({ clientId: "two" });
      expect((await readGateway(runOn(api), { ...state, ...update.desired }, { memory })).state).toEqual(state);
    },
  );

  test("and answers with an error beside the document is an error with its words, without secrets", async () => {
    const update = edited();
    const desired = { ...update.desired, settingsWo: { key: "sesame-open" } };
    const body = { ...shown(update.prior.id), error: "quota exceeded for sesame-open" };
    api.faults.add({ match: { method: "PUT" }, action: { status: 200, body } });
    await expect(updateGateway(runOn(api), { ...update, desired })).rejects.toMatchObject({
      code: "not_carried_out",
      message: expect.stringMatching(/answered 200.*quota exceeded for \[secret\]\..*client_id, scopes, settings/),
      path: ["clientId"],
    });
  });

  test("and shows a field that was to be taken away says that", async () => {
    const { prior, memory } = edited();
    const { clientId: _, ...desired } = prior;
    api.faults.add({ match: { method: "PUT" }, action: { status: 204 } });
    const applied = await updateGateway(runOn(api), { prior, desired, metadata: known(prior), memory });
    expect(applied.findings).toMatchObject([{ path: ["clientId"], expected: "(not set)", found: "one" }]);
    expect(applied.state.clientId).toBe("one");
  });

  test("yet is waited for, and not told where it is done a little later", async () => {
    const update = edited();
    api.faults.add({ match: { method: "PUT" }, performed: true, action: { status: 202 } });
    const path = `/gateways/${update.prior.id}`;
    const lagging = { match: { method: "GET", path }, after: 1, times: 3 };
    api.faults.add({ ...lagging, action: { status: 200, body: shown(update.prior.id) } });
    expect((await updateGateway(runOn(api), update)).findings).toEqual([]);
  });
});

test("an error of its own that a document tells is none of a write that it holds", async () => {
  const prior = stored({ clientId: "one" });
  const desired = { ...prior, clientId: "two" };
  const body = { ...api.store.gateway(prior.id), clientId: "two", status: "error", error: "discovery failed" };
  api.faults.add({ match: { method: "PUT" }, performed: true, action: { status: 200, body } });
  expect((await updateGateway(runOn(api), { prior, desired, metadata: known(prior) })).findings).toEqual([]);
});

test.each([
  ["WHATWG URLs", { urls: "whatwg" }],
  ["scopes in another form", { scopesForm: "comma-string" }],
  ["empty fields", { unsetFields: "empty" }],
  ["fillings of its own", { fills: "derived" }],
  ["a mask", { maskedSecret: "****", maskedSecretPlace: "nested" }],
  ["no document", { putAnswer: "204", putLeftOut: "cleared" }],
] as const)("a service that answers with %s has carried the write out", async (_, behaviour) => {
  const prior = stored({ scopes: ["openid"] });
  api.setBehaviour(behaviour);
  const desired = {
    ...prior,
    authorizationServerUrl: "https://AUTH.example.invalid:443",
    scopes: ["openid", "email"],
    settings: { clientCredentials: { secret: "written" } },
  };
  expect((await updateGateway(runOn(api), { prior, desired, metadata: known(prior) })).findings).toEqual([]);
});

// Written back, a part of a document takes away what others have set, and an old one brings back what they have changed.
test.each<[string, { status: number; headers?: Record<string, string> }]>([
  ["a part of it", { status: 206 }],
  ["one that was changed on the way", { status: 203 }],
  ["an old one", { status: 200, headers: { warning: '110 - "Response is Stale"' } }],
])("no document is written on top of %s", async (_, answer) => {
  const prior = stored({ name: "Doubtful" });
  const before = api.store.gateway(prior.id);
  api.faults.add({ match: { method: "GET", path: /\/gateways\/[^/]+$/ }, action: { ...answer, body: { ...before } } });
  const desired = { ...quiet, name: "Doubtful", description: "new" };
  const updating = updateGateway(runOn(api), { prior, desired, metadata: known(prior) });
  await expect(updating).rejects.toMatchObject({ code: "unexpected_answer" });
  api.faults.clear();
  expect(api.store.gateway(prior.id)).toEqual(before);
});

test("a run that is stopped while it looks at what is published accepts nothing and writes nothing", async () => {
  const issuer = await startTableIssuer();
  try {
    issuer.setAll({ hang: true });
    const prior = { ...stored({ authorizationServerUrl: issuer.url }), metadataCheck: "warn" as const };
    const controller = new AbortController();
    const desired = { ...prior, clientId: "two" };
    const update = { prior, desired, metadata: metadataAfterApply };
    const updating = updateGateway(runOn(api), update, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stopped")), 200);
    await expect(updating).rejects.toThrow("stopped");
    expect(written()).toEqual([]);
  } finally {
    await issuer.close();
  }
});

describe("a document that names another organization than the one that was asked", () => {
  const answering = (prior: GatewayState, named: object) => {
    const { id, name, providerType, authorizationServerUrl } = prior;
    const body = { id, name, providerType, authorizationServerUrl, ...named };
    api.faults.add({ match: { method: "GET", path: `/gateways/${id}` }, action: { status: 200, body } });
  };

  test.each<[string, object]>([
    ["a path to it", { organizationId: "organizations/org_other" }],
    ["an address whose path holds both", { organizationId: "https://org_petalpal/organizations/org_other" }],
    ["its slug in an object", { organization: { slug: "other" } }],
    ["its id as a text", { org_id: "org_other" }],
    ["its id beside the name that this one has, too", { organization: { id: "org_other", name: "PetalPal" } }],
  ])("is refused where it is named by %s", async (_, named) => {
    const prior = stored();
    answering(prior, named);
    await expect(readGateway(runOn(api), prior)).rejects.toMatchObject({ code: "organization_mismatch" });
  });

  test("is neither read, nor written back, nor imported, nor taken over", async () => {
    const prior = stored();
    answering(prior, { organizationId: "org_other" });
    const desired = { ...prior, clientId: "x" };
    for (const work of [
      updateGateway(runOn(api), { prior, desired, metadata: known(prior) }),
      readGateway(runOn(api), prior),
      importGateway(runOn(api), prior.id),
      adoptGateway(runOn(api), { ...quiet }, prior.id),
    ])
      await expect(work).rejects.toMatchObject({
        code: "organization_mismatch",
        message: expect.stringMatching(/organization org_petalpal.*organization org_other\. Nothing was changed/),
      });
    expect(written()).toEqual([]);
  });

  test.each([
    ["nothing", {}],
    ["the organization's slug", { organizationId: "petalpal" }],
    ["its id in other letters", { organizationId: "ORG_PETALPAL" }],
    ["its id in an object", { organization: { id: "org_petalpal" } }],
    ["its slug in an object beside another kind of id", { organization: { id: 17, slug: "petalpal" } }],
    ["its slug alone in an object", { organization: { slug: "petalpal" } }],
    ["its name alone in an object", { organization: { name: "PetalPal" } }],
    ["a path to it", { organizationId: "organizations/org_petalpal" }],
    ["a path to it by its slug", { organization: "/organizations/petalpal/" }],
    ["a path below it", { organizationId: "/api/v1/orgs/org_petalpal/gateways/gtw_1?x=1" }],
    ["its address", { organization_id: "https://api.example.com/v1/organizations/org_petalpal" }],
    ["a URN of it", { orgId: "urn:mcpstack:organization:org_petalpal" }],
  ])("is none that names %s", async (_, named) => {
    const prior = stored();
    answering(prior, named);
    expect((await readGateway(runOn(api), prior)).state?.id).toBe(prior.id);
  });

  test("cannot be told where the credential may not list organizations", async () => {
    const prior = { ...stored(), organizationId: "" };
    answering(prior, { organizationId: "org_petalpal" });
    api.faults.add({ match: { path: "/api/v1/organizations" }, action: { status: 403 } });
    const run = runOn(api, {}, { MCPSTACK_ORG_ID: "petalpal" });
    expect((await readGateway(run, prior)).state?.id).toBe(prior.id);
  });
});
