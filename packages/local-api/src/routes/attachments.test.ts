import type { ServerBehaviour } from "../behaviour/switches";
import { caller, startForTest } from "../testing/caller";

async function attached(behaviour: Partial<ServerBehaviour> = {}) {
  const api = await startForTest({ behaviour });
  const gateway = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
  const call = caller(api);
  const put = (body: unknown, server = "orders-api") => call("PUT", `/mcp-servers/${server}/gateway`, body);
  const get = async (server = "orders-api") => (await call("GET", `/mcp-servers/${server}/gateway`)).json;
  return { api, call, gateway, put, get };
}

describe("an attachment", () => {
  test.each<[ServerBehaviour["nothingAttached"], object]>([
    ["404", { status: 404 }],
    ["204", { status: 204, text: "" }],
    ["null", { status: 200, text: "null" }],
    ["gateway-id-null", { status: 200, json: { gatewayId: null } }],
  ])("of nothing answers %s, also when it is deleted", async (nothingAttached, expected) => {
    const { call } = await attached({ nothingAttached });
    expect(await call("GET", "/mcp-servers/orders-api/gateway")).toMatchObject(expected);
    expect(await call("DELETE", "/mcp-servers/orders-api/gateway")).toMatchObject(expected);
  });

  test.each<[ServerBehaviour["attachmentGateway"], boolean, boolean]>([
    ["id", true, false],
    ["embedded", false, true],
    ["id-and-embedded", true, true],
  ])("names its gateway as %s", async (attachmentGateway, hasId, hasDocument) => {
    const { gateway, put, get } = await attached({ attachmentGateway });
    await put({ gatewayId: gateway.id });
    const document = await get();
    expect(document.gatewayId).toBe(hasId ? gateway.id : undefined);
    expect(document.gateway?.authorizationServerUrl).toBe(hasDocument ? "https://auth.example.com" : undefined);
  });

  test.each<[ServerBehaviour["attachmentAddresses"], string | undefined]>([
    ["named", "/oauth/callback"],
    ["slash", "/oauth/callback/"],
    ["absent", undefined],
  ])("has its addresses %s", async (attachmentAddresses, end) => {
    const { api, gateway, put, get } = await attached({ attachmentAddresses });
    await put({ gatewayId: gateway.id, publicId: "gw_mine" });
    const expected = end === undefined ? undefined : `${api.url}/api/v1/gateway/gw_mine${end}`;
    expect((await get()).callbackUrl).toBe(expected);
    expect("mcpUrl" in (await get())).toBe(end !== undefined);
  });

  test("has its addresses on the product's own hosts", async () => {
    const { gateway, put } = await attached({ attachmentAddresses: "elsewhere" });
    expect((await put({ gatewayId: gateway.id })).json).toMatchObject({
      mcpUrl: "https://orders-api.mcp.mcpstack.com/mcp",
      callbackUrl: "https://mcpstack.com/oauth/callback",
    });
  });

  test("names the addresses of another base when the API is told of one", async () => {
    const api = await startForTest({ baseUrl: "https://api.mcpstack.example/" });
    const { id } = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
    const { json } = await caller(api)("PUT", "/mcp-servers/orders-api/gateway", { gatewayId: id });
    expect(json.mcpUrl).toBe("https://api.mcpstack.example/api/v1/gateway/gw_orders-api/mcp");
  });

  test("is answered by a PUT or not, and changes its gateway while it keeps its public id", async () => {
    const { api, gateway, put, get } = await attached();
    const other = api.store.createGateway({ name: "H", authorizationServerUrl: "https://auth.example.com" });
    await put({ gatewayId: gateway.id, publicId: "gw_mine" });
    api.setBehaviour({ attachAnswer: "204" });
    expect(await put({ gatewayId: other.id })).toMatchObject({ status: 204, text: "" });
    expect(await get()).toMatchObject({ gatewayId: other.id, publicId: "gw_mine" });
    await put({ gatewayId: other.id, publicId: "gw_yours" });
    expect(api.store.attachmentByPublicId("gw_mine")).toBeUndefined();
    expect(api.store.attachmentByPublicId("gw_yours")?.serverId).toBe("srv_orders_api");
  });

  test("cannot take the public id of another server", async () => {
    const { api, gateway, put } = await attached();
    await put({ gatewayId: gateway.id, publicId: "gw_taken" });
    expect((await put({ gatewayId: gateway.id, publicId: "gw_taken" }, "support-api")).status).toBe(409);
    expect(api.store.attachment("support-api")).toBeUndefined();
  });

  test("gets another public id than the one that somebody has taken", async () => {
    const { gateway, put, get } = await attached();
    await put({ gatewayId: gateway.id, publicId: "gw_support-api" });
    await put({ gatewayId: gateway.id }, "support-api");
    expect((await get("support-api")).publicId).toBe("gw_support-api-2");
  });

  test.each<[string, object]>([
    ["no gateway", {}],
    ["a gateway that is not there", { gatewayId: "gtw_999999" }],
    ["a public id with a slash", { gatewayId: "gtw_000001", publicId: "a/b" }],
  ])("with %s is refused", async (_, body) => {
    const { api, put } = await attached();
    expect((await put(body)).status).toBe(422);
    expect(api.store.attachments()).toEqual([]);
  });

  test("of a server that is not there is not found", async () => {
    const { call } = await attached();
    expect((await call("GET", "/mcp-servers/nowhere/gateway")).status).toBe(404);
  });
});

