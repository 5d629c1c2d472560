import { caller, startForTest } from "../testing/caller";

const profile = { name: "Support", authorizationServerUrl: "https://auth.example.com" };

test.each(["etag", "weak-etag", "field"] as const)(
  "a version told as %s is another one after a write",
  async (versions) => {
    const api = await startForTest({ behaviour: { versions } });
    const { id } = (await caller(api)("POST", "/gateways", profile)).json;
    const path = `/gateways/${id}`;
    const first = await caller(api)("GET", path);
    const of = (answer: typeof first) => answer.headers.get("etag") ?? answer.json.version;
    expect(of(first)).toMatch(versions === "etag" ? /^"/ : versions === "field" ? /^\w/ : /^W\//);
    const put = (version: string, name: string) =>
      versions === "field"
        ? caller(api)("PUT", path, { ...profile, name, version })
        : caller(api, { "if-match": version })("PUT", path, { ...profile, name });
    expect((await put(of(first), "Second")).status).toBe(200);
    expect((await put(of(first), "Third")).status).toBe(412);
    api.setBehaviour({ versionConflict: "409" });
    expect((await put(of(first), "Third")).status).toBe(409);
    expect(api.store.gateway(id)).toMatchObject({ name: "Second", unknown: {} });
  },
);

test("a weak tag that matches nothing, and a write that must name a version, are refused", async () => {
  const api = await startForTest({ behaviour: { versions: "weak-etag-never-matching", versionDemanded: "yes" } });
  const { id } = (await caller(api)("POST", "/gateways", profile)).json;
  const tag = (await caller(api)("GET", `/gateways/${id}`)).headers.get("etag") ?? "";
  expect((await caller(api, { "if-match": tag })("PUT", `/gateways/${id}`, profile)).status).toBe(412);
  api.setBehaviour({ versions: "weak-etag" });
  expect((await caller(api)("PUT", `/gateways/${id}`, profile)).status).toBe(428);
  expect((await caller(api)("DELETE", `/gateways/${id}`)).status).toBe(428);
});

test("an attachment has a version as well", async () => {
  const api = await startForTest({ behaviour: { versions: "etag" }, seed: { servers: [{ slug: "petalpal-api" }] } });
  const { id } = (await caller(api)("POST", "/gateways", profile)).json;
  const path = "/mcp-servers/petalpal-api/gateway";
  const tag = (await caller(api)("PUT", path, { gatewayId: id })).headers.get("etag") ?? "";
  expect((await caller(api, { "if-match": '"other"' })("DELETE", path)).status).toBe(412);
  expect((await caller(api, { "if-match": tag })("DELETE", path)).status).toBe(204);
});

test("reads, lists and attachments lag behind as long as they are told", async () => {
  const api = await startForTest({ seed: { servers: [{ slug: "petalpal-api" }] } });
  const call = caller(api);
  const { id } = (await call("POST", "/gateways", profile)).json;
  api.setBehaviour({ readLag: 60_000, listLag: 60_000, attachLag: 60_000 });
  expect((await call("GET", `/gateways/${id}`)).status).toBe(404);
  expect((await call("GET", "/gateways")).json).toEqual([]);
  expect((await call("PUT", "/mcp-servers/petalpal-api/gateway", { gatewayId: id })).status).toBe(422);
  api.setBehaviour({ newGateway: "404" });
  expect((await call("PUT", "/mcp-servers/petalpal-api/gateway", { gatewayId: id })).status).toBe(404);
  api.setBehaviour({ readLag: 0, listLag: 0, attachLag: 0 });
  expect((await call("GET", `/gateways/${id}`)).status).toBe(200);
  expect((await call("PUT", "/mcp-servers/petalpal-api/gateway", { gatewayId: id })).status).toBe(200);
  api.setBehaviour({ readLag: 60_000 });
  expect((await call("GET", "/mcp-servers/petalpal-api/gateway")).status).toBe(404);
});

test("a deleted gateway may still be shown by its id, and is not listed", async () => {
  const api = await startForTest({ behaviour: { deletedGateway: "shown" } });
  const { id } = (await caller(api)("POST", "/gateways", profile)).json;
  expect((await caller(api)("DELETE", `/gateways/${id}`)).status).toBe(204);
  expect((await caller(api)("GET", `/gateways/${id}`)).json).toMatchObject({ status: "deleted" });
  expect((await caller(api)("GET", "/gateways")).json).toEqual([]);
});
