import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { quiet, runOn } from "../testing/run";
import { adoptGateway, planAdoption } from "./adopt";
import { deleteGateway } from "./delete";

let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi({ behaviour: { scopesForm: "comma-string", urls: "whatwg", fills: "derived" } });
});
afterEach(() => api.close());

/** What the service has of the profile `quiet`. */
const stored = {
  name: quiet.name,
  providerType: quiet.providerType,
  authorizationServerUrl: quiet.authorizationServerUrl,
};
const writes = () => api.requests.filter(({ method }) => method !== "GET").map(({ method }) => method);

test("a gateway that has the profile already, by meaning, is taken over without a write", async () => {
  const { id } = api.store.createGateway({ ...stored, scopes: ["profile", "openid"] });
  const desired = { ...quiet, scopes: ["openid", "profile"] };
  expect(await planAdoption(runOn(api), desired, true)).toEqual({ id, changes: [], refused: [] });
  const { state } = await adoptGateway(runOn(api), desired, id);
  expect(state).toMatchObject({ id, organizationId: "org_petalpal", scopes: ["openid", "profile"] });
  expect(writes()).toEqual([]);
});

test("what differs is named and then written, and what the profile leaves unset stays", async () => {
  const { id } = api.store.createGateway({ ...stored, clientId: "old", description: "Made by hand" });
  const desired = { ...quiet, clientId: "new", settings: { audienceMode: "strict" } };
  expect((await planAdoption(runOn(api), desired, id)).changes).toEqual([
    { field: "clientId", from: "old", to: "new" },
    { field: "settings", from: {}, to: { audienceMode: "strict" } },
  ]);
  await adoptGateway(runOn(api), desired, id);
  expect(writes()).toEqual(["PUT"]);
  expect(api.store.gateway(id)).toMatchObject({
    clientId: "new",
    description: "Made by hand",
    unknown: { audienceMode: "strict" },
  });
});

test("write-only settings are written, since nobody can know what is there", async () => {
  const { id } = api.store.createGateway(stored);
  const desired = { ...quiet, settingsWo: { clientSecret: "s" }, settingsWoVersion: 1 };
  expect((await planAdoption(runOn(api), desired, id)).changes).toMatchObject([{ field: "settingsWoVersion", to: 1 }]);
  await adoptGateway(runOn(api), desired, id);
  expect(api.store.gateway(id)?.secrets).toEqual({ clientSecret: "s" });
});

test.each([
  ["an id that nothing has", "gtw_999999" as const, "adopt_not_found"],
  ["a name that nothing has", true as const, "adopt_not_found"],
])("%s is refused with a code", async (_, adopt, code) => {
  await expect(planAdoption(runOn(api), quiet, adopt)).rejects.toMatchObject({ code, path: ["adopt"] });
});

test("a gateway that the credential cannot see is not told as one that is not there", async () => {
  const { id } = api.store.createGateway(stored);
  const { secret } = api.store.addCredential({ label: "narrow", hidden: [id] });
  const planning = planAdoption(runOn(api, {}, { MCPSTACK_ACCESS_TOKEN: secret }), quiet, id);
  await expect(planning).rejects.toMatchObject({ code: "unexpected_answer", message: expect.stringContaining(id) });
});

test("a name that two gateways have is refused, and both ids are named", async () => {
  for (const _ of [1, 2]) api.store.createGateway(stored);
  const adopting = adoptGateway(runOn(api), quiet, true);
  await expect(adopting).rejects.toMatchObject({ code: "adopt_ambiguous" });
  await expect(adopting).rejects.toThrow("gtw_000001, gtw_000002");
});

test("two resources cannot take the same gateway over", async () => {
  const { id } = api.store.createGateway(stored);
  const run = runOn(api);
  await adoptGateway(run, quiet, id);
  await expect(adoptGateway(run, quiet, true)).rejects.toMatchObject({ code: "adopt_ambiguous" });
});

test("what a run took over, it does not delete under an older name", async () => {
  const { id } = api.store.createGateway(stored);
  const run = runOn(api);
  const { state } = await adoptGateway(run, quiet, id);
  await deleteGateway(run, state);
  expect(api.store.gateway(id)).toBeDefined();
  await deleteGateway(runOn(api), state);
  expect(api.store.gateway(id)).toBeUndefined();
});
