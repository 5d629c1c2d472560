import { profileFields, storedFields } from "./fields/gateway";
import { snakeCase } from "./fields/names";
import { parseJson } from "./json/parse-json";
import { attachment, gatewayProfile, validateAttachment, validateConnection, validateGateway } from "./validate";

const good = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };
const unknown = Symbol("unknown");
const isUnknown = (value: unknown) => value === unknown;

test("the smallest gateway and the help page's gateway are taken", () => {
  expect(validateGateway(good)).toEqual([]);
  expect(
    validateGateway({
      ...good,
      clientId: "your-client-id",
      resource: "https://api.example.com",
      scopes: ["openid", "profile"],
    }),
  ).toEqual([]);
});

describe("a wrong value is a problem at its field", () => {
  test.each([
    [{ name: "" }, "name", /leave the field out/],
    [{ name: " x" }, "name", /white space/],
    [{ name: "a\u0007b" }, "name", /control characters/],
    [{ name: 3 }, "name", /must be a string/],
    [{ providerType: "" }, "providerType", /leave the field out/],
    [{ authorizationServerUrl: " " }, "authorizationServerUrl", /white space/],
    [{ providerType: "two words" }, "providerType", /one word/],
    [{ authorizationServerUrl: "http://auth.example.com" }, "authorizationServerUrl", /https/],
    [{ authorizationServerUrl: "https://auth.example.com?x" }, "authorizationServerUrl", /query/],
    [{ metadataUrl: "nowhere" }, "metadataUrl", /absolute URL/],
    [{ clientId: "" }, "clientId", /leave the field out/],
    [{ resource: "a b" }, "resource", /white space/],
    [{ scopes: [] }, "scopes", /leave the field out/],
    [{ scopes: ["openid", "a b"] }, "scopes.1", /RFC 6749/],
    [{ trustedOrigins: ["https://a.example/path"] }, "trustedOrigins.0", /origin/],
    [{ metadataCheck: "loud" }, "metadataCheck", /"error", "warn" or "off"/],
    [{ findings: { "issuer-differs": "quiet" } }, "findings.issuer-differs", /"off"/],
    [{ settings: { clientId: "x" } }, "settings", /the argument clientId is for/],
    [{ settings: { a: 1 }, settingsWo: { a: 2 }, settingsWoVersion: 1 }, "settingsWo", /holds too/],
    [{ settingsWo: { clientSecret: "s3cret" } }, "settingsWoVersion", /required/],
    [{ tokenEndpoint: "https://a.example/token" }, "authorizationEndpoint", /required/],
    [{ settingsWoVersion: 1.5 }, "settingsWoVersion", /whole number/],
  ])("%j", (wrong, path, message) => {
    const problems = validateGateway({ ...good, ...wrong });
    expect(problems.map((problem) => problem.path.join("."))).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).not.toContain("s3cret");
  });
});

test("required fields are named one by one", () => {
  expect(validateGateway({}).map((problem) => problem.path[0])).toEqual([
    "name",
    "providerType",
    "authorizationServerUrl",
  ]);
});

test("what is not known yet is left alone, alone or inside a list", () => {
  expect(
    validateGateway(
      {
        ...good,
        clientId: unknown,
        scopes: [unknown, "openid"],
        settings: unknown,
        tokenEndpoint: unknown,
        authorizationEndpoint: unknown,
      },
      { isUnknown },
    ),
  ).toEqual([]);
  expect(validateGateway({ ...good, tokenEndpoint: unknown }, { isUnknown })).toEqual([]);
  expect(validateGateway({ ...good, scopes: [unknown, "a b"] }, { isUnknown })).toHaveLength(1);
  expect(validateGateway({ ...good, findings: { "metadata-not-found": unknown } }, { isUnknown })).toEqual([]);
  expect(
    validateGateway({ ...good, findings: { "metadata-not-found": unknown, "par-required": "loud" } }, { isUnknown }),
  ).toMatchObject([{ path: ["findings", "par-required"] }]);
});

test("an attachment names a server and a gateway, each one path segment", () => {
  expect(validateAttachment({ serverId: "petalpal-api", gatewayId: "gw_1" })).toEqual([]);
  expect(
    validateAttachment({ serverId: "a/b", gatewayId: "gw 1", publicId: "/" }).map((problem) => problem.path[0]),
  ).toEqual(["serverId", "gatewayId", "publicId"]);
});

test("the API is not spoken to over plain http, except on this machine", () => {
  expect(validateConnection({ apiUrl: "http://api.example.com" })).toHaveLength(1);
  expect(validateConnection({ apiUrl: "http://127.0.0.1:8080" })).toEqual([]);
});

test("null and undefined both mean that a field is left out", () => {
  expect(gatewayProfile({ ...good, clientId: null, scopes: undefined })).toEqual(good);
  expect(attachment({ serverId: "a", gatewayId: "b", publicId: null })).toEqual({ serverId: "a", gatewayId: "b" });
});

const spellings = (name: string) => [
  name,
  snakeCase(name),
  snakeCase(name).toUpperCase(),
  snakeCase(name).replaceAll("_", "-"),
  snakeCase(name).replaceAll("_", " "),
  snakeCase(name).replaceAll("_", "."),
  name.charAt(0).toUpperCase() + name.slice(1),
  name.toLowerCase(),
];

describe.each(["settings", "settingsWo"] as const)("%s refuse, and name the argument for,", (field) => {
  test.each<[string, string]>([
    ...storedFields.flatMap((argument) =>
      [argument, ...(profileFields[argument].apiNames ?? [])].map((name): [string, string] => [name, argument]),
    ),
    ["trustedOrigins", "trustedOrigins"],
    ["settings", "settings"],
    ["issuer", "authorizationServerUrl"],
    ["tokenUrl", "tokenEndpoint"],
    ["loginUrl", "authorizationEndpoint"],
    ["audience", "resource"],
    ["scope", "scopes"],
  ])("%s, which is %s, in every spelling", (name, argument) => {
    for (const spelling of spellings(name)) {
      const problems = validateGateway({ ...good, [field]: { [spelling]: "x", mine: 1 }, settingsWoVersion: 1 });
      expect(problems).toEqual([
        {
          code: "known_setting",
          path: [field],
          message: `must not hold ${JSON.stringify(spelling)}, which the argument ${argument} is for`,
        },
      ]);
    }
  });
});

test.each([
  ["id", /the service alone/],
  ["organization_id", /the service alone/],
  ["jwks_uri", /where users sign in/],
])("settings refuse %s, which no argument is for", (name, message) => {
  expect(validateGateway({ ...good, settings: { [name]: "x" } })[0]?.message).toMatch(message);
});

test("a setting of null is as if it were left out, whatever its name", () => {
  expect(validateGateway({ ...good, settings: { clientId: null, mine: null } })).toEqual([]);
});

test("numbers that no double holds are settings as others are", () => {
  const settings = parseJson('{"quota":12345678901234567890,"deep":[{"n":0.12345678901234567890}]}');
  expect(validateGateway({ ...good, settings })).toEqual([]);
});
