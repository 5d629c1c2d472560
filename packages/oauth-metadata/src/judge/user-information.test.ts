import { type AcceptedMetadata, type GatewayProfile, validateGateway } from "@mcpstack/model";
import { discover } from "../discover";
import { parseChallenge } from "../discovery/challenge";
import { goodProfile, goodServer } from "../testing/cases";
import { mapReader } from "../testing/map-reader";
import { withoutUserInformation } from "../text/user-information";
import { acceptMetadata } from "../trust/accept-metadata";
import { liveMetadata } from "../trust/live-metadata";
import { judge } from "./judge";

const { issuer } = goodServer;
const metadata = `${issuer}/.well-known/openid-configuration`;
const resourceMetadata = "https://api.example/.well-known/oauth-protected-resource/orders";
const goodResource = { resource: goodProfile.resource, authorization_servers: [issuer] };
const hidden = (url: string) => url.replace("//", "//u:hushpw@");

async function everything(
  server: object,
  resource: object,
  changes: Partial<GatewayProfile> = {},
  accepted?: AcceptedMetadata,
) {
  const profile = { ...goodProfile, ...changes };
  const reader = mapReader({
    [metadata]: { ...goodServer, ...server },
    [resourceMetadata]: { ...goodResource, ...resource },
    [`${issuer}/keys`]: { keys: [{ kty: "EC" }] },
  });
  const discovered = await discover(reader, profile, { programUrls: [] });
  const live = liveMetadata(discovered, profile);
  const acceptance = acceptMetadata({ accepted, live, profile, trustedOrigins: [] });
  const findings = judge({ profile, discovered, accepted, trustedOrigins: [] });
  return { discovered, acceptance, findings };
}

describe("User information in a published URL reaches neither state nor report: in", () => {
  test.each<[string, object, object, string]>([
    ["the resource", {}, { resource: hidden(goodResource.resource ?? "") }, "resource-metadata-unusable"],
    [
      "the resource's servers",
      {},
      { authorization_servers: [hidden(issuer), "https://other.example"] },
      "issuer-not-among-authorization-servers",
    ],
    ["the issuer", { issuer: hidden(issuer) }, {}, "metadata-unusable"],
    [
      "the authorization endpoint",
      { authorization_endpoint: hidden(`${issuer}/authorize`) },
      {},
      "endpoint-user-information",
    ],
    ["the token endpoint", { token_endpoint: hidden(`${issuer}/token`) }, {}, "endpoint-user-information"],
    [
      "the registration endpoint",
      { registration_endpoint: hidden(`${issuer}/register`) },
      {},
      "endpoint-user-information",
    ],
    ["the key set", { jwks_uri: hidden(`${issuer}/keys`) }, {}, "endpoint-user-information"],
    [
      "the list of resources",
      { protected_resources: [hidden("https://api.example/orders"), "https://b.example"] },
      {},
      "resource-not-among-protected-resources",
    ],
    [
      "the resource's name",
      {},
      { resource_name: `see ${hidden("https://api.example/")}`, resource: 5 },
      "resource-metadata-unusable",
    ],
  ])("%s", async (_, server, resource, code) => {
    const all = await everything(server, resource);
    expect(all.findings.map((one) => one.code)).toContain(code);
    expect(JSON.stringify(all)).not.toMatch(/hushpw|u:/);
  });

  test("an endpoint is not used, is no missing one, and is advised without", async () => {
    const { acceptance, findings } = await everything({ token_endpoint: hidden(`${issuer}/token`) }, {});
    expect(acceptance.metadata).not.toHaveProperty("tokenEndpoint");
    expect(findings.map(({ code }) => code)).toEqual(["endpoint-user-information"]);
    expect(findings[0]?.advice?.document?.fields).toEqual({ token_endpoint: `${issuer}/token` });
  });
});

test("A value out of the API with user information is said to have it, and never looks equal to what is published", async () => {
  const { findings } = await everything({}, {}, { resource: hidden("https://api.example/orders") });
  expect(JSON.stringify(findings)).not.toContain("hushpw");
  expect(findings.find(({ code }) => code === "resource-mismatch")?.summary).toContain(
    '"https://api.example/orders" (with user information before its host), and the resource publishes "https://api.example/orders"',
  );
});

