import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { quiet, runOn } from "../testing/run";
import { importGateway } from "./import";

let api: LocalApi;
let issuer: TableIssuer;
beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer()]);
});
afterEach(() => Promise.all([api.close(), issuer.close()]));

/** What the API holds names no host of this machine: the program trusts the issuer's origin, and so names it. */
const run = () => runOn(api, { trustedOrigins: [issuer.origin] });

const { metadataCheck: _, ...plain } = quiet;
const created = (more: object = {}) =>
  api.store.createGateway({ ...plain, authorizationServerUrl: issuer.url, scopes: ["b", "a", "b"], ...more });

test.each(["gtw_000001", "Support"])("by %s it is taken over with the metadata that is live", async (idOrName) => {
  const gateway = created();
  const { state, memory } = await importGateway(run(), idOrName);
  expect(state).toEqual({
    ...plain,
    authorizationServerUrl: issuer.url,
    scopes: ["a", "b"],
    id: gateway.id,
    organizationId: "org_petalpal",
    status: "active",
    metadata: expect.objectContaining({ issuer: issuer.url }),
  });
  expect(memory.discovered?.authorizationServer.kind).toBe("found");
});

test("by a name that the API holds in another form of its characters, as Terraform composes all texts", async () => {
  const gateway = created({ name: "Cafe\u0301" });
  expect((await importGateway(run(), "Caf\u00e9")).state.id).toBe(gateway.id);
});

test("what the API holds leads to no private address that the program does not name", async () => {
  const resource = `${issuer.origin}/api`;
  created({
    resource,
    clientId: `${issuer.origin.replace("http:", "https:")}/client`,
    tokenEndpoint: `${issuer.url}/t`,
  });
  const { state, memory } = await importGateway(runOn(api), "Support");
  expect(issuer.requests).toEqual([]);
  expect(state.metadata).toBeUndefined();
  expect(memory.discovered?.authorizationServer).toMatchObject({ attempts: [{ outcome: "private-address" }, {}] });
});

test.each([
  [{ authorizationServerUrl: "https://me:pw-1947@auth.example.com/" }, "authorization_server_url"],
  [
    { resource: "https://me:pw-1947@api.example.com", clientId: "https://pw-1947@c.example.com" },
    "client_id and resource",
  ],
])("a URL with user information is taken into no state: %j", async (more, fields) => {
  const { id } = created(more);
  const error = await importGateway(run(), id).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({
    code: "user_information",
    message: expect.stringMatching(new RegExp(`${id} has .* in ${fields}\\. .*Take it out .* first`)),
  });
  expect(JSON.stringify(error) + (error as Error).message).not.toContain("1947");
  expect(issuer.requests).toEqual([]);
});

test("an id comes before a name", async () => {
  const first = created();
  created({ name: first.id });
  expect((await importGateway(run(), first.id)).state.id).toBe(first.id);
});

test.each([
  ["none", [], "gateway_not_found", /"Wanted" in organization org_petalpal/],
  ["two", ["Wanted", "Wanted"], "gateway_name_ambiguous", /2 gateways.*gtw_000001, gtw_000002.*Give the id/],
])("%s of that name is refused with what to do", async (_, names, code, message) => {
  for (const name of names) created({ name });
  await expect(importGateway(run(), "Wanted")).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test("a gateway that the credential cannot see is not told as missing, and no namesake of its id is taken", async () => {
  const hidden = created();
  created({ name: hidden.id });
  const { secret } = api.store.addCredential({ label: "narrow", hidden: [hidden.id] });
  const importing = importGateway(runOn(api, {}, { MCPSTACK_ACCESS_TOKEN: secret }), hidden.id);
  await expect(importing).rejects.toMatchObject({
    code: "unexpected_answer",
    message: expect.stringContaining(hidden.id),
  });
});

test("a credential that is refused is no gateway that is missing", async () => {
  api.faults.add({ match: { path: /\/gateways\// }, action: { status: 403 } });
  await expect(importGateway(run(), "Support")).rejects.toMatchObject({ code: "forbidden" });
});

describe("what nobody set is left out", () => {
  test.each(["derived", "discovered"] as const)("where the service fills fields it %s", async (fills) => {
    api.setBehaviour({ fills });
    const gateway = created({ discovery: { issuer: issuer.url, tokenEndpoint: `${issuer.url}/token` } });
    const { state } = await importGateway(run(), gateway.id);
    expect([state.tokenEndpoint, state.authorizationEndpoint, state.registrationEndpoint, state.metadataUrl]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(state.metadata).toMatchObject({ issuer: issuer.url });
  });

  test("and an address that a person gave of the document is kept, with what it says", async () => {
    issuer.set("/elsewhere", { body: { ...issuer.metadata(), jwks_uri: `${issuer.url}/other-keys` } });
    const { id } = created({ metadataUrl: `${issuer.url}/elsewhere` });
    const { state } = await importGateway(run(), id);
    expect(state.metadataUrl).toBe(`${issuer.url}/elsewhere`);
    expect(state.metadata).toMatchObject({ jwksUri: `${issuer.url}/other-keys` });
  });

  test("and an endpoint that a person set keeps the other one, since a program has both", async () => {
    const other = `${issuer.url}/other-token`;
    const { id } = created({ authorizationEndpoint: `${issuer.url}/authorize`, tokenEndpoint: other });
    const { state } = await importGateway(run(), id);
    expect([state.authorizationEndpoint, state.tokenEndpoint]).toEqual([`${issuer.url}/authorize`, other]);
  });

  test("and what a person set is kept, under either spelling of its name", async () => {
    const set = { authorizationEndpoint: `${issuer.url}/authorize`, tokenEndpoint: `${issuer.url}/token` };
    for (const names of [Object.keys(set), ["authorization_endpoint", "token_endpoint"]]) {
      const { id } = created({
        ...set,
        registrationEndpoint: `${issuer.url}/register`,
        unknown: { manualOverrides: names },
      });
      const { state } = await importGateway(run(), id);
      expect(state).toMatchObject(set);
      expect(state.registrationEndpoint).toBeUndefined();
    }
  });

  test("and without such a list, what the issuer publishes counts as filled, and another address as set", async () => {
    const { id } = created({ tokenEndpoint: `${issuer.url}/token`, registrationEndpoint: `${issuer.url}/other` });
    const { state } = await importGateway(run(), id);
    expect([state.tokenEndpoint, state.registrationEndpoint]).toEqual([undefined, `${issuer.url}/other`]);
  });
});
