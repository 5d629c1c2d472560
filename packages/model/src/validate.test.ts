import { profileFields, storedFields } from "./fields/gateway";
import { snakeCase } from "./fields/names";
import { parseJson } from "./json/parse-json";
import {
  attachment,
  connectionConfig,
  gatewayProfile,
  validateAttachment,
  validateConnection,
  validateEdits,
  validateGateway,
  validateNewGateway,
} from "./validate";

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

describe("a value that no program may hold is a problem at its field, whatever there is", () => {
  test.each([
    [{ name: 3 }, "name", /must be a string/],
    [{ authorizationServerUrl: "https://me:s3cret@auth.example.com" }, "authorizationServerUrl", /user information/],
    [{ clientId: "https://me:s3cret@app.example.com" }, "clientId", /user information/],
    [{ resource: "https://me:s3cret@api.example.com" }, "resource", /user information/],
    [{ scopes: ["openid", ""] }, "scopes.1", /must not be empty$/],
    [{ trustedOrigins: ["https://a.example/path"] }, "trustedOrigins.0", /origin/],
    [{ metadataCheck: "loud" }, "metadataCheck", /"error", "warn" or "off"/],
    [{ findings: { "issuer-mismatch": "quiet" } }, "findings.issuer-mismatch", /"off"/],
    [{ settings: { clientId: "x" } }, "settings", /the argument clientId is for/],
    [{ settings: { a: 1 }, settingsWo: { a: 2 }, settingsWoVersion: 1 }, "settingsWo", /holds too/],
    [{ settingsWo: { clientSecret: "s3cret" } }, "settingsWoVersion", /required/],
    [{ settingsWoVersion: 1.5 }, "settingsWoVersion", /whole number/],
  ])("%j", (wrong, path, message) => {
    const problems = validateGateway({ ...good, ...wrong });
    expect(problems.map((problem) => problem.path.join("."))).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).not.toContain("s3cret");
  });
});

test.each([
  ["issuer_mismatch", "issuer-mismatch"],
  ["Issuer-Trailing-Slash", "issuer-trailing-slash"],
  ["metadata-unreachble", "metadata-unreachable"],
])("an unknown code of a finding is refused, and %s is near %s", (code, nearest) => {
  for (const validate of [(input: object) => validateGateway({ ...good, ...input }), validateConnection])
    expect(validate({ findings: { [code]: "off" } })).toEqual([
      {
        code: "invalid_value",
        path: ["findings", code],
        message: `is not the code of a finding: the nearest is "${nearest}" (docs/findings has all)`,
      },
    ]);
});

