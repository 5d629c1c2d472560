import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { MetadataReader } from "../reader";

let server: TableIssuer;
let reader: MetadataReader;
beforeEach(async () => {
  server = await startTableIssuer();
});
afterEach(async () => {
  await reader.close();
  await server.close();
});

test("An authorization server that only the route's metadata names may not be at an internal address", async () => {
  server.setResourceMetadata({ authorization_servers: ["http://internal.test"] });
  reader = new MetadataReader({ allowInsecureMetadata: true, connect: { resolve: async () => ["10.0.0.7"] } });

  const leg = await reader.publicLeg(server.resource, { programUrls: [server.resource] });

  expect(leg.protectedResource.kind).toBe("found");
  expect(leg.authorizationServer).toMatchObject({
    kind: "unreachable",
    attempts: [{ outcome: "private-address" }, {}],
  });
});

test("Each authorization server that a server names is looked at as it is spelled, and a gateway's own once", async () => {
  const slash = `${server.url}/`;
  reader = new MetadataReader();
  const further = async (names: readonly string[], isGateway: boolean) => {
    server.setResourceMetadata({ authorization_servers: names });
    await reader.close();
    reader = new MetadataReader();
    const leg = await reader.publicLeg({ mcpUrl: server.resource, isGateway }, { programUrls: [server.resource] });
    return leg.furtherServers?.map(({ issuer, server: found }) => [issuer, found?.document?.issuer]);
  };

  expect(await further([server.url, slash], false)).toEqual([[slash, server.url]]);
  expect(await further([slash, server.url], false)).toEqual([[server.url, server.url]]);
  expect(await further([server.url, slash], true)).toBeUndefined();
});

test("A challenge may name metadata at another host, which is held to the same rules", async () => {
  server.set("/api", {
    status: 401,
    headers: { "www-authenticate": 'Bearer resource_metadata="http://internal.test/metadata"' },
  });
  reader = new MetadataReader({ allowInsecureMetadata: true, connect: { resolve: async () => ["169.254.169.254"] } });

  const { protectedResource } = await reader.publicLeg(server.resource, { programUrls: [server.resource] });

  expect(protectedResource.attempts[0]).toMatchObject({
    url: "http://internal.test/metadata",
    outcome: "blocked-address",
  });
  expect(protectedResource).toMatchObject({ kind: "found", form: "inserted" });
});

test("A server that refuses GET before it looks for a token is asked as an MCP client asks", async () => {
  const challenge = 'Bearer resource_metadata="https://x.example/m"';
  server.set("/api", ({ method }) =>
    method === "POST" ? { status: 401, headers: { "www-authenticate": challenge } } : { status: 405 },
  );
  reader = new MetadataReader({ connect: { resolve: async () => [] } });

  const leg = await reader.publicLeg(server.resource, { programUrls: [server.resource] });

  expect(leg.challenge).toEqual({
    kind: "answered",
    status: 401,
    challenge: { resourceMetadata: "https://x.example/m" },
  });
});

describe("What a client's first message is answered counts, whatever GET is answered:", () => {
  const challenge = 'Bearer resource_metadata="https://x.example/m"';
  test.each([
    ["nothing but a server error", { status: 501 }],
    ["a challenge that names no document", { status: 401, headers: { "www-authenticate": "Bearer" } }],
    ["a page", { status: 200, body: {} }],
  ])("%s", async (_, toGet) => {
    server.set("/api", ({ method }) =>
      method === "POST" ? { status: 401, headers: { "www-authenticate": challenge } } : toGet,
    );
    reader = new MetadataReader({ connect: { resolve: async () => [] } });

    const leg = await reader.publicLeg(server.resource, { programUrls: [server.resource] });

    expect(leg.challenge).toMatchObject({ status: 401, challenge: { resourceMetadata: "https://x.example/m" } });
  });
});

test("Where the message is not taken, a stream that asks for a token counts", async () => {
  server.set("/api", ({ method }) =>
    method === "POST" ? { status: 405 } : { status: 401, headers: { "www-authenticate": "Bearer" } },
  );
  reader = new MetadataReader({ connect: { resolve: async () => [] } });

  const leg = await reader.publicLeg(server.resource, { programUrls: [server.resource] });

  expect(leg.challenge).toMatchObject({ status: 401 });
});

test("An address that is no URL is missing, not a failure", async () => {
  reader = new MetadataReader();
  expect(await reader.publicLeg("nonsense", { programUrls: [] })).toMatchObject({
    protectedResource: { kind: "missing" },
  });
});
