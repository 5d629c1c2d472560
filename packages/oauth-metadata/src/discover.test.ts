import { htmlPage, startTableIssuer, type TableIssuer, type TableIssuerOptions } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";
import { discover, namedBy } from "./discover";
import { judge } from "./judge/judge";
import { MetadataReader, type MetadataReaderOptions } from "./reader";
import { acceptMetadata } from "./trust/accept-metadata";
import { liveMetadata } from "./trust/live-metadata";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function issuer(options: TableIssuerOptions = {}): Promise<TableIssuer> {
  const started = await startTableIssuer(options);
  running.push(started);
  return started;
}

function reader(options: MetadataReaderOptions = {}): MetadataReader {
  const started = new MetadataReader(options);
  running.push(started);
  return started;
}

function profileOf(server: TableIssuer, changes: Partial<GatewayProfile> = {}): GatewayProfile {
  return {
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: server.url,
    clientId: "support",
    resource: server.resource,
    scopes: ["openid"],
    ...changes,
  };
}

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

test("A profile that agrees with what is published has nothing to be said about, and its metadata is accepted at first sight", async () => {
  const server = await issuer({ path: "/realms/a" });
  const profile = profileOf(server);

  const discovered = await discover(reader(), profile, { programUrls: namedBy(profile) });

  const live = liveMetadata(discovered, profile);
  expect(live).toEqual({
    issuer: server.url,
    authorizationEndpoint: `${server.url}/authorize`,
    tokenEndpoint: `${server.url}/token`,
    registrationEndpoint: `${server.url}/register`,
    jwksUri: `${server.url}/jwks`,
    codeChallengeMethods: ["S256"],
    resource: server.resource,
  });
  expect(acceptMetadata({ live, profile, trustedOrigins: [] })).toMatchObject({
    metadata: live,
    moved: [],
    refused: [],
    unasked: [],
  });
  expect(judge({ profile, discovered, trustedOrigins: [] }).filter(({ severity }) => severity !== "info")).toEqual([]);
});

test("What was discovered is the same bytes when the same is discovered again, and survives JSON", async () => {
  const server = await issuer();
  const profile = profileOf(server);

  const [one, other] = [
    await discover(reader(), profile, { programUrls: namedBy(profile) }),
    await discover(reader(), profile, { programUrls: namedBy(profile) }),
  ];

  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(JSON.parse(JSON.stringify(one))).toEqual(one);
});

test("A document that is nowhere is an error that names every address and what it answered", async () => {
  const server = await issuer({ path: "/p", wellKnown: [] });
  server.set("/.well-known/openid-configuration/p", htmlPage);
  server.set("/p/.well-known/openid-configuration", { redirect: "https://elsewhere.example/x" });
  const profile = profileOf(server, { resource: undefined });

  const found = judge({
    profile,
    discovered: await discover(reader(), profile, { programUrls: namedBy(profile) }),
    trustedOrigins: [],
  });

  expect(found).toMatchObject([{ code: "metadata-not-found", severity: "error", path: ["authorizationServerUrl"] }]);
  for (const tried of [
    `${server.origin}/.well-known/oauth-authorization-server/p (HTTP 404)`,
    `${server.origin}/.well-known/openid-configuration/p (HTTP 200, is HTML or XML)`,
    `${server.origin}/p/.well-known/openid-configuration (HTTP 302, redirects to https://elsewhere.example/x)`,
    `${server.origin}/p/.well-known/oauth-authorization-server (HTTP 404)`,
  ]) {
    expect(found[0]?.summary).toContain(tried);
  }
});

test("A host that does not answer is a warning, and what was accepted stays", async () => {
  const server = await issuer();
  const profile = profileOf(server, { resource: undefined });
  const accepted = { issuer: server.url, tokenEndpoint: `${server.url}/token` };
  await server.close();
  running.length = 0;

  const discovered = await discover(reader(), profile, { programUrls: namedBy(profile) });

  expect(judge({ profile, discovered, accepted, trustedOrigins: [] })).toMatchObject([
    { code: "metadata-unreachable", severity: "warn", found: "the connection failed (ECONNREFUSED)" },
  ]);
  const live = liveMetadata(discovered, profile);
  expect(live.unread).toEqual(expect.arrayContaining(["issuer", "tokenEndpoint", "jwksUri"]));
  expect(acceptMetadata({ accepted, live, profile, trustedOrigins: [] }).metadata).toEqual(accepted);
});

