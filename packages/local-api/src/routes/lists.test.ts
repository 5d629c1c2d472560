import type { ServerBehaviour } from "../behaviour/switches";
import { caller, startForTest } from "../testing/caller";

async function withGateways(behaviour: Partial<ServerBehaviour>, count = 5) {
  const api = await startForTest({ behaviour });
  for (let n = 1; n <= count; n += 1) {
    api.store.createGateway({ name: `G${n}`, authorizationServerUrl: "https://auth.example.com" });
  }
  return { api, call: caller(api) };
}

const names = (list: { name: string }[]) => list.map((item) => item.name);

describe("a list", () => {
  test("is a bare array, whole whatever page is asked for", async () => {
    const { call } = await withGateways({ listPaging: "pages", pageSize: 2 });
    expect(names((await call("GET", "/gateways?page=2")).json)).toEqual(["G1", "G2", "G3", "G4", "G5"]);
  });

  test.each(["items", "data"] as const)("stands inside {%s} without paging", async (listEnvelope) => {
    const { call } = await withGateways({ listEnvelope });
    const { json } = await call("GET", "/gateways");
    expect(Object.keys(json)).toEqual([listEnvelope]);
    expect(json[listEnvelope]).toHaveLength(5);
  });

  test.each(["items", "data"] as const)("is cut into pages inside {%s}", async (listEnvelope) => {
    const { call } = await withGateways({ listEnvelope, listPaging: "pages", pageSize: 2 });
    const first = (await call("GET", "/gateways")).json;
    expect(first).toMatchObject({ page: 1, pageSize: 2, total: 5 });
    expect(names(first[listEnvelope])).toEqual(["G1", "G2"]);
    const third = (await call("GET", "/gateways?page=3&pageSize=100")).json;
    expect(names(third[listEnvelope])).toEqual(["G5"]);
    expect((await call("GET", "/gateways?page=4")).json[listEnvelope]).toEqual([]);
  });

  test.each([
    ["from-0", { page: 0, pageSize: 2, total: 5 }],
    ["from-0-unsaid", { pageSize: 2, total: 5 }],
  ] as const)("is cut into pages counted from 0, as %s says them", async (listPaging, said) => {
    const { call } = await withGateways({ listEnvelope: "items", listPaging, pageSize: 2 });
    const { items, ...paging } = (await call("GET", "/gateways")).json;
    expect([names(items), paging]).toEqual([["G1", "G2"], said]);
    expect(names((await call("GET", "/gateways?page=2")).json.items)).toEqual(["G5"]);
    expect((await call("GET", "/gateways?page=3")).json.items).toEqual([]);
  });

  test("goes on by cursor", async () => {
    const { call } = await withGateways({ listEnvelope: "data", listPaging: "cursor", pageSize: 2 });
    const seen: string[][] = [];
    for (let cursor = ""; cursor !== null; ) {
      const { data, nextCursor, hasNextPage } = (await call("GET", `/gateways?cursor=${cursor}&pageSize=2`)).json;
      seen.push(names(data));
      expect(hasNextPage).toBe(nextCursor !== null);
      cursor = nextCursor;
    }
    expect(seen).toEqual([["G1", "G2"], ["G3", "G4"], ["G5"]]);
    expect((await call("GET", "/gateways?cursor=2")).status).toBe(400);
  });

  test("of gateways has whole items, or items of the four promised fields; `provider` is in both", async () => {
    const { api, call } = await withGateways({}, 1);
    const [whole] = (await call("GET", "/gateways")).json;
    expect(whole).toMatchObject({ provider: "manual", authorizationServerUrl: "https://auth.example.com" });
    api.setBehaviour({ listItems: "four-fields", unsetFields: "null", fills: "derived" });
    const [cut] = (await call("GET", "/gateways")).json;
    expect(cut).toEqual({ id: whole.id, name: "G1", provider: "manual", status: "active" });
  });

  test("of servers leaves tools to the server's own document", async () => {
    const { call } = await withGateways({}, 0);
    const servers = (await call("GET", "/mcp-servers")).json;
    expect(servers.map((server: { slug: string }) => server.slug)).toEqual([
      "petalpal-api",
      "orders-api",
      "support-api",
    ]);
    expect(servers[0]).not.toHaveProperty("tools");
    const own = (await call("GET", "/mcp-servers/petalpal-api")).json;
    expect(own).toMatchObject({ id: "srv_petalpal_api", runtimeType: "openapi" });
    expect(own.tools[0]).toMatchObject({ name: "list_plants", requiredScopes: ["plants.read"] });
  });

  test("of organizations is an array in every behaviour", async () => {
    const api = await startForTest({ behaviour: { listEnvelope: "items", listPaging: "pages" } });
    const response = await fetch(`${api.url}/api/v1/organizations`, {
      headers: { authorization: `Bearer ${api.accessToken}` },
    });
    expect(await response.json()).toMatchObject([{ id: "org_petalpal", mcpServerCount: 3, planTier: "team" }]);
  });

  test("of a thousand servers is quick to seed and to answer", async () => {
    const api = await startForTest({ seed: { servers: 1000 } });
    const { json } = await caller(api)("GET", "/mcp-servers");
    expect(new Set(json.map((server: { id: string }) => server.id)).size).toBe(1000);
    expect(json[999]).toMatchObject({ id: "srv_1000", slug: "server-1000" });
  });
});

describe("what a gateway has seen", () => {
  test("its logs come newest first and in pages, bare or enveloped", async () => {
    const { api, call } = await withGateways({}, 1);
    const { id } = api.store.gatewayByName("G1")!;
    for (let n = 1; n <= 3; n += 1) api.store.addLogEvent(id, { message: `event ${n}` });
    const messages = (list: { message: string }[]) => list.map((event) => event.message);
    expect(messages((await call("GET", `/gateways/${id}/logs?page=1&pageSize=2`)).json)).toEqual([
      "event 3",
      "event 2",
    ]);
    expect(messages((await call("GET", `/gateways/${id}/logs?page=2&pageSize=2`)).json)).toEqual(["event 1"]);
    api.setBehaviour({ listEnvelope: "items" });
    expect((await call("GET", `/gateways/${id}/logs?pageSize=1`)).json).toMatchObject({
      items: [{ message: "event 3" }],
      total: 3,
    });
  });

  test("its grants and its servers", async () => {
    const { api, call } = await withGateways({}, 2);
    const { id } = api.store.gatewayByName("G1")!;
    api.store.attach("orders-api", { gatewayId: id });
    api.store.addGrant(id, { subject: "ada@example.com" });
    expect((await call("GET", `/gateways/${id}/grants`)).json).toMatchObject([
      { subject: "ada@example.com", serverId: "srv_orders_api" },
    ]);
    expect((await call("GET", `/gateways/${id}/servers`)).json).toMatchObject([{ slug: "orders-api" }]);
    const other = api.store.gatewayByName("G2")!;
    expect((await call("GET", `/gateways/${other.id}/grants`)).json).toEqual([]);
  });
});
