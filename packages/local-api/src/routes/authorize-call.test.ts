import { caller, startForTest } from "../testing/caller";

describe("a credential", () => {
  test("is a bearer token of either kind, or a key in X-API-Key", async () => {
    const api = await startForTest();
    const status = async (headers: Record<string, string>) =>
      (await caller(api, { authorization: "", ...headers })("GET", "/gateways")).status;
    expect(await status({ authorization: `Bearer ${api.accessToken}` })).toBe(200);
    expect(await status({ authorization: `bearer ${api.apiKey}` })).toBe(200);
    expect(await status({ "x-api-key": api.apiKey })).toBe(200);
    expect(await status({ "x-api-key": api.accessToken })).toBe(401);
    expect(await status({ authorization: `Basic ${api.accessToken}` })).toBe(401);
    expect(await status({})).toBe(401);
    expect(api.requests.map((request) => request.token)).toEqual([
      "access-token",
      "api-key",
      "api-key",
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("that expired is answered 401 with a challenge", async () => {
    const api = await startForTest();
    api.store.expireToken();
    const answer = await caller(api)("GET", "/gateways");
    expect(answer).toMatchObject({ status: 401, json: { error: "unauthenticated" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect((await caller(api, { authorization: `Bearer ${api.apiKey}` })("GET", "/gateways")).status).toBe(200);
  });

  test.each(["403", "404"] as const)("sees only its organizations: others are answered %s", async (foreign) => {
    const api = await startForTest({ behaviour: { foreignOrganization: foreign } });
    const other = api.store.addOrganization({ slug: "other" });
    const { secret } = api.store.addCredential({ label: "theirs", organizations: [other.id] });
    const headers = { authorization: `Bearer ${secret}` };
    expect((await caller(api, headers)("GET", "/gateways")).status).toBe(Number(foreign));
    expect((await caller(api, headers, other.id)("GET", "/gateways")).status).toBe(200);
    const listed = await fetch(`${api.url}/api/v1/organizations`, { headers });
    expect(await listed.json()).toMatchObject([{ id: other.id }]);
  });

  test("that may only read is answered 403 to a write", async () => {
    const api = await startForTest();
    const { secret } = api.store.addCredential({ label: "reader", access: "read" });
    const call = caller(api, { authorization: `Bearer ${secret}` });
    expect((await call("GET", "/gateways")).status).toBe(200);
    expect((await call("POST", "/gateways", { name: "G" })).status).toBe(403);
  });
});

describe("a credential without every grant", () => {
  test("may not find a gateway and a server that lists name, nor what is below them, nor write to them", async () => {
    const api = await startForTest();
    const { id } = api.store.createGateway({ name: "G" });
    api.store.createGateway({ name: "H" });
    api.store.attach("petalpal-api", { gatewayId: id });
    const { secret } = api.store.addCredential({ label: "blind", hidden: [id, "srv_petalpal_api"] });
    const call = caller(api, { authorization: `Bearer ${secret}` });
    expect((await call("GET", "/gateways")).json).toMatchObject([{ id }, { name: "H" }]);
    const addresses = [`/gateways/${id}`, `/gateways/${id}/servers`, "/mcp-servers/petalpal-api"];
    for (const path of [...addresses, "/mcp-servers/srv_petalpal_api/gateway"]) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 404]);
    }
    expect((await call("DELETE", `/gateways/${id}`)).status).toBe(404);
    expect((await call("DELETE", "/mcp-servers/petalpal-api/gateway")).status).toBe(404);
    expect(api.store.attachment("petalpal-api")).toMatchObject({ gatewayId: id });
  });

  test("may be answered no list of an organization", async () => {
    const api = await startForTest();
    const { id } = api.store.createGateway({ name: "G" });
    const { secret } = api.store.addCredential({ label: "narrow", lists: "hidden" });
    const call = caller(api, { authorization: `Bearer ${secret}` });
    for (const path of ["/gateways", "/mcp-servers", "/agents"]) {
      expect([path, (await call("GET", path)).status]).toEqual([path, 404]);
    }
    expect((await call("GET", `/gateways/${id}`)).status).toBe(200);
  });
});

describe("an organization", () => {
  test("is named by id or slug, and keeps its gateways to itself", async () => {
    const api = await startForTest();
    const other = api.store.addOrganization({ slug: "other" });
    const mine = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
    expect((await caller(api, {}, "petalpal")("GET", `/gateways/${mine.id}`)).status).toBe(200);
    expect((await caller(api, {}, other.slug)("GET", `/gateways/${mine.id}`)).status).toBe(404);
    expect((await caller(api, {}, other.id)("GET", "/gateways")).json).toEqual([]);
    expect((await caller(api, {}, other.id)("GET", "/mcp-servers/orders-api")).status).toBe(404);
    expect((await caller(api, {}, "org_none")("GET", "/gateways")).status).toBe(404);
    expect((await caller(api)("GET", "")).json).toMatchObject({ slug: "petalpal" });
  });

  test("may stand at another place of the list, while the store's own remains the first one", async () => {
    const api = await startForTest();
    api.store.addOrganization({ slug: "other" });
    api.store.reorderOrganizations();
    expect(api.store.organizations().map((one) => one.slug)).toEqual(["other", "petalpal"]);
    expect(api.store.createGateway({ name: "G" }).organizationId).toBe("org_petalpal");
    api.store.reorderOrganizations(["org_petalpal", "org_other"]);
    expect(api.store.organizations()[0]?.slug).toBe("petalpal");
  });
});

describe("an error's body", () => {
  test.each([
    ["error_description", { error: "not_found", error_description: expect.stringContaining("gtw_x") }],
    ["error", { error: expect.stringContaining("gtw_x") }],
    ["message", { message: expect.stringContaining("gtw_x") }],
    ["text", undefined],
    ["empty", undefined],
  ] as const)("has the form %s", async (errorBody, json) => {
    const api = await startForTest({ behaviour: { errorBody } });
    const answer = await caller(api)("GET", "/gateways/gtw_x");
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual(json);
    expect(answer.text.includes("gtw_x")).toBe(errorBody !== "empty");
  });

  test("of a 422 lists the fields", async () => {
    const api = await startForTest({ behaviour: { errorBody: "message" } });
    const { json } = await caller(api)("POST", "/gateways", { name: "G", scopes: 1, clientId: 2 });
    expect(json.details.map((detail: { field: string }) => detail.field)).toEqual(["scopes", "clientId"]);
  });

  test.each([
    ["PATCH", "/gateways", 405],
    ["GET", "/nothing", 404],
    ["GET", "/gateways/%E0", 404],
  ])("answers %s %s with %i", async (method, path, status) => {
    const api = await startForTest();
    expect((await caller(api)(method, path)).status).toBe(status);
  });
});
