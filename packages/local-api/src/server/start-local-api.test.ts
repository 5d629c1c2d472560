import { caller, startForTest } from "../testing/caller";

describe("the management API", () => {
  test("makes, answers, lists, changes and deletes a gateway", async () => {
    const api = await startForTest();
    const call = caller(api);
    const made = await call("POST", "/gateways", {
      name: "Support Gateway",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.com",
      clientId: "client",
      resource: "https://api.example.com",
      scopes: ["openid", "profile"],
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ name: "Support Gateway", scopes: ["openid", "profile"], status: "active" });
    const path = `/gateways/${made.json.id}`;
    expect((await call("GET", path)).json).toEqual(made.json);
    expect((await call("GET", "/gateways")).json).toEqual([{ ...made.json, provider: "manual" }]);
    const put = await call("PUT", path, { name: "Renamed" });
    expect(put.json).toMatchObject({ name: "Renamed", clientId: "client" });
    expect(api.store.gateway(made.json.id)?.name).toBe("Renamed");
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
  });

  test("attaches a gateway to a server, which is named by slug or id, and detaches it", async () => {
    const api = await startForTest();
    const call = caller(api);
    const gateway = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
    const attached = await call("PUT", "/mcp-servers/petalpal-api/gateway", { gatewayId: gateway.id });
    const route = `${api.url}/api/v1/gateway/gw_petalpal-api`;
    expect(attached).toMatchObject({
      status: 200,
      json: {
        serverId: "srv_petalpal_api",
        gatewayId: gateway.id,
        publicId: "gw_petalpal-api",
        mcpUrl: `${route}/mcp`,
        callbackUrl: `${route}/oauth/callback`,
      },
    });
    expect((await call("GET", "/mcp-servers/srv_petalpal_api/gateway")).json).toEqual(attached.json);
    expect((await call("GET", `/gateways/${gateway.id}/servers`)).json).toMatchObject([{ slug: "petalpal-api" }]);
    expect((await call("DELETE", "/mcp-servers/petalpal-api/gateway")).status).toBe(204);
    expect((await call("GET", "/mcp-servers/petalpal-api/gateway")).status).toBe(404);
  });

  test("keeps one log entry a request, in which no credential stands", async () => {
    const api = await startForTest();
    await caller(api)("POST", "/gateways?x=1", { name: "G" });
    await fetch(`${api.url}/api/v1/organizations`, { headers: { authorization: "Bearer wrong" } });
    expect(api.requests).toMatchObject([
      {
        method: "POST",
        path: `/api/v1/organizations/${api.organization.id}/gateways`,
        search: "?x=1",
        authorized: true,
        token: "access-token",
        body: { name: "G" },
        status: 422,
        headers: { authorization: "Bearer [redacted]" },
      },
      { method: "GET", authorized: false, status: 401 },
    ]);
    expect(JSON.stringify(api.requests)).not.toContain(api.accessToken);
    api.clearRequests();
    expect(api.requests).toEqual([]);
  });
});