test("An issuer that ends in a slash where the profile has none is a warning with the exact text to write", async () => {
  const server = await issuer();
  server.setMetadata({ issuer: `${server.url}/` });
  const profile = profileOf(server, { resource: undefined });

  const found = judge({
    profile,
    discovered: await discover(reader(), profile, { programUrls: namedBy(profile) }),
    trustedOrigins: [],
  });

  expect(found).toContainEqual(
    expect.objectContaining({
      code: "issuer-trailing-slash",
      severity: "warn",
      expected: server.url,
      found: `${server.url}/`,
      fix: `Set authorizationServerUrl to "${server.url}/".`,
    }),
  );
});

test("Another issuer is an error, and a warning where the metadata URL is set", async () => {
  const server = await issuer();
  server.setMetadata({ issuer: "https://other.example" });
  const plain = profileOf(server, { resource: undefined });
  const exact = { ...plain, metadataUrl: `${server.url}/.well-known/openid-configuration` };

  for (const [profile, severity] of [
    [plain, "error"],
    [exact, "warn"],
  ] as const) {
    const found = judge({
      profile,
      discovered: await discover(reader(), profile, { programUrls: namedBy(profile) }),
      trustedOrigins: [],
    });
    expect(found.filter(({ code }) => code === "issuer-mismatch")).toMatchObject([{ severity }]);
  }
});

test("Explicit endpoints stand in where there is no document", async () => {
  const server = await issuer({ wellKnown: [] });
  const profile = profileOf(server, {
    resource: undefined,
    authorizationEndpoint: `${server.url}/a`,
    tokenEndpoint: `${server.url}/t`,
  });

  const discovered = await discover(reader(), profile, { programUrls: namedBy(profile) });

  expect(liveMetadata(discovered, profile)).toEqual({
    authorizationEndpoint: `${server.url}/a`,
    tokenEndpoint: `${server.url}/t`,
    instead: null,
  });
  expect(codes(judge({ profile, discovered, trustedOrigins: [] }))).not.toContain("metadata-not-found");
});

test("A document of another issuer stands for the authorization server only while the profile gives no endpoints, whenever it was read", async () => {
  const server = await issuer();
  server.setMetadata({ issuer: "https://other.example" });
  const bare = profileOf(server, { resource: undefined });
  const explicit = { ...bare, authorizationEndpoint: `${server.url}/a`, tokenEndpoint: `${server.url}/t` };

  const [one, other] = [
    await discover(reader(), bare, { programUrls: namedBy(bare) }),
    await discover(reader(), explicit, { programUrls: namedBy(explicit) }),
  ];

  expect(other).toEqual(one);
  expect(liveMetadata(one, bare)).toMatchObject({ issuer: "https://other.example" });
  expect(liveMetadata(one, explicit)).toEqual({
    authorizationEndpoint: `${server.url}/a`,
    tokenEndpoint: `${server.url}/t`,
    instead: expect.objectContaining({ issuer: "https://other.example" }),
  });
  expect(codes(judge({ profile: bare, discovered: one, trustedOrigins: [] }))).toContain("issuer-mismatch");
  expect(codes(judge({ profile: explicit, discovered: one, trustedOrigins: [] }))).not.toContain("issuer-mismatch");
});

test("A thousand gateways that share an issuer cost one fetch of each document", async () => {
  const server = await issuer();
  const shared = reader();

  await Promise.all(
    Array.from({ length: 1000 }, (_, i) =>
      discover(shared, profileOf(server, { name: `Gateway ${i}` }), { programUrls: namedBy(profileOf(server)) }),
    ),
  );

  const paths = server.requests.map(({ path }) => path);
  expect(paths).toEqual([...new Set(paths)]);
});

test("A host that hangs costs one request's time, not one a gateway", async () => {
  const server = await issuer();
  server.setAll({ hang: true });
  const shared = reader({ timeoutMs: 150 });

  const all = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      shared.authorizationServer(
        { authorizationServerUrl: `${server.origin}/realm${i}` },
        { programUrls: [server.url] },
      ),
    ),
  );

  expect(all.map(({ kind }) => kind)).toEqual(all.map(() => "unreachable"));
  expect(server.requests.length).toBeLessThanOrEqual(4);
  expect(new Set(all.map(({ attempts }) => attempts[0]?.outcome))).toEqual(new Set(["timeout"]));
});
