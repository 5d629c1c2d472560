import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import type { PublicLeg } from "../public-leg/read-public-leg";
import { MetadataReader } from "../reader";
import { goodLeg, mcpUrl, publicLegCases } from "../testing/public-leg-cases";
import { judgePublicLeg } from "./public-leg";

describe.each(publicLegCases)("$code", ({ code, name, severity, change }) => {
  test(`is found when ${name}, and nothing else as loud`, () => {
    const found = judgePublicLeg({ ...goodLeg, ...change });
    expect(found.filter((finding) => finding.code === code)).toMatchObject([{ severity, leg: "public" }]);
    expect(
      found.filter((finding) => finding.severity === "error" && finding.code !== code && code !== "public-insecure"),
    ).toEqual([]);
  });
});

test("About a public leg in order there is nothing to say", () => {
  expect(judgePublicLeg(goodLeg)).toEqual([]);
});

describe("An issuer that is not the one that the route names", () => {
  const advised = (issuer: string) => {
    const document = { ...goodLeg.authorizationServer?.document, issuer };
    const authorizationServer = { ...goodLeg.authorizationServer, document } as typeof goodLeg.authorizationServer;
    return judgePublicLeg({ ...goodLeg, authorizationServer }).find(({ code }) => code === "public-issuer-mismatch")
      ?.advice?.document?.fields;
  };
  const named = goodLeg.authorizationServerUrl ?? "";

  test("is followed where it is only spelled otherwise", () => {
    expect(advised(`${named}/`)).toEqual({ authorization_servers: [`${named}/`] });
  });

  test("is corrected where its server does not know its public address", () => {
    expect(advised("http://localhost:8080")).toEqual({ issuer: named });
  });

  test("is neither where it may be another one: somebody has to find out which is meant", () => {
    expect(advised("https://x.example")).toBeUndefined();
  });
});

test("http on the loopback host only warns", () => {
  const found = judgePublicLeg({ ...goodLeg, mcpUrl: "http://127.0.0.1:8080/mcp" });
  expect(found).toMatchObject([{ code: "public-resource-mismatch" }, { code: "public-insecure", severity: "warn" }]);
});

test("Registration is not demanded where client id metadata documents are offered", () => {
  const document = {
    ...goodLeg.authorizationServer?.document,
    registration_endpoint: undefined,
    client_id_metadata_document_supported: true,
  };
  const authorizationServer = { ...goodLeg.authorizationServer, document } as typeof goodLeg.authorizationServer;
  expect(judgePublicLeg({ ...goodLeg, authorizationServer })).toEqual([]);
});

