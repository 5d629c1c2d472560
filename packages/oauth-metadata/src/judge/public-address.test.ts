import { goodProfile, goodServer, inputOf, type Situation } from "../testing/cases";
import { judge } from "./judge";
import { overHttps } from "./public-address";

const { issuer } = goodServer;
const found = (situation: Situation, code: string) => {
  const findings = judge(inputOf(situation));
  const finding = findings.find((one) => one.code === code);
  if (!finding) throw new Error(`${code} is not among ${findings.map((one) => one.code).join(", ")}`);
  return finding;
};

test.each([
  ["http://h.example:80", "https://h.example"],
  ["http://h.example:80/x", "https://h.example/x"],
  ["http://h.example:8080/x", "https://h.example:8080/x"],
  ["HTTP://h.example", "https://h.example"],
  ["http://[2001:db8::80]/x:80", "https://[2001:db8::80]/x:80"],
  ["https://h.example:80", "https://h.example:80"],
])("%s is %s over https", (text, secured) => {
  expect(overHttps(text)).toBe(secured);
});

describe("An internal issuer behind a proxy is its server's to correct", () => {
  test.each([
    "https://keycloak:8443/realms/x",
    "http://localhost:8080",
    "http://10.0.0.5/realms/x",
    "http://id.example:8080",
    "https://id.example:8443/realms/x",
  ])("%s", (inside) => {
    const server = { issuer: inside, token_endpoint: `${inside}/token` };
    const { fix, advice } = found({ server }, "issuer-mismatch");
    expect(fix).not.toMatch(/correct the address|another issuer/i);
    expect(fix).toContain(`Have the authorization server publish "${issuer}" as its issuer`);
    expect(advice).toMatchObject({ document: { fields: { issuer, token_endpoint: `${issuer}/token` } } });
  });

  test("but a document that was read at the origin which it names is no internal one", () => {
    const own = "https://id.example:8443";
    const profile = { metadataUrl: `${own}/.well-known/openid-configuration` };
    const resource = { resource: goodProfile.resource };
    expect(found({ profile, server: { issuer: own }, resource }, "issuer-mismatch").advice).toEqual({
      profile: { authorizationServerUrl: own },
    });
  });

  test("and no resource is asked to list it", () => {
    const resource = { resource: goodProfile.resource, authorization_servers: ["https://other.example"] };
    for (const inside of ["http://localhost:8080", "http://id.example", "urn:example:issuer"]) {
      const { advice } = found({ server: { issuer: inside }, resource }, "issuer-not-among-authorization-servers");
      expect(advice?.document?.fields.authorization_servers).toEqual(["https://other.example", issuer]);
    }
  });
});

test("A default port goes with the scheme where an issuer is to be https", () => {
  const { fix, advice } = found(
    { server: { issuer: "http://id.example:80", token_endpoint: "http://id.example:80/token" } },
    "issuer-scheme",
  );
  expect(advice?.document?.fields).toEqual({ issuer, token_endpoint: `${issuer}/token` });
  expect(fix).not.toContain("https://id.example:80");
});

test.each(["acme.com", "urn:example:issuer", "https://id.example/?t=1"])(
  "No address helps against the issuer %s, which can be written nowhere",
  (own) => {
    const { fix, advice } = found({ server: { issuer: own } }, "issuer-mismatch");
    expect(fix).not.toMatch(/correct the address/i);
    expect(advice?.document?.fields).toEqual({ issuer });
  },
);

test.each([
  ["/m%C3%BCn", "/m\u00fcn"],
  ["/%7Euser", "/~user"],
  ["/x", "/x "],
  ["://xn--bro-hoa.example", "://b\u00fcro.example"],
  ["://xn--bro-hoa.example:443", "://b\u00fcro.example"],
])("A spelling %s against %s is no default port", (own, written) => {
  const whole = (part: string) => (part.startsWith(":") ? `https${part}` : `${issuer}${part}`);
  const profile = { authorizationServerUrl: whole(written) };
  const server = { issuer: whole(own) };
  const [finding] = judge(inputOf({ profile, server })).filter(({ path }) => path[0] === "authorizationServerUrl");
  expect(finding?.code).toBe("issuer-mismatch");
  expect(finding?.summary).not.toContain("port");
});

describe("A resource's own document that is wrong about its public address", () => {
  test.each([
    ["http://api.example/orders", "is plain http"],
    ["http://localhost:3000/orders", "is not public (a loopback host)"],
    ["https://orders-svc:3000/orders", "is not public (a name without a domain)"],
  ])("is not followed to %s", (inside, why) => {
    const { summary, fix, advice } = found({ resource: { resource: inside } }, "resource-mismatch");
    expect(summary).toContain(why);
    expect(fix).toContain(`Have the resource publish "${goodProfile.resource}"`);
    expect(advice?.profile).toBeUndefined();
    expect(advice?.document?.fields).toEqual({ resource: goodProfile.resource });
  });

  test("is not followed from the root either", () => {
    const situation = { resource: { resource: "http://api.example" }, resourceForm: "root" as const };
    expect(found(situation, "resource-mismatch").advice?.profile).toBeUndefined();
  });
});

describe("Plain http is not advised for an https issuer", () => {
  const accepted = { issuer, tokenEndpoint: `${issuer}/token`, authorizationEndpoint: `${issuer}/authorize` };

  test("as an origin to trust", () => {
    const server = { token_endpoint: "http://id.example/token" };
    const { fix, advice } = found({ server, rest: { accepted } }, "origin-moved");
    expect(advice).toBeUndefined();
    expect(fix).toContain("publish public https addresses");
    expect(fix).not.toContain("trustedOrigins");
  });

  test("nor does one that the profile trusts already stand in the way of another", () => {
    const server = { token_endpoint: "https://tokens.example/token" };
    const profile = { trustedOrigins: ["http://old.example"] };
    expect(found({ profile, server, rest: { accepted } }, "origin-moved").advice?.profile?.trustedOrigins).toEqual([
      "http://old.example",
      "https://tokens.example",
    ]);
  });

  test("and a private host is no better over https", () => {
    const server = { token_endpoint: "http://localhost:8080/token", jwks_uri: "http://id.example:8080/keys" };
    const { fix, expected, advice } = found({ server }, "endpoint-insecure");
    expect(`${fix} ${expected} ${JSON.stringify(advice)}`).not.toContain("https://localhost");
    expect(advice?.document?.fields).toEqual({ jwks_uri: `${issuer}/keys` });
  });
});

test("A client's document that cannot be read is not said to be about another client", () => {
  const clientId = "https://app.example/client.json";
  const client = { url: clientId, outcome: "timeout" as const };
  const { summary, fix } = found({ profile: { clientId }, client }, "client-id-document-unreadable");
  expect(summary).toContain("could not be read");
  expect(`${summary} ${fix}`).not.toMatch(/not about it|Publish/);
});
