import { type Fault, type LocalApi, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import type { GatewayState } from "@mcpstack/model";
import { quiet, runOn } from "../testing/run";
import { readGateway } from "./read";

let api: LocalApi;
let state: GatewayState;
beforeEach(async () => {
  api = await startLocalApi();
  const { id, organizationId } = api.store.createGateway({ ...quiet, scopes: ["openid", "email"] });
  state = { ...quiet, id, organizationId, status: "active", scopes: ["openid", "email"] };
});
afterEach(() => api.close());

test("what means the same leaves the state as it is; what differs is taken in", async () => {
  api.setBehaviour({ scopesForm: "shuffled", urls: "whatwg", fills: "derived", unsetFields: "empty" });
  expect((await readGateway(runOn(api), state)).state).toEqual(state);
  api.store.putGateway(state.id, { authorizationServerUrl: "https://moved.example", status: "failing" });
  expect((await readGateway(runOn(api), state)).state).toMatchObject({
    authorizationServerUrl: "https://moved.example/",
    status: "failing",
  });
});

test("metadata stays what was accepted, and what is published now comes beside it", async () => {
  const issuer = await startTableIssuer();
  api.store.putGateway(state.id, { authorizationServerUrl: issuer.url });
  const accepted = { issuer: issuer.url };
  const looking = {
    ...state,
    authorizationServerUrl: issuer.url,
    metadataCheck: "warn" as const,
    metadata: accepted,
  };
  const read = await readGateway(runOn(api), looking);
  expect(read.state?.metadata).toBe(accepted);
  expect(read.memory.discovered?.authorizationServer.document?.token_endpoint).toBe(`${issuer.url}/token`);
  await issuer.close();
});

test("an address that somebody set at the API is not looked at: what the program wrote is", async () => {
  const issuer = await startTableIssuer();
  api.store.putGateway(state.id, { authorizationServerUrl: issuer.url });
  const read = await readGateway(runOn(api), { ...state, metadataCheck: "warn" });
  const requests = [...issuer.requests];
  await issuer.close();
  expect(requests).toEqual([]);
  expect(read.state?.authorizationServerUrl).toBe(issuer.url);
  expect(read.memory.discovered?.inputs.authorizationServerUrl).toBe(quiet.authorizationServerUrl);
});

test("what was imported names no private address until an apply of the program has written it", async () => {
  const issuer = await startTableIssuer();
  const looking = { ...state, authorizationServerUrl: issuer.url, metadataCheck: "warn" as const };
  api.store.putGateway(state.id, { authorizationServerUrl: issuer.url });
  await readGateway(runOn(api), looking, { memory: { imported: true } });
  expect(issuer.requests).toEqual([]);
  const read = await readGateway(runOn(api), looking, { memory: {} });
  expect(read.memory.discovered?.authorizationServer.kind).toBe("found");
  await issuer.close();
});

test("a gateway that is gone is nothing", async () => {
  api.store.deleteGateway(state.id);
  expect(await readGateway(runOn(api), state)).toEqual({ memory: {} });
});

test.each<[string, Fault["action"], string]>([
  ["401", { status: 401 }, "unauthenticated"],
  ["403", { status: 403 }, "forbidden"],
  ["a 404 that the list of gateways contradicts", { status: 404, body: { error: "not_found" } }, "unexpected_answer"],
  ["a 404 page", { status: 404, body: "<html>", headers: { "content-type": "text/html" } }, "not_json"],
  ["a page", { html: true }, "not_json"],
  ["nothing", { emptyBody: true }, "not_json"],
])("a gateway answered with %s is an error, and not gone", async (_, action, code) => {
  api.faults.add({ match: { path: `/gateways/${state.id}` }, action });
  await expect(readGateway(runOn(api), state)).rejects.toMatchObject({ code });
});

describe("a wrong credential never looks like everything is gone", () => {
  test.each([
    ["org_elsewhere", "organization_not_found"],
    [undefined, "organization_mismatch"],
  ])("with MCPSTACK_ORG_ID %j it is %s", async (MCPSTACK_ORG_ID, code) => {
    const other = api.store.addOrganization({ slug: "other" });
    const { secret } = api.store.addCredential({ label: "other", organizations: [other.id] });
    const run = runOn(api, {}, { MCPSTACK_ORG_ID, MCPSTACK_ACCESS_TOKEN: secret });
    await expect(readGateway(run, state)).rejects.toMatchObject({ code });
  });

  test("nor does a list of organizations in another order", async () => {
    api.store.addOrganization({ slug: "other" });
    api.store.reorderOrganizations();
    const run = runOn(api, {}, { MCPSTACK_ORG_ID: undefined });
    await expect(readGateway(run, state)).rejects.toMatchObject({
      code: "organization_mismatch",
    });
    expect(api.requests.some(({ path }) => path.includes("/gateways"))).toBe(false);
  });
});

test("where nothing was read, the service's own word lets in no origin that the program does not name", async () => {
  const memory = { written: { ...quiet }, filled: {} };
  const own = "https://auth.example.invalid/token";
  for (const [tokenEndpoint, seen] of [
    [own, undefined],
    ["https://evil.example.net/token", "https://evil.example.net/token"],
  ]) {
    api.store.putGateway(state.id, { tokenEndpoint, unknown: { manualOverrides: [] } });
    const read = await readGateway(runOn(api), { ...state, scopes: undefined }, { memory });
    expect([tokenEndpoint, read.state?.tokenEndpoint]).toEqual([tokenEndpoint, seen]);
  }
});

test("while it is not known which origins are trusted, what a person set is drift all the same", async () => {
  const memory = { written: { ...quiet }, filled: {} };
  const provider = { unknown: ["trustedOrigins"] as const };
  for (const [manualOverrides, seen] of [
    [["tokenEndpoint"], "https://evil.example.net/token"],
    [[], undefined],
  ] as const) {
    const tokenEndpoint = "https://evil.example.net/token";
    api.store.putGateway(state.id, { tokenEndpoint, unknown: { manualOverrides: [...manualOverrides] } });
    const read = await readGateway(runOn(api, provider), { ...state, scopes: undefined }, { memory });
    expect([manualOverrides, read.state?.tokenEndpoint]).toEqual([manualOverrides, seen]);
  }
});