describe("a value that nobody should write is a problem where it is written anew, and none where it is so already", () => {
  test.each([
    [{ name: "" }, "name", /required and must not be empty/],
    [{ name: " x" }, "name", /white space/],
    [{ name: "a\u0007b" }, "name", /control characters/],
    [{ name: "two\nlines" }, "name", /control characters/],
    [{ description: "a\u0007b" }, "description", /control characters other than/],
    [{ providerType: "" }, "providerType", /required and must not be empty/],
    [{ providerType: "two words" }, "providerType", /one word/],
    [{ authorizationServerUrl: "" }, "authorizationServerUrl", /required and must not be empty/],
    [{ authorizationServerUrl: " " }, "authorizationServerUrl", /white space/],
    [{ authorizationServerUrl: "auth.example.com" }, "authorizationServerUrl", /absolute URL/],
    [{ authorizationServerUrl: "http://auth.example.com" }, "authorizationServerUrl", /https/],
    [{ authorizationServerUrl: "https://auth.example.com?x" }, "authorizationServerUrl", /query/],
    [{ authorizationServerUrl: "https://auth.example.com/#x" }, "authorizationServerUrl", /fragment/],
    [{ metadataUrl: "nowhere" }, "metadataUrl", /absolute URL/],
    [{ clientId: " x" }, "clientId", /white space/],
    [{ resource: "a b" }, "resource", /white space/],
    [{ scopes: ["openid", "a b"] }, "scopes.1", /RFC 6749/],
    [{ scopes: ['say"hi"'] }, "scopes.0", /RFC 6749/],
    [{ tokenEndpoint: "https://a.example/token" }, "authorizationEndpoint", /required/],
  ])("%j", (unwise, path, message) => {
    const input = { ...good, ...unwise };
    expect(validateGateway(input)).toEqual([]);
    const problems = validateEdits(input, [good]);
    expect(problems.map((problem) => problem.path.join("."))).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
    expect(validateEdits(input)).toEqual(problems);
    expect(validateNewGateway(input)).toEqual(problems);
    expect(validateEdits(input, [input])).toEqual([]);
    expect(validateEdits(input, [good, input])).toEqual([]);
  });

  test("of a set, each element by itself", () => {
    const held = { ...good, scopes: ['a"b', "c\\d"] };
    expect(validateEdits({ ...good, scopes: ["openid", "c\\d", "e f"] }, [held])).toMatchObject([
      { path: ["scopes", 2] },
    ]);
  });

  test("the value of one field is none of another's", () => {
    const held = { ...good, metadataUrl: "nowhere" };
    expect(
      validateEdits({ ...good, tokenEndpoint: "nowhere", authorizationEndpoint: "https://a.example" }, [held]),
    ).toMatchObject([{ path: ["tokenEndpoint"] }]);
  });

  test("what is refused always is said once", () => {
    expect(validateNewGateway({ ...good, clientId: "https://me:s3cret@app.example.com", name: 3 })).toHaveLength(2);
  });
});

test("no problem with a required field says to leave it out", () => {
  const problems = [
    ...validateNewGateway({ name: "", providerType: "", authorizationServerUrl: "" }),
    ...validateAttachment({ serverId: "", gatewayId: "" }),
  ];
  expect(problems.map(({ path }) => path[0])).toEqual([
    "name",
    "providerType",
    "authorizationServerUrl",
    "serverId",
    "gatewayId",
  ]);
  for (const { message } of problems) expect(message).toBe("is required and must not be empty");
});

test("several lines, tabs and a last line break are a description", () => {
  expect(validateNewGateway({ ...good, description: "For support:\n\tread tickets\r\n" })).toEqual([]);
});

test("an empty value of an optional field is as if it were left out", () => {
  const empty = {
    description: "",
    metadataUrl: "",
    authorizationEndpoint: "",
    tokenEndpoint: "",
    registrationEndpoint: "",
    clientId: "",
    resource: "",
    scopes: [],
    trustedOrigins: [],
    metadataCheck: "",
    findings: {},
  };
  expect(validateNewGateway({ ...good, ...empty })).toEqual([]);
  expect(gatewayProfile({ ...good, ...empty })).toEqual(good);
  expect(validateAttachment({ serverId: "a", gatewayId: "b", publicId: "" })).toEqual([]);
  expect(attachment({ serverId: "a", gatewayId: "b", publicId: "" })).toEqual({ serverId: "a", gatewayId: "b" });
  const connection = { apiUrl: "", organization: "", accessToken: "", apiKey: "", caFile: "", trustedOrigins: [] };
  expect(validateConnection(connection)).toEqual([]);
  expect(connectionConfig(connection)).toEqual({});
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
  expect(validateEdits({ ...good, scopes: [unknown, "a b"] }, [], { isUnknown })).toHaveLength(1);
  expect(validateEdits({ ...good, tokenEndpoint: unknown, name: unknown }, [], { isUnknown })).toEqual([]);
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

test("an object without entries is as if it were left out, and needs no version", () => {
  expect(validateGateway({ ...good, settings: {}, settingsWo: {}, findings: {} })).toEqual([]);
  expect(gatewayProfile({ ...good, settings: {}, settingsWo: {}, findings: {} })).toEqual(gatewayProfile(good));
});