test("A challenge that names an address with user information names none", () => {
  expect(parseChallenge(`Bearer resource_metadata="${hidden(resourceMetadata)}"`)).toEqual({});
});

test.each([
  ["resource", "https://u:pw@api.example/mcp"],
  ["resource", "https://@api.example/mcp"],
  ["resource", "api://u:pw@app/x"],
  ["clientId", "https://u:pw@app.example/client.json"],
])("Validation refuses it in %s: %s", (field, value) => {
  const problems = validateGateway({ ...goodProfile, [field]: value });
  expect(problems).toMatchObject([{ path: [field], message: expect.stringContaining("user information") }]);
  expect(JSON.stringify(problems)).not.toContain("u:pw");
});

test.each([
  ["resource", "https://api.example/@me"],
  ["resource", "urn:example:user@host"],
  ["clientId", "client@example.com"],
])("Validation takes an @ elsewhere in %s: %s", (field, value) => {
  expect(validateGateway({ ...goodProfile, [field]: value })).toEqual([]);
});

test("A long hostile text costs no more than its length", () => {
  const text = "a.".repeat(200_000) + "http://x".repeat(50_000);
  expect(withoutUserInformation(text)).toBe(text);
});

describe("an endpoint that cannot be taken, where one was accepted, takes nothing else of its document along", () => {
  const moved = { jwks_uri: `${issuer}/keys2` };
  const before = async () => (await everything({}, {})).acceptance.metadata as AcceptedMetadata;

  test.each(["authorization_endpoint", "token_endpoint"])(
    "%s at a foreign host behind user information is refused",
    async (name) => {
      const accepted = await before();
      const server = { ...moved, [name]: "https://127.0.0.1%3A39287@evil.example.org/token" };
      const { acceptance, findings } = await everything(server, {}, {}, accepted);
      expect(acceptance).toMatchObject({ metadata: accepted, moved: [] });
      expect(findings.find(({ code }) => code === "origin-moved")).toMatchObject({
        severity: "error",
        summary: expect.stringMatching(/would move to "https:\/\/evil\.example\.org"/),
      });
      expect(JSON.stringify(findings)).not.toContain("39287");
    },
  );

  test.each<[string, unknown]>([
    ["user information before the issuer's own host", hidden(`${issuer}/token`)],
    ["no scheme", "//evil.example.org/token"],
    ["backslashes", "https:\\\\evil.example.org\\token"],
    ["a list", ["https://evil.example.org/token"]],
    ["a path alone", "/token"],
    ["nothing in it", ""],
    ["another scheme", "ftp://evil.example.org/token"],
  ])("with %s", async (_, value) => {
    const accepted = await before();
    const { acceptance, findings } = await everything({ ...moved, token_endpoint: value }, {}, {}, accepted);
    expect(acceptance).toMatchObject({ metadata: accepted, moved: [], refused: [] });
    expect(findings.find(({ code }) => code === "metadata-unusable")?.summary).toMatch(
      /token_endpoint\. What was accepted stays, and nothing else that it says is accepted meanwhile: jwksUri from/,
    );
  });

  test("an endpoint that is not there at all is gone, as before", async () => {
    const { acceptance } = await everything(
      { ...moved, registration_endpoint: undefined },
      {},
      {},
      {
        ...(await before()),
        registrationEndpoint: `${issuer}/register`,
      },
    );
    expect(acceptance.moved.map(({ field }) => field)).toEqual(["registrationEndpoint", "jwksUri"]);
  });

  test.each<[string, unknown]>([
    ["a text", "degraded"],
    ["an object", { code: 503 }],
  ])("nor does a document that has an error, %s, beside its fields: it cannot be read", async (_, error) => {
    const accepted = await before();
    const { acceptance, findings } = await everything({ ...moved, token_endpoint: undefined, error }, {}, {}, accepted);
    expect(acceptance).toMatchObject({ metadata: accepted, moved: [], refused: [] });
    expect(findings.map(({ code, summary }) => [code, summary.includes("has an error beside its fields")])).toEqual([
      ["metadata-unusable", true],
    ]);
  });

  test.each([null, "", false, { code: 0 }, "none", "OK"])("error: %j says nothing", async (error) => {
    const { acceptance } = await everything({ ...moved, error }, {}, {}, await before());
    expect(acceptance.moved.map(({ field }) => field)).toEqual(["jwksUri"]);
  });
});