describe("the other addresses below a server", () => {
  test("say how it authenticates and where it is discovered", async () => {
    const { api, call, gateway } = await attached();
    expect((await call("GET", "/mcp-servers/orders-api/auth-config")).json.mode).toBe("none");
    api.store.attach("orders-api", { gatewayId: gateway.id });
    expect((await call("GET", "/mcp-servers/orders-api/auth-config")).json).toMatchObject({
      mode: "gateway",
      gatewayId: gateway.id,
    });
    expect((await call("GET", "/mcp-servers/orders-api/auth-discovery")).json.protectedResourceMetadataUrl).toBe(
      `${api.url}/api/v1/gateway/gw_orders-api/.well-known/oauth-protected-resource`,
    );
    expect((await call("GET", "/mcp-servers/orders-api/custom-domain?environment=staging")).json).toMatchObject({
      environment: "staging",
      domain: null,
    });
  });

  test("check a server's hosting and its tools from the service's side", async () => {
    const { api, call } = await attached();
    api.store.addServer({ slug: "stopped-api", status: "stopped" });
    expect((await call("POST", "/mcp-servers/orders-api/hosting-checks")).json.passed).toBe(true);
    expect((await call("POST", "/mcp-servers/stopped-api/hosting-checks")).json).toMatchObject({
      passed: false,
      checks: expect.arrayContaining([{ name: "runtime", status: "failed" }]),
    });
    expect((await call("POST", "/mcp-servers/orders-api/mcp-smoke/tools-list")).json).toMatchObject({
      ok: true,
      toolCount: 2,
    });
  });
});

describe("agents", () => {
  test("name their origins and servers in either form", async () => {
    const { api, call } = await attached();
    const agent = api.store.addAgent({ allowedOrigins: ["https://app.example.com"], serverIds: ["srv_orders_api"] });
    expect((await call("GET", `/agents/${agent.id}`)).json).toMatchObject({
      allowedOrigins: ["https://app.example.com"],
      serverIds: ["srv_orders_api"],
    });
    api.setBehaviour({ agentFields: "origins+mcpServers" });
    expect((await call("GET", "/agents")).json).toMatchObject([
      { origins: ["https://app.example.com"], mcpServers: [{ id: "srv_orders_api", slug: "orders-api" }] },
    ]);
    expect((await call("GET", "/agents/agt_none")).status).toBe(404);
  });

  test.each<[ServerBehaviour["attachmentLeftOut"], object]>([
    ["kept", { resource: "r", scopes: ["a"], note: "n" }],
    ["cleared", { note: "n" }],
  ])("has fields that a PUT leaves out %s, and its public id in any case", async (attachmentLeftOut, expected) => {
    const { api, gateway, put, get } = await attached({ attachmentLeftOut });
    await put({ gatewayId: gateway.id, publicId: "gw_mine", resource: "r", scopes: ["a"] });
    await put({ gatewayId: gateway.id, note: "n" });
    expect(await get()).toMatchObject({ publicId: "gw_mine", ...expected });
    expect(api.store.attachment("orders-api")?.unknown).toEqual(expected);
  });

  test("is written by a body that repeats its answer, and takes none of it for fields of its own", async () => {
    const { api, gateway, put, get } = await attached({ attachmentLeftOut: "cleared" });
    await put({ gatewayId: gateway.id, resource: "r" });
    await put(await get());
    expect(api.store.attachment("orders-api")?.unknown).toEqual({ resource: "r" });
  });
});
