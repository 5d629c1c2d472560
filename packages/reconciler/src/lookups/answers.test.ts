import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { quiet, runOn } from "../testing/run";
import { lookUpGateway } from "./find-gateway";
import { findServer } from "./find-server";
import { gatewayServers } from "./gateway-servers";
import { listGateways } from "./list-gateways";
import { byCodePoint } from "./order";
import { publishedMetadata } from "./published-metadata";
import { recentEvents } from "./recent-events";

let api: LocalApi;
let issuer: TableIssuer;
beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer()]);
});
afterEach(() => Promise.all([api.close(), issuer.close()]));

const created = (more: object) => api.store.createGateway({ ...quiet, ...more });

test("texts are ordered by code point, in which an emoji comes after a full-width letter", () => {
  expect(["😀", "Ａ", "a", "B", ""].sort(byCodePoint)).toEqual(["", "B", "a", "Ａ", "😀"]);
});

test.each([
  ["all", {}, ["gtw_000003", "gtw_000004", "gtw_000001", "gtw_000002"]],
  ["those of a name", { name: "b" }, ["gtw_000001", "gtw_000002"]],
  ["those of a provider type", { providerType: "auth0" }, ["gtw_000003", "gtw_000002"]],
  ["those of both", { name: "b", providerType: "auth0" }, ["gtw_000002"]],
  ["none, where none fits", { name: "c" }, []],
])("gateways are listed by name and then by id: %s", async (_, filter, ids) => {
  for (const [name, providerType] of [
    ["b", "manual"],
    ["b", "auth0"],
    ["B", "auth0"],
    ["a", "manual"],
  ] as const)
    created({ name, providerType });
  expect((await listGateways(runOn(api), filter)).map(({ id }) => id)).toEqual(ids);
});

test("a gateway is given as the service has it, its scopes sorted", async () => {
  const { id } = created({ scopes: ["profile", "openid"], clientId: "support-mcp" });
  const { metadataCheck: _, ...stored } = quiet;
  const found = { ...stored, id, organizationId: "org_petalpal", status: "active", clientId: "support-mcp" };
  for (const wanted of [id, "Support", { id }, { name: "Support" }]) {
    expect(await lookUpGateway(runOn(api), wanted)).toEqual({ ...found, scopes: ["openid", "profile"] });
  }
});

test("the servers of a gateway are listed by name and then by id", async () => {
  const { id } = created({});
  for (const [slug, name] of [
    ["one", "Same"],
    ["two", "Other"],
    ["another", "Same"],
  ] as const) {
    api.store.addServer({ slug, name });
    api.store.attach(slug, { gatewayId: id });
  }
  const servers = await gatewayServers(runOn(api), id);
  expect(servers.map(({ slug, name, status }) => [slug, name, status])).toEqual([
    ["two", "Other", "running"],
    ["another", "Same", "running"],
    ["one", "Same", "running"],
  ]);
});

describe("a server", () => {
  const found = {
    id: "srv_petalpal_api",
    slug: "petalpal-api",
    name: "Petalpal API",
    status: "running",
    runtimeType: "openapi",
    tools: ["get_weather", "list_plants", "water_plant"],
  };

  test.each(["404", "204", "null", "gateway-id-null"] as const)(
    "that is attached to nothing, answered %s, is found without a gateway",
    async (nothingAttached) => {
      api.setBehaviour({ nothingAttached });
      expect(await findServer(runOn(api), "petalpal-api")).toEqual(found);
    },
  );

  test("is found by its id and by its slug, with the gateway that it uses", async () => {
    const { id } = created({});
    api.store.attach("petalpal-api", { gatewayId: id, publicId: "gw_petalpal" });
    for (const wanted of ["petalpal-api", "srv_petalpal_api"]) {
      expect(await findServer(runOn(api), wanted)).toEqual({ ...found, gatewayId: id, publicId: "gw_petalpal" });
    }
  });
});

test("events are read in the order of the service, as far as the limit asks", async () => {
  const { id } = created({});
  for (const message of ["first", "second", "third"]) api.store.addLogEvent(id, { message });
  expect((await recentEvents(runOn(api), id, 2)).map(({ message }) => message)).toEqual(["third", "second"]);
});

test("published metadata comes with what is worth saying about it, whatever the policy", async () => {
  issuer.setMetadata({ scopes_supported: ["openid"] });
  const run = runOn(api, { policy: { metadataCheck: "off" } });
  const query = { authorizationServerUrl: `${issuer.url}/`, scopes: ["openid", "tickets.write"] };
  const { url, metadata, findings } = await publishedMetadata(run, query);
  expect(url).toBe(`${issuer.url}/.well-known/oauth-authorization-server`);
  expect(metadata).toMatchObject({ issuer: issuer.url, tokenEndpoint: `${issuer.url}/token` });
  expect(findings.map(({ code }) => code)).toEqual(["issuer-trailing-slash", "scope-not-listed"]);
});
