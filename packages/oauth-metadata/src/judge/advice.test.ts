import type { GatewayProfile } from "@mcpstack/model";
import { goodAccepted, goodProfile, goodServer, inputOf, type Situation } from "../testing/cases";
import { judge } from "./judge";

const tenant = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555";
const found = (situation: Situation, code: string) => {
  const finding = judge(inputOf(situation)).find((one) => one.code === code);
  if (!finding) throw new Error(`${code} is not found`);
  return finding;
};

describe("Never advised is", () => {
  test.each([
    ["a template", { server: { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" } }],
    ["an issuer of every tenant", { server: { issuer: "https://login.microsoftonline.com/common/v2.0" } }],
    ["the loopback for a public issuer", { server: { issuer: "http://localhost:8080/realms/x" } }],
    ["a private host for a public issuer", { server: { issuer: "https://keycloak.internal/realms/x" } }],
    ["user information", { server: { issuer: "https://user@id.example/realms/x" } }],
    ["plain http", { server: { issuer: "http://id.example/other" } }],
    ["what is no URL", { server: { issuer: "urn:example:issuer" } }],
    ["a query", { server: { issuer: "https://id.example/x?tenant=1" } }],
  ] as const)("%s as the authorization server URL", (_, situation) => {
    const findings = judge(inputOf(situation));
    expect(findings.length).toBeGreaterThan(0);
    for (const { advice, fix } of findings) {
      expect(advice?.profile?.authorizationServerUrl).toBeUndefined();
      expect(fix).not.toContain('Set authorizationServerUrl to "');
    }
  });

  test("a common tenant that a resource lists", () => {
    const finding = found(
      {
        profile: { authorizationServerUrl: `${tenant}/v2.0` },
        server: { issuer: `${tenant}/v2.0` },
        resource: {
          resource: goodProfile.resource,
          authorization_servers: ["https://login.microsoftonline.com/common/v2.0"],
        },
      },
      "issuer-not-among-authorization-servers",
    );
    expect(finding.fix).not.toContain("common");
    expect(finding.advice?.document?.fields.authorization_servers).toContain(`${tenant}/v2.0`);
  });

  test("an endpoint that validation refuses", () => {
    const finding = found(
      {
        profile: { authorizationEndpoint: "https://id.example/authorize", tokenEndpoint: "https://id.example/old" },
        server: { token_endpoint: "http://id.example/token" },
      },
      "endpoint-contradicts-metadata",
    );
    expect(finding.advice).toBeUndefined();
    expect(finding.fix).not.toContain("http://id.example/token");
  });

  test("a value that is too long to be shown whole", () => {
    const issuer = `https://id.example/${"a".repeat(400)}`;
    expect(found({ server: { issuer } }, "issuer-mismatch").advice).toBeUndefined();
  });
});

test("Two documents that contradict each other lead nobody in a circle", () => {
  // The document calls itself one thing, the resource another.
  const server = { issuer: "https://id.example/b" };
  const resource = { resource: goodProfile.resource, authorization_servers: ["https://id.example/a"] };
  const advised = (authorizationServerUrl: string) => {
    const profile = { authorizationServerUrl, metadataUrl: "https://id.example/meta" };
    return judge(inputOf({ profile, server, resource })).flatMap(
      ({ advice }) => advice?.profile?.authorizationServerUrl ?? [],
    );
  };
  // The document counts: the resource's list may be partial.
  expect(advised("https://id.example/a")).toEqual(["https://id.example/b"]);
  expect(advised("https://id.example/b")).toEqual([]);
});

test("An issuer implied by the metadata URL's own address is accepted of a resource", () => {
  const profile: Partial<GatewayProfile> = {
    authorizationServerUrl: "https://id.example/tenant",
    metadataUrl: "https://id.example/policy/.well-known/openid-configuration",
  };
  const codes = judge(
    inputOf({
      profile,
      server: { issuer: "https://id.example/tenant" },
      resource: { resource: goodProfile.resource, authorization_servers: ["https://id.example/policy"] },
    }),
  ).map(({ code }) => code);
  expect(codes).toEqual([]);
});

test("A GUID of Entra ID is one warning, whatever its scopes are", () => {
  const guid = "11111111-2222-3333-4444-666666666666";
  for (const scopes of [
    ["openid", `api://${guid}/Read`],
    ["openid", "Read"],
    ["openid", `${guid}/.default`],
    ["openid", "https://orders.example/Read"],
    ["openid"],
  ]) {
    const findings = judge(
      inputOf({
        profile: { authorizationServerUrl: `${tenant}/v2.0`, resource: guid, scopes },
        server: { issuer: `${tenant}/v2.0`, scopes_supported: undefined, protected_resources: undefined },
        resource: [],
      }),
    ).filter(({ severity }) => severity !== "info");
    expect(findings.map(({ code }) => code)).toEqual(["resource-not-uri"]);
    expect(findings[0]?.advice?.profile?.resource).toMatch(/^(api|https):\/\//);
  }
});

describe("A change since metadata was accepted", () => {
  const { issuer } = goodServer;
  const moved = (situation: Situation) => judge(inputOf(situation)).filter(({ code }) => code === "metadata-moved");

  test("is said of what was published", () => {
    expect(
      moved({ server: { jwks_uri: `${issuer}/keys2` }, rest: { accepted: goodAccepted, choice: goodProfile } }),
    ).toHaveLength(1);
  });

  test("is not said of the person's own edit: another resource, or another document of the same issuer", () => {
    const resource = "https://api.example/plants";
    expect(
      moved({
        profile: { resource },
        server: { protected_resources: undefined },
        rest: { accepted: goodAccepted, choice: goodProfile },
      }),
    ).toEqual([]);
    const metadataUrl = `${issuer}/other-document`;
    expect(
      moved({
        profile: { metadataUrl },
        server: { jwks_uri: `${issuer}/k2` },
        rest: { accepted: goodAccepted, choice: goodProfile },
      }),
    ).toEqual([]);
  });

  test("is not said where the program gives the endpoints and no document is there: what one said stays accepted", () => {
    const profile = { authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` };
    const gone = { url: `${issuer}/x`, outcome: "not-found", status: 404 } as const;
    const input = inputOf({ profile, server: [gone], rest: { accepted: goodAccepted, choice: goodProfile } });
    expect(judge(input).filter(({ code }) => /moved/.test(code))).toEqual([]);
  });
});

test("One address that is denied hides no other, and the advice is about what denies it", () => {
  const finding = found(
    {
      server: [
        { url: "https://id.example/.well-known/oauth-authorization-server", outcome: "denied", status: 403 },
        { url: "https://id.example/.well-known/openid-configuration", outcome: "not-found", status: 404 },
      ],
    },
    "metadata-unreachable",
  );
  expect(finding.summary).toContain("/.well-known/oauth-authorization-server (HTTP 403)");
  expect(finding.summary).toContain("/.well-known/openid-configuration (HTTP 404)");
  expect(finding.fix).toContain("firewall");
  expect(finding.fix).not.toMatch(/metadataCheck|off/);
});

test("A password in a published URL is not shown", () => {
  const findings = judge(
    inputOf({
      server: { token_endpoint: "http://user:pass-word@id.example/token", jwks_uri: "https://u:pass-word@localhost/k" },
    }),
  );
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["endpoint-insecure", "endpoint-not-public", "endpoint-user-information"]),
  );
  expect(JSON.stringify(findings)).not.toContain("pass-word");
});

test("A document that names another origin's resource leads nobody to what was not read", () => {
  const resource = { resource: "https://elsewhere.example/orders", authorization_servers: [goodServer.issuer] };
  const { advice, fix } = found({ resource }, "resource-mismatch");
  expect(advice).toMatchObject({ document: { fields: { resource: goodProfile.resource } } });
  expect(fix).toContain('set resource to "https://elsewhere.example/orders" once a check of that address finds it');
});

test("The document of Entra ID's personal accounts is kept with the one issuer that it names", () => {
  const issuer = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
  const situation = {
    profile: { authorizationServerUrl: "https://login.microsoftonline.com/consumers/v2.0", resource: undefined },
    server: { issuer },
  };
  expect(found(situation, "issuer-mismatch").advice?.profile).toEqual({
    authorizationServerUrl: issuer,
    metadataUrl: "https://login.microsoftonline.com/.well-known/openid-configuration",
  });
});

describe("Graph's permissions beside an API's resource", () => {
  const api = "api://orders";
  const advised = (scopes: readonly string[], rest: Situation["rest"] = {}) =>
    found(
      {
        profile: { authorizationServerUrl: `${tenant}/v2.0`, resource: api, scopes },
        server: { issuer: `${tenant}/v2.0`, scopes_supported: undefined, protected_resources: undefined },
        resource: [],
        rest,
      },
      "resource-scope-prefix",
    );

  test("are taken out, and not asked for of the API", () => {
    const finding = advised([`${api}/Read`, "User.Read"]);
    expect(finding.advice?.profile).toEqual({ scopes: [`${api}/Read`] });
    expect(finding.fix).not.toContain(`${api}/User.Read`);
  });

  test("are the API's own where its tools need scopes of that name", () => {
    const tools = [{ name: "read", enabled: true, requiredScopes: ["User.Read"] }];
    const { advice } = advised([`${api}/Read`, "User.Read"], { attached: { servers: [{ id: "one", tools }] } });
    expect(advice?.profile).toEqual({ scopes: [`${api}/Read`, `${api}/User.Read`] });
  });

  test("that are all there is are replaced by a person, and with scopes of two APIs nobody leaves the resource out", () => {
    expect(advised(["openid", "User.Read"]).advice).toBeUndefined();
    expect(advised(["openid", "User.Read"]).fix).toContain("or leave resource out");
    expect(advised(["api://a/Read", "api://b/Read"]).fix).not.toContain("leave resource out");
  });
});
