import { createHash } from "node:crypto";
import { answerOf, startForTest } from "../testing/caller";
import type { PublicLegFlaw } from "./flaws";

async function publicLeg(scopes = ["orders.read"]) {
  const api = await startForTest();
  const gateway = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com", scopes });
  api.store.attach("orders-api", { gatewayId: gateway.id, publicId: "gw_orders" });
  const route = `${api.url}/api/v1/gateway/gw_orders`;
  const get = async (path: string) => answerOf(await fetch(route + path, { redirect: "manual" }));
  const rpc = async (method: string, params: object = {}, token?: string) =>
    answerOf(
      await fetch(`${route}/mcp`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      }),
    );
  return { api, gateway, route, get, rpc };
}

const resourceMetadata = "/.well-known/oauth-protected-resource";
const serverMetadata = "/.well-known/oauth-authorization-server";

describe("a public leg", () => {
  test("passes each point of the product's own check", async () => {
    const { route, get, rpc } = await publicLeg();
    const unauthenticated = await rpc("tools/list");
    expect(unauthenticated.status).toBe(401);
    expect(unauthenticated.headers.get("www-authenticate")).toBe(
      `Bearer resource_metadata="${route}${resourceMetadata}"`,
    );
    const resource = (await get(resourceMetadata)).json;
    expect(resource).toMatchObject({ resource: `${route}/mcp`, authorization_servers: [route] });
    const server = (await get(serverMetadata)).json;
    expect(server).toMatchObject({
      issuer: route,
      authorization_endpoint: `${route}/authorize`,
      token_endpoint: `${route}/token`,
      registration_endpoint: `${route}/register`,
      code_challenge_methods_supported: ["S256"],
    });
    expect((await get("/.well-known/openid-configuration")).json).toEqual(server);
    expect((await get("/.well-known/jwks.json")).json.keys).toMatchObject([{ kty: "EC", alg: "ES256" }]);
  });

  test("is there only while its server is attached to a gateway that exists", async () => {
    const { api, gateway, get } = await publicLeg();
    api.store.deleteGateway(gateway.id);
    expect((await get(resourceMetadata)).status).toBe(404);
    const other = api.store.createGateway({ name: "H" });
    api.store.attach("orders-api", { gatewayId: other.id });
    expect((await get(resourceMetadata)).status).toBe(200);
    api.store.detach("orders-api");
    expect((await get(resourceMetadata)).status).toBe(404);
  });

  test("serves path-inserted documents only where the behaviour says so", async () => {
    const { api, get } = await publicLeg();
    const inserted = (document: string, path: string) =>
      `${api.url}/.well-known/${document}/api/v1/gateway/gw_orders${path}`;
    const addresses = [inserted("oauth-protected-resource", "/mcp"), inserted("oauth-authorization-server", "")];
    for (const address of addresses) expect((await fetch(address)).status).toBe(404);
    api.setBehaviour({ wellKnownInserted: "served" });
    const [resource, server] = await Promise.all(addresses.map(async (address) => (await fetch(address)).json()));
    expect(resource).toEqual((await get(resourceMetadata)).json);
    expect(server).toEqual((await get(serverMetadata)).json);
    expect((await fetch(inserted("oauth-protected-resource", ""))).status).toBe(404);
  });

  test("registers a client, signs a user in, and calls tools within the scopes that the profile allows", async () => {
    const { api, gateway, route, rpc } = await publicLeg();
    const redirect = "http://127.0.0.1:9/done";
    const token = await signIn(route, redirect, "orders.read orders.write");
    expect((await rpc("initialize", {}, token)).json.result.serverInfo.name).toBe("orders-api");
    const { tools } = (await rpc("tools/list", {}, token)).json.result;
    expect(tools.map((tool: { name: string }) => tool.name)).toEqual(["list_orders", "cancel_order"]);
    expect((await rpc("tools/call", { name: "list_orders" }, token)).json.result.isError).toBe(false);
    expect((await rpc("tools/call", { name: "cancel_order" }, token)).json.result).toMatchObject({
      isError: true,
      content: [{ text: "missing scopes: orders.write" }],
    });
    expect((await rpc("tools/call", { name: "none" }, token)).json.error.code).toBe(-32602);
    expect((await rpc("nonsense", {}, token)).json.error.code).toBe(-32601);
    expect(api.store.grants(gateway.id)).toMatchObject([{ scopes: ["orders.read"], serverId: "srv_orders_api" }]);
    expect(api.store.logEvents(gateway.id).map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      "tool_call failure",
      "tool_call success",
      "token success",
      "authorization success",
    ]);
  });

  test("takes no token of another route", async () => {
    const { api, gateway, route, rpc } = await publicLeg();
    api.store.attach("support-api", { gatewayId: gateway.id, publicId: "gw_support" });
    const theirs = await signIn(`${api.url}/api/v1/gateway/gw_support`, "http://127.0.0.1:9/done", "orders.read");
    expect((await rpc("ping", {}, theirs)).status).toBe(401);
    expect((await rpc("ping", {}, await signIn(route, "http://127.0.0.1:9/done", ""))).status).toBe(200);
  });

  test.each([
    ["without PKCE", { code_challenge: "" }, "invalid_request"],
    ["with a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["for a token at once", { response_type: "token" }, "unsupported_response_type"],
  ])("sends an authorization request %s back with an error", async (_, changes, error) => {
    const { api, gateway, route } = await publicLeg();
    const redirect = "http://127.0.0.1:9/done";
    const client = await register(route, redirect);
    const location = await authorize(route, { ...request(client, redirect, "x"), state: "s", ...changes });
    expect(Object.fromEntries(location.searchParams)).toEqual({ error, iss: route, state: "s" });
    expect(api.store.logEvents(gateway.id)).toMatchObject([{ type: "authorization", outcome: "failure" }]);
  });

  test("gives no code to an address that was not registered, and no token without the verifier", async () => {
    const { route, get } = await publicLeg();
    const redirect = "http://127.0.0.1:9/done";
    const client = await register(route, redirect);
    const elsewhere = new URLSearchParams(request(client, `${redirect}/`, "x"));
    expect((await get(`/authorize?${elsewhere}`)).status).toBe(400);
    const code = (await authorize(route, request(client, redirect, "verifier"))).searchParams.get("code")!;
    expect(await exchange(route, client, redirect, code, "another")).toMatchObject({ error: "invalid_grant" });
    expect(await exchange(route, client, redirect, code, "verifier")).toMatchObject({ error: "invalid_grant" });
    expect((await get("/oauth/callback?state=x&code=y")).status).toBe(400);
  });
});

