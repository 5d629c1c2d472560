import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import type { Run } from "../run";
import { quiet, runOn } from "../testing/run";
import { lookUpGateway } from "./find-gateway";
import { findServer } from "./find-server";
import { gatewayServers } from "./gateway-servers";
import { listGateways } from "./list-gateways";
import { publishedMetadata } from "./published-metadata";
import { recentEvents } from "./recent-events";

let api: LocalApi;
let issuer: TableIssuer;
beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer()]);
});
afterEach(() => Promise.all([api.close(), issuer.close()]));

const ofGateway: [string, (run: Run, id: string) => Promise<unknown>][] = [
  ["a gateway by its id", (run, id) => lookUpGateway(run, { id })],
  ["a gateway by its id or name", (run, id) => lookUpGateway(run, id)],
  ["the servers of a gateway", gatewayServers],
  ["the events of a gateway", (run, id) => recentEvents(run, id)],
];
const all: typeof ofGateway = [
  ...ofGateway,
  ["a gateway by its name", (run) => lookUpGateway(run, { name: "Support" })],
  ["a server", (run) => findServer(run, "petalpal-api")],
];

/** A path of the API below the organization. */
const below = (path: string) => new RegExp(`/organizations/[^/]+${path}`);

test.each(ofGateway)("%s that does not exist is an error that says where it was looked for", async (_, lookUp) => {
  await expect(lookUp(runOn(api), "gtw_none")).rejects.toMatchObject({
    code: "gateway_not_found",
    message: expect.stringMatching(/"gtw_none" in organization org_petalpal/),
  });
});

test.each(ofGateway)("%s is not missing where it is answered 404 and listed", async (_, lookUp) => {
  const { id } = api.store.createGateway(quiet);
  api.faults.add({ match: { path: below(`/gateways/${id}`) }, action: { status: 404 } });
  await expect(lookUp(runOn(api), id)).rejects.toMatchObject({
    code: "unexpected_answer",
    message: expect.stringContaining(id),
  });
});

test.each([...all, ["all gateways", (run: Run) => listGateways(run)] as const])(
  "%s: where the organization itself is answered 404, nothing is said to be missing",
  async (_, lookUp) => {
    api.store.createGateway(quiet);
    api.faults.add({ match: { path: below("/") }, action: { status: 404 } });
    await expect(lookUp(runOn(api), "gtw_000001")).rejects.toMatchObject({ code: "organization_not_found" });
  },
);

test.each(all)("%s: a credential that is refused is no miss", async (_, lookUp) => {
  api.store.createGateway(quiet);
  api.faults.add({ match: { path: below("/") }, action: { status: 403 } });
  await expect(lookUp(runOn(api), "gtw_000001")).rejects.toMatchObject({ code: "forbidden" });
});

test("an id that is only the name of a gateway is no id, and the error gives the one that is", async () => {
  const { id } = api.store.createGateway(quiet);
  await expect(lookUpGateway(runOn(api), { id: "Support" })).rejects.toMatchObject({
    code: "gateway_not_found",
    message: expect.stringContaining(`One of that name has the id ${id}.`),
  });
});

describe("where the service resolves names", () => {
  const resolving = (path: string, id: string) =>
    api.faults.add({
      match: { method: "GET", path: below(`/gateways/${path}$`) },
      action: { status: 200, body: { id, name: "Support", providerType: "manual" } },
    });

  test("a gateway is found by its name, and an id that is only a name is none", async () => {
    const { id } = api.store.createGateway(quiet);
    resolving("Support", id);
    expect(await lookUpGateway(runOn(api), "Support")).toMatchObject({ id });
    await expect(lookUpGateway(runOn(api), { id: "Support" })).rejects.toMatchObject({ code: "unexpected_answer" });
  });

  test("a name that two gateways have is ambiguous all the same", async () => {
    const { id } = api.store.createGateway(quiet);
    api.store.createGateway(quiet);
    resolving("Support", id);
    await expect(lookUpGateway(runOn(api), "Support")).rejects.toMatchObject({ code: "gateway_name_ambiguous" });
  });

  test("the document of a gateway with another id and another name is refused", async () => {
    const { id } = api.store.createGateway(quiet);
    resolving(id, "gtw_other");
    await expect(lookUpGateway(runOn(api), id)).rejects.toMatchObject({ code: "unexpected_answer" });
  });
});

test("a name that is only the id of a gateway is no name", async () => {
  const { id } = api.store.createGateway(quiet);
  await expect(lookUpGateway(runOn(api), { name: id })).rejects.toMatchObject({ code: "gateway_not_found" });
});

test("a gateway that is deleted between the list and its own document is missing", async () => {
  const { id } = api.store.createGateway(quiet);
  const run = runOn(api);
  const list = run.api.listGateways.bind(run.api);
  run.api.listGateways = async (options) => {
    const listed = await list(options);
    api.store.deleteGateway(id);
    return listed;
  };
  await expect(lookUpGateway(run, { name: "Support" })).rejects.toMatchObject({ code: "gateway_not_found" });
});

test("a server that does not exist is an error that says where it was looked for", async () => {
  await expect(findServer(runOn(api), "none")).rejects.toMatchObject({
    code: "server_not_found",
    message: 'There is no server with the id or slug "none" in organization org_petalpal.',
  });
});

test("a server is not missing where it is answered 404 and listed", async () => {
  api.faults.add({ match: { path: below("/mcp-servers/petalpal-api$") }, action: { status: 404 } });
  await expect(findServer(runOn(api), "petalpal-api")).rejects.toMatchObject({ code: "unexpected_answer" });
});

test("metadata that is not published is an error that names what was tried", async () => {
  issuer.setAll({ status: 404 });
  const missing = publishedMetadata(runOn(api), { authorizationServerUrl: issuer.url });
  await expect(missing).rejects.toMatchObject({
    code: "metadata_not_found",
    path: ["authorizationServerUrl"],
    message: expect.stringContaining(`${issuer.url}/.well-known/openid-configuration`),
  });
});
