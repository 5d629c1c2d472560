import { type Issuer, selfSignedCertificate, startIssuer, startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import { closing, codesOf, driftReport, temporaryFile } from "./command-line";

test("the API's public route is recognised as an MCP server", async () => {
  const api = closing(await startLocalApi());
  const { id } = api.store.createGateway({ name: "Plants", providerType: "manual", authorizationServerUrl: api.url });
  api.store.attach("srv_petalpal_api", { gatewayId: id, publicId: "gw_plants" });
  const url = `${api.url}/api/v1/gateway/gw_plants/mcp`;
  const { code, report } = await driftReport([url, "--finding", "public-insecure=off"]);
  expect([report.checked.routes, report.findings, code]).toEqual([1, [], 0]);
  api.publicLeg.plant("no-challenge");
  expect(codesOf((await driftReport([url, "--finding", "public-insecure=off"])).report)).toEqual([
    "public-challenge-missing",
  ]);
});

test("a protected resource of another form is recognised by what it publishes", async () => {
  const issuer = closing(await startTableIssuer({ resourcePath: "/tools" }));
  const { report } = await driftReport([issuer.resource]);
  expect([report.checked.routes, report.checked.gateways]).toEqual([1, 0]);
});

test("an MCP server at the address of its authorization server is checked as both, unless --as says which", async () => {
  const server = closing(await startTableIssuer({ resourcePath: "/" }));
  const metadata = `${server.origin}/.well-known/oauth-protected-resource`;
  server.set("/.well-known/oauth-protected-resource", {
    body: { resource: `${server.origin}/`, authorization_servers: [server.url] },
  });
  server.set("/", { status: 401, headers: { "www-authenticate": `Bearer resource_metadata="${metadata}"` } });
  server.setMetadata({ code_challenge_methods_supported: ["plain"] });
  const { report } = await driftReport([`${server.origin}/`, "--finding", "public-insecure=off"]);
  expect([report.checked.routes, report.checked.gateways]).toEqual([1, 1]);
  expect(codesOf(report)).toEqual(expect.arrayContaining(["pkce-s256-missing", "public-pkce-missing"]));
  expect(report.notes).toEqual([expect.stringContaining("--as issuer or --as mcp")]);
  const { report: one } = await driftReport([`${server.origin}/`, "--as", "issuer"]);
  expect([one.checked.routes, one.checked.gateways, one.notes]).toEqual([0, 1, []]);
});

test("an authorization server whose issuer ends in /mcp is one", async () => {
  const issuer = closing(await startTableIssuer({ path: "/mcp" }));
  const { report } = await driftReport([issuer.url]);
  expect([report.checked.routes, report.checked.gateways, report.findings]).toEqual([0, 1, []]);
  expect(report.notes).toEqual([expect.stringMatching(/taken for an authorization server, by what.*--as mcp/)]);
});

test("the address of a resource's metadata is none of an authorization server, whatever is not known of the client", async () => {
  const server = closing(await startTableIssuer({ resourcePath: "/tools/mcp" }));
  const { report } = await driftReport([`${server.origin}/.well-known/oauth-protected-resource/tools/mcp`]);
  expect(codesOf(report)).toEqual(["resource-metadata-as-issuer"]);
  expect(report.findings[0]?.fix).toContain(`Set authorizationServerUrl to "${server.url}"`);
});

test("what publishes nothing is told from its path, and the report says so", async () => {
  const issuer = closing(await startTableIssuer({ wellKnown: [] }));
  const kind = async (path: string) => {
    const { checked, notes } = (await driftReport([`${issuer.origin}${path}`])).report;
    return [checked.routes, checked.gateways, notes];
  };
  expect(await kind("/tools/mcp")).toEqual([
    1,
    0,
    [expect.stringMatching(/an MCP server, because of its path.*--as issuer/)],
  ]);
  expect(await kind("/tools")).toEqual([
    0,
    1,
    [expect.stringMatching(/an authorization server, because of.*--as mcp/)],
  ]);
});

test("--as settles what a URL is", async () => {
  const issuer = closing(await startTableIssuer());
  const { report } = await driftReport([issuer.url, "--as", "mcp"]);
  expect(report.checked.routes).toBe(1);
  expect(codesOf(report)).toContain("public-metadata-not-found");
});

describe("a real OpenID provider", () => {
  const issuers: Issuer[] = [];
  afterAll(() => Promise.all(issuers.map((issuer) => issuer.close())));

  test.each([undefined, "/realms/support"])("with the path %s in its issuer is in order", async (path) => {
    const issuer = await startIssuer(path === undefined ? {} : { path });
    issuers.push(issuer);
    const { code, report } = await driftReport([issuer.url]);
    expect([report.findings, report.unchecked, code]).toEqual([[], [], 0]);
    expect(codesOf((await driftReport([`${issuer.url}/`])).report)).toEqual(["iss-parameter-mismatch"]);
    expect(codesOf((await driftReport([`${issuer.url}/nowhere`])).report)).toEqual(["metadata-not-found"]);
  });

  test("behind TLS with a private authority is read with --ca-file, and not without", async () => {
    const tls = selfSignedCertificate(["localhost"]);
    const issuer = await startIssuer({ tls, host: "localhost" });
    issuers.push(issuer);
    const without = await driftReport([issuer.url]);
    expect(codesOf(without.report)).toEqual(["metadata-unreachable"]);
    expect(without.report.findings[0]?.fix).toContain("caFile");
    const { code, report } = await driftReport([issuer.url, "--ca-file", temporaryFile("ca.pem", tls.cert)]);
    expect([report.findings, code]).toEqual([[], 0]);
  });
});

test("plain http to another host is not read unless it is allowed", async () => {
  const { report } = await driftReport(["http://id.invalid", "--time-limit", "5"]);
  expect(codesOf(report)).toEqual(["metadata-unreachable"]);
  expect(report.findings[0]?.summary).toContain("plain http is not allowed");
});

test("the findings of any MCP server are worded for one, and warn where it only is unusual", async () => {
  const server = closing(await startTableIssuer({ resourcePath: "/tools/mcp" }));
  server.setResourceMetadata({ resource: server.origin });
  server.setMetadata({ registration_endpoint: undefined });
  const { report } = await driftReport([server.resource, "--finding", "public-insecure=off"]);
  expect(report.findings.map(({ code, severity }) => [code, severity])).toEqual([
    ["public-endpoint-unusable", "warn"],
    ["public-resource-mismatch", "warn"],
  ]);
  for (const { summary, fix } of report.findings) expect(`${summary} ${fix}`).not.toMatch(/gateway|attach/i);
});

test("an address that is denied is listed with the others, and nobody is told to look away", async () => {
  const issuer = closing(await startTableIssuer({ wellKnown: [] }));
  issuer.set("/.well-known/oauth-authorization-server", { status: 403 });
  const [finding, ...more] = (await driftReport([issuer.url])).report.findings;
  expect([finding?.code, more]).toEqual(["metadata-unreachable", []]);
  expect(finding?.summary).toContain("oauth-authorization-server (HTTP 403)");
  expect(finding?.summary).toContain("openid-configuration (HTTP 404)");
  expect(finding?.fix).toContain("firewall");
  expect(finding?.fix).not.toContain("off");
});