describe("a planted flaw", () => {
  test.each<[PublicLegFlaw, string, object | RegExp]>([
    ["wrong-resource", resourceMetadata, { resource: "https://other.example.com/mcp" }],
    ["resource-slash", resourceMetadata, { resource: expect.stringMatching(/\/mcp\/$/) }],
    ["wrong-issuer", serverMetadata, { issuer: "https://other.example.com" }],
    ["issuer-slash", serverMetadata, { issuer: expect.stringMatching(/gw_orders\/$/) }],
    ["no-s256", serverMetadata, { code_challenge_methods_supported: ["plain"] }],
    ["empty-keys", "/.well-known/jwks.json", { keys: [] }],
  ])("%s shows in the document, until it is healed", async (flaw, path, expected) => {
    const { api, get } = await publicLeg();
    const sound = (await get(path)).json;
    api.publicLeg.plant(flaw, "gw_orders");
    expect((await get(path)).json).toMatchObject(expected);
    api.publicLeg.heal();
    expect((await get(path)).json).toEqual(sound);
  });

  test.each<[PublicLegFlaw, string, string[]]>([
    ["no-authorization-servers", resourceMetadata, ["authorization_servers"]],
    ["no-pkce", serverMetadata, ["code_challenge_methods_supported"]],
    ["no-registration", serverMetadata, ["registration_endpoint"]],
    ["no-endpoints", serverMetadata, ["authorization_endpoint", "token_endpoint"]],
  ])("%s takes fields out of the document", async (flaw, path, fields) => {
    const { api, get } = await publicLeg();
    const sound = Object.keys((await get(path)).json);
    api.publicLeg.plant(flaw);
    expect(Object.keys((await get(path)).json)).toEqual(sound.filter((field) => !fields.includes(field)));
  });

  test.each<[PublicLegFlaw, number, string | null]>([
    ["no-challenge", 401, null],
    ["challenge-without-metadata", 401, "Bearer"],
    [
      "challenge-names-other-metadata",
      401,
      'Bearer resource_metadata="https://other.example.com/.well-known/oauth-protected-resource"',
    ],
    ["unauthenticated-200", 200, null],
  ])("%s changes the answer to a call without a token", async (flaw, status, header) => {
    const { api, rpc } = await publicLeg();
    api.publicLeg.plant(flaw);
    const answer = await rpc("tools/list");
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([status, header]);
  });

  test("leaves the other routes alone when it names one", async () => {
    const { api, get } = await publicLeg();
    api.publicLeg.plant("metadata-404", "gw_other");
    expect((await get(resourceMetadata)).status).toBe(200);
    api.publicLeg.plant("metadata-404", "gw_orders");
    expect((await get(resourceMetadata)).status).toBe(404);
  });

  test("makes the documents pages of HTML, or the tools too many", async () => {
    const { api, get, rpc } = await publicLeg();
    api.publicLeg.plant("metadata-html");
    expect(await get(serverMetadata)).toMatchObject({ status: 200, json: undefined });
    api.publicLeg.plant("unauthenticated-200");
    api.publicLeg.plant("too-many-tools");
    const { tools } = (await rpc("tools/list")).json.result;
    expect(new Set(tools.map((tool: { name: string }) => tool.name)).size).toBe(21);
  });
});

async function register(route: string, redirect: string): Promise<string> {
  const body = JSON.stringify({ redirect_uris: [redirect] });
  const response = await fetch(`${route}/register`, { method: "POST", body });
  return ((await response.json()) as { client_id: string }).client_id;
}

function request(client: string, redirect: string, verifier: string, scope = ""): Record<string, string> {
  return {
    client_id: client,
    redirect_uri: redirect,
    response_type: "code",
    scope,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
}

async function authorize(route: string, query: Record<string, string>): Promise<URL> {
  const response = await fetch(`${route}/authorize?${new URLSearchParams(query)}`, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "about:blank");
}

async function exchange(route: string, client: string, redirect: string, code: string, verifier: string) {
  const response = await fetch(`${route}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: client,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
    }),
  });
  return (await response.json()) as Record<string, string>;
}

async function signIn(route: string, redirect: string, scope: string): Promise<string> {
  const client = await register(route, redirect);
  const location = await authorize(route, request(client, redirect, "verifier", scope));
  const answer = await exchange(route, client, redirect, location.searchParams.get("code") ?? "", "verifier");
  return answer.access_token ?? "";
}