describe("a real route", () => {
  let api: LocalApi;
  let reader: MetadataReader;
  let url: string;
  beforeEach(async () => {
    api = await startLocalApi();
    // No name is looked up: one flaw names a host that is not there.
    reader = new MetadataReader({ connect: { resolve: async () => [] } });
    const gateway = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
    api.store.attach("orders-api", { gatewayId: gateway.id, publicId: "gw_orders" });
    url = `${api.url}/api/v1/gateway/gw_orders/mcp`;
  });
  const named = () => ({ programUrls: [api.url] });
  afterEach(async () => {
    await reader.close();
    await api.close();
  });

  test("in order is only found to be http on the loopback host", async () => {
    expect(judgePublicLeg(await reader.publicLeg(url, named()))).toMatchObject([
      { code: "public-insecure", severity: "warn" },
    ]);
  });

  test.each(publicLegCases.flatMap(({ code, flaw }) => (flaw === undefined ? [] : [{ code, flaw }])))(
    "with the flaw $flaw gives $code",
    async ({ code, flaw }) => {
      api.publicLeg.plant(flaw, "gw_orders");
      const found = judgePublicLeg(await reader.publicLeg(url, named()));
      expect(found.map((finding) => finding.code).filter((found) => found !== "public-insecure")).toEqual([code]);
    },
  );

  test("of a server that is attached to nothing has no documents, said once", async () => {
    expect(
      judgePublicLeg(await reader.publicLeg(url.replace("gw_orders", "gw_none"), named())).map(({ code }) => code),
    ).toEqual(["public-metadata-not-found", "public-insecure"]);
  });

  test("behind a host that is down is a warning", async () => {
    await api.close();
    expect(
      judgePublicLeg(await reader.publicLeg(mcpUrl.replace(/^.*\/api\//, `${api.url}/api/`), named())),
    ).toMatchObject([
      { code: "public-insecure", severity: "warn" },
      { code: "public-unreachable", severity: "warn" },
    ]);
  });
});

describe("A server that is no gateway", () => {
  const url = "https://tools.example.com/team/mcp";
  const issuer = "https://id.example.com";
  const metadata = "https://tools.example.com/.well-known/oauth-protected-resource/team/mcp";
  const found = { url: metadata, outcome: "found" as const, status: 200 };
  const document = (resource: string) => ({
    kind: "found" as const,
    form: "inserted" as const,
    url: metadata,
    document: { resource, authorization_servers: [issuer] },
    attempts: [found],
  });
  const server = (changes: object = {}) => ({
    kind: "found" as const,
    form: "inserted-oauth" as const,
    url: `${issuer}/.well-known/oauth-authorization-server`,
    document: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
      ...changes,
    },
    attempts: [],
  });
  const leg: PublicLeg = {
    mcpUrl: url,
    isGateway: false,
    challenge: { kind: "answered", status: 401, challenge: { resourceMetadata: metadata } },
    protectedResource: document(url),
    authorizationServerUrl: issuer,
    authorizationServer: server(),
  };
  const missing = {
    kind: "missing" as const,
    attempts: [{ url: metadata, outcome: "not-found" as const, status: 404 }],
  };
  const said = (changes: Partial<PublicLeg>) =>
    judgePublicLeg({ ...leg, ...changes }).map(({ code, severity }) => `${severity} ${code}`);

  test.each(["http://tools.example.com/team/mcp", "http://localhost:3000/team/mcp"])(
    "is to publish its public address, and not %s",
    (inside) => {
      const [finding] = judgePublicLeg({ ...leg, protectedResource: document(inside) });
      expect(finding).toMatchObject({
        code: "public-resource-mismatch",
        fix: expect.stringContaining(`Have resource be "${url}"`),
      });
      expect(finding?.fix).not.toContain("Give clients");
    },
  );

  test("that redirects to itself with a slash is advised with the slash", () => {
    const challenge = { kind: "answered" as const, status: 307, redirectsTo: `${url}/` };
    const protectedResource = document(`${url}/`);
    const found = judgePublicLeg({ ...leg, challenge, protectedResource });
    expect(found.map(({ code }) => code)).toEqual(["public-challenge-missing", "public-resource-mismatch"]);
    for (const { fix } of found) {
      expect(fix).toContain(`Give clients "${url}/" as the MCP URL`);
      expect(fix).not.toContain("proxy");
    }
  });

  test("that redirects to itself with a slash, and calls itself otherwise, sends nobody back and forth", () => {
    const challenge = { kind: "answered" as const, status: 307, redirectsTo: `${url}/` };
    const without = judgePublicLeg({ ...leg, challenge });
    const withSlash = judgePublicLeg({ ...leg, mcpUrl: `${url}/` });
    expect(without[0]?.fix).toContain(`Have the server answer at "${url}" itself`);
    expect(withSlash[0]).toMatchObject({
      code: "public-resource-mismatch",
      fix: `Have resource be "${url}/", which is where the server answers.`,
    });
    for (const { fix } of [...without, ...withSlash]) expect(fix).not.toContain("Give clients");
    // What the one advises is what the other finds in order.
    expect(judgePublicLeg({ ...leg, mcpUrl: `${url}/`, protectedResource: document(`${url}/`) })).toEqual([]);
    expect(judgePublicLeg(leg)).toEqual([]);
  });

  test.each(["urn:example:tools", "api://tools"])("is to publish an address, and nobody is given %s", (identifier) => {
    const [finding] = judgePublicLeg({ ...leg, protectedResource: document(identifier) });
    expect(finding?.fix).toBe(`Have resource be "${url}": "${identifier}" is no address that a client could be given.`);
  });

  test("and publishes an endpoint with user information is told that", () => {
    const authorizationServer = server({
      token_endpoint: undefined,
      bare_addresses: { token_endpoint: `${issuer}/token` },
    });
    expect(judgePublicLeg({ ...leg, authorizationServer })[0]?.summary).toContain(
      "lacks token_endpoint without user information.",
    );
  });

  test("and redirects elsewhere is not", () => {
    const challenge = { kind: "answered" as const, status: 302, redirectsTo: "https://login.example.com/" };
    const finding = judgePublicLeg({ ...leg, challenge }).find(({ code }) => code === "public-challenge-missing");
    expect(finding?.fix).not.toContain("Give clients");
  });

  test("and is in order is silent", () => {
    expect(said({})).toEqual([]);
  });

  test.each<[string, Partial<PublicLeg>, string[]]>([
    [
      "its origin is its resource",
      { protectedResource: document("https://tools.example.com") },
      ["warn public-resource-mismatch"],
    ],
    ["a slash ends its resource", { protectedResource: document(`${url}/`) }, ["warn public-resource-mismatch"]],
    [
      "clients cannot register",
      { authorizationServer: server({ registration_endpoint: undefined }) },
      ["warn public-endpoint-unusable"],
    ],
    [
      "a further authorization server's document is another one's",
      {
        furtherServers: [
          { issuer: "https://two.example.com", server: server({ issuer: "https://two.example.com" }) },
          { issuer: "https://three.example.com", server: server({ issuer: "https://evil.example.com" }) },
        ],
      },
      ["warn public-further-server"],
    ],
    [
      "a further authorization server is the first one with a slash that its document has not",
      { furtherServers: [{ issuer: `${issuer}/`, server: server({}) }] },
      ["warn public-further-server"],
    ],
    [
      "a further authorization server has no document",
      { furtherServers: [{ issuer: "https://two.example.com", server: missing }] },
      ["warn public-further-server"],
    ],
    [
      "a slash ends its issuer",
      { authorizationServer: server({ issuer: `${issuer}/` }) },
      ["warn public-issuer-mismatch"],
    ],
    [
      "its challenge names no metadata, which is at its well-known address",
      { challenge: { kind: "answered", status: 401, challenge: {} } },
      ["warn public-challenge-missing"],
    ],
    [
      "its origin has the authorization server's metadata, and there is none of the resource",
      { protectedResource: missing, challenge: { kind: "answered", status: 401, challenge: {} } },
      ["warn public-challenge-missing", "warn public-metadata-not-found"],
    ],
  ])("is warned of where %s", (_, changes, expected) => {
    expect(said(changes)).toEqual(expected);
  });

  test.each<[string, Partial<PublicLeg>, string]>([
    [
      "its resource is at another host",
      { protectedResource: document("https://other.example.com/mcp") },
      "public-resource-mismatch",
    ],
    [
      "its resource is beside it",
      { protectedResource: document("https://tools.example.com/team/mc") },
      "public-resource-mismatch",
    ],
    [
      "its issuer is another one",
      { authorizationServer: server({ issuer: "https://x.example.com" }) },
      "public-issuer-mismatch",
    ],
    [
      "it has no token endpoint",
      { authorizationServer: server({ token_endpoint: undefined }) },
      "public-endpoint-unusable",
    ],
    [
      "its token endpoint is plain http",
      { authorizationServer: server({ token_endpoint: "http://id.example.com/token" }) },
      "public-endpoint-unusable",
    ],
    [
      "its token endpoint is on the loopback",
      { authorizationServer: server({ token_endpoint: "https://localhost/token" }) },
      "public-endpoint-unusable",
    ],
    [
      "PKCE is not offered",
      { authorizationServer: server({ code_challenge_methods_supported: undefined }) },
      "public-pkce-missing",
    ],
    [
      "nothing tells where to sign in",
      { protectedResource: missing, authorizationServerUrl: "https://tools.example.com", authorizationServer: missing },
      "public-metadata-not-found",
    ],
    [
      "its challenge leads to nothing",
      {
        challenge: { kind: "answered", status: 401, challenge: { resourceMetadata: "https://tools.example.com/gone" } },
      },
      "public-challenge-mismatch",
    ],
  ])("cannot be connected to where %s", (_, changes, code) => {
    expect(said(changes)).toContain(`error ${code}`);
  });

  test("is told that its authorization servers are no list, not that it names none", () => {
    const { document: published, ...rest } = document(url);
    const [finding] = judgePublicLeg({
      ...leg,
      protectedResource: {
        ...rest,
        document: { resource: published.resource, invalid_fields: ["authorization_servers"] },
      },
      authorizationServerUrl: undefined,
      authorizationServer: undefined,
    });
    expect(finding).toMatchObject({
      code: "public-metadata-not-found",
      summary: expect.stringContaining("authorization_servers that is no list"),
    });
  });

  test("that spells one authorization server twice is to name it once, as its document does", () => {
    const [finding] = judgePublicLeg({
      ...leg,
      protectedResource: {
        ...document(url),
        document: { resource: url, authorization_servers: [issuer, `${issuer}/`] },
      },
      furtherServers: [{ issuer: `${issuer}/`, server: server() }],
    });
    expect(finding?.advice?.document?.fields).toEqual({ authorization_servers: [issuer] });
  });

  test("is not told about gateways", () => {
    const texts = [
      { protectedResource: missing, authorizationServer: missing },
      { challenge: { kind: "answered" as const, status: 401 } },
      { authorizationServer: server({ token_endpoint: undefined, code_challenge_methods_supported: undefined }) },
      {
        keySet: { kind: "found" as const, document: { keys: 0, signingKeys: 0 }, attempt: found },
        authorizationServer: server({ jwks_uri: `${issuer}/keys` }),
      },
    ].flatMap((changes) => judgePublicLeg({ ...leg, ...changes }).flatMap(({ summary, fix }) => [summary, fix]));
    expect(texts.length).toBeGreaterThan(8);
    for (const text of texts) expect(text).not.toMatch(/gateway|attach|the service/i);
  });

  test("and open needs no documents", () => {
    expect(
      said({ challenge: { kind: "answered", status: 200 }, protectedResource: missing, authorizationServer: missing }),
    ).toEqual(["warn public-open"]);
  });
});

test("A further server that is only spelled otherwise is spelled as its document does, and not taken away", () => {
  const { authorizationServer } = goodLeg;
  const [finding] = judgePublicLeg({
    ...goodLeg,
    isGateway: false,
    protectedResource: {
      ...goodLeg.protectedResource,
      document: { resource: mcpUrl, authorization_servers: [goodLeg.authorizationServerUrl, "https://a.auth0.com"] },
    } as PublicLeg["protectedResource"],
    furtherServers: [
      {
        issuer: "https://a.auth0.com",
        server: {
          ...authorizationServer,
          kind: "found",
          attempts: [],
          document: { ...authorizationServer?.document, issuer: "https://a.auth0.com/" },
        },
      },
    ],
  });
  expect(finding?.code).toBe("public-further-server");
  expect(finding?.advice?.document?.fields.authorization_servers).toEqual([
    goodLeg.authorizationServerUrl,
    "https://a.auth0.com/",
  ]);
});

test("A challenge with another status than 401 is not called one without an address", () => {
  const [finding] = judgePublicLeg({ ...goodLeg, challenge: { ...goodLeg.challenge, status: 403 } as never });
  expect(finding?.code).toBe("public-challenge-missing");
  expect(finding?.summary).toContain("HTTP 403 and a challenge that clients heed with HTTP 401 alone");
});
