import { snakeCase } from "@mcpstack/model";
import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { inputOf, reviewScenario, today } from "../testing/review-scenario";
import { type Program, type Scenario, supportGateway, UNKNOWN } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";
import { parsePolicy } from "./parse-policy";
import { matchesPattern, noStops, urlStops } from "./pattern";
import type { Policy } from "./schema";

const support: Program = { gateways: { support: supportGateway } };
const to = (changed: object, provider?: object): Scenario => ({
  before: { ...support, provider: { organization: "o" } },
  after: { gateways: { support: { ...supportGateway, ...changed } }, provider: { organization: "o", ...provider } },
});
const review = (policy: Policy, scenario: Scenario, more = {}) =>
  reviewScenario(scenario, "terraform", { policy: { policy, file: "mcpstack-review.yaml" }, ...more });
const told = async (policy: Policy, scenario: Scenario, more = {}) =>
  (await review(policy, scenario, more)).findings.map(
    ({ code, severity, fields }) => `${severity} ${code} ${fields.join()}`,
  );

describe("parsing", () => {
  test.each([
    ["an unknown key", "version: 1\nseverty: {}\n", "p.yaml:2:10: severty is not a key that belongs here"],
    [
      "a severity that is none",
      "version: 1\nseverity:\n  client-changed: loud\n",
      'p.yaml:3:19: severity.client-changed must be "error", "warn", "info" or "off"',
    ],
    [
      "an exception without a reason",
      "version: 1\nexceptions:\n  - code: a\n    address: b\n    until: 2026-01-01\n",
      "p.yaml:3:5: exceptions.0.reason must say why",
    ],
    [
      "a date that is none",
      'version: 1\nexceptions:\n  - {code: a, address: b, reason: "long enough", until: 2026-13-45}\n',
      "p.yaml:3:57: exceptions.0.until must be a date of the calendar",
    ],
    ["another version", "version: 2\n", "p.yaml:1:10: version must be 1"],
    ["broken YAML", "version: 1\n  default: [\n", "p.yaml:1:10: Nested mappings are not allowed in compact mappings\n"],
    ["a key given twice", "version: 1\nversion: 1\n", "p.yaml:2:1"],
    ["an empty file", "", "p.yaml:1:1: the policy"],
    [
      "a severity of a code that no finding has",
      "version: 1\nseverity:\n  scope-added: warn\n  authorisation-server-new: error\n",
      'p.yaml:4:29: severity.authorisation-server-new must be the code of a finding, and none is called "authorisation-server-new"; the nearest is authorization-server-new (codes.md and docs/findings list them)',
    ],
    [
      "an exception for a code that no finding has",
      'version: 1\nexceptions:\n  - code: atachment-moved\n    address: "*"\n    reason: long enough\n    until: 2026-12-31\n',
      'p.yaml:3:11: exceptions.0.code must be the code of a finding, and none is called "atachment-moved"; the nearest is attachment-moved',
    ],
    [
      "a demand on a finding that is none of metadata",
      "version: 1\nenvironments:\n  eu:\n    findings:\n      scope-added: error\n",
      'p.yaml:5:20: environments.eu.findings.scope-added must be the code of a finding, and none is called "scope-added" (docs/findings lists them)',
    ],
    [
      "a pattern that begins with a star and has no quotes",
      "version: 1\ndefault:\n  scopes:\n    - openid\n    - *:read\n",
      'p.yaml:5:7: *:read without quotes is an alias in YAML, and no anchor has its name: write "*:read"',
    ],
    [
      "a star without quotes",
      "version: 1\ndefault:\n  clients: [*]\n",
      'p.yaml:3:13: * without quotes is an alias in YAML, and no anchor has its name: write "*"',
    ],
    [
      "an issuer without its scheme",
      "version: 1\ndefault:\n  issuers:\n    - auth.petalpal.com\n",
      'p.yaml:4:7: default.issuers.0 must begin with a scheme: write "https://auth.petalpal.com"',
    ],
    [
      "an address of the API without its scheme, and a port",
      "version: 1\ndefault: { api_urls: ['api.petalpal.com:8443'] }\n",
      'p.yaml:2:23: default.api_urls.0 must begin with a scheme: write "https://api.petalpal.com:8443"',
    ],
    [
      "an origin of a star alone",
      'version: 1\ndefault: { trusted_origins: ["*.petalpal.com"] }\n',
      'p.yaml:2:30: default.trusted_origins.0 must begin with a scheme: write "https://*.petalpal.com"',
    ],
    [
      "a bomb of aliases",
      `version: 1\na: &a [x,x,x,x,x,x,x,x]\n${"bcdefgh"
        .split("")
        .map((c, i) => `${c}: &${c} [${`*${"abcdefgh"[i]},`.repeat(8)}]`)
        .join("\n")}\n`,
      "p.yaml:1:1",
    ],
  ])("%s is refused with line and column", (_, text, message) => {
    expect(() => parsePolicy(text, "p.yaml")).toThrow(
      expect.objectContaining({ code: "policy-invalid", message: expect.stringContaining(message) }),
    );
  });

  test("each star without quotes is named, and aliases and patterns with a scheme are read", () => {
    const text = (scopes: string) =>
      `version: 1\ndefault:\n  issuers: &own ["https://*.petalpal.com", "*://a.b/"]\n${scopes}`;
    expect(() => parsePolicy(text("  scopes: [*:read, *:write]\n"), "p.yaml")).toThrow(/4:12: .*\np\.yaml:4:20: /);
    const read = parsePolicy(text("environments: { eu: { issuers: *own } }\n"), "p.yaml");
    expect(read.environments?.eu?.issuers).toEqual(["https://*.petalpal.com", "*://a.b/"]);
  });

  test("codes of the review and of metadata are known", () => {
    const text = (code: string) => `version: 1\nseverity: { ${code}: warn, scope-added: warn }\n`;
    expect(parsePolicy(text("issuer-mismatch"), "p.yaml").severity).toHaveProperty("issuer-mismatch");
    expect(() => parsePolicy(text("no-such-code"), "p.yaml")).toThrow(/no-such-code/);
  });

  test("everything that is wrong is said at once", () => {
    expect(() => parsePolicy("version: 2\nx: 1\n", "p.yaml")).toThrow(/p\.yaml:1:10: .*\np\.yaml:2:4: /);
  });

  test.each([
    ["", "p.yaml:1:1: the policy must not be empty: write `version: 1`, and below it what is to hold"],
    ["# version: 1\n", "p.yaml:1:1: the policy must not be empty: write `version: 1`, and below it what is to hold"],
    ["---\n", "the policy must not be empty: write `version: 1`, and below it what is to hold"],
    ["- version: 1\n", "p.yaml:1:1: the policy must be keys with values: begin with `version: 1`"],
    [
      "version: 1\n---\nversion: 1\n",
      "p.yaml:2:1: here begins a second YAML document: write one alone, without a line `---` below its beginning",
    ],
  ])("that is empty, no mapping or two documents says what to write: %j", (text, message) => {
    expect(() => parsePolicy(text, "p.yaml")).toThrow(
      expect.objectContaining({ code: "policy-invalid", message: expect.stringContaining(message) }),
    );
  });
});

test.each([
  ["https://*.example.com/", "https://a.example.com/", true],
  ["https://*.example.com/", "https://a.b.example.com/", true],
  ["https://*.example.com/", "https://evil.example/?.example.com/", false],
  ["https://*.example.com/", "https://evil.example#.example.com/", false],
  ["https://*.example.com/", "https://x@evil.example.com/", false],
  ["https://login.microsoftonline.com/*/v2.0", "https://login.microsoftonline.com/a/b/v2.0", false],
  ["*:read", "orders:read", true],
  ["*:read", "orders:readwrite", false],
  ["a*b*c", "aXbXbXc", true],
  ["*", "", true],
  ["a.c", "abc", false],
])("the pattern %s and the text %s match: %p", (pattern, text, matches) => {
  expect(matchesPattern(pattern, text, urlStops)).toBe(matches);
});

test("a pattern of many stars takes no time on a long text", () => {
  expect(matchesPattern(`${"*a".repeat(50)}b`, "a".repeat(5000), noStops)).toBe(false);
});

describe("limits", () => {
  const limits: Policy = {
    version: 1,
    default: {
      issuers: ["https://petalpal.eu.auth0.com"],
      audiences: ["https://*.petalpal.com"],
      scopes: ["openid", "profile", "*:read"],
      metadata_check: "warn",
    },
    environments: { staging: { issuers: ["https://login.*.petalpal.example/", "https://login.example/"] } },
  };

  test("a client and a resource that were never named are no finding, and those that are taken out are", async () => {
    const policy: Policy = { version: 1, default: { audiences: ["https://*"], clients: ["*"] } };
    const { clientId: _, resource: __, ...bare } = supportGateway;
    const gateway = (values: object): Program => ({ gateways: { support: { ...supportGateway, ...values } } });
    const without = (values: object): Program => ({ gateways: { support: { ...bare, ...values } } });
    const refused = async (scenario: Scenario) =>
      (await told(policy, scenario)).filter((finding) => finding.includes("-not-allowed"));
    expect(await refused({ before: without({}), after: without({ description: "x" }) })).toEqual([]);
    expect(await refused({ after: without({}) })).toEqual([]);
    expect(await refused({ before: gateway({}), after: without({}) })).toEqual([
      "error audience-not-allowed resource",
      "error client-not-allowed client_id",
    ]);
    // By another gateway, too.
    const gateways = { support: supportGateway, bare: { ...bare, name: "Bare" } };
    const at = (name: string): Program => ({ gateways, attachments: { api: { serverId: "api", gateway: name } } });
    expect((await refused({ before: at("support"), after: at("bare") })).sort()).toEqual([
      "error audience-not-allowed resource",
      "error client-not-allowed client_id",
    ]);
  });

  test("a profile within them is no finding", async () => {
    expect(await told(limits, to({ description: "x" }))).toEqual([]);
  });

  test.each<[string, Scenario, string]>([
    [
      "an issuer",
      to({ authorizationServerUrl: "https://login.other.example/" }),
      "error issuer-not-allowed authorization_server_url",
    ],
    [
      "an issuer that is not known",
      to({ authorizationServerUrl: UNKNOWN }),
      "error issuer-not-allowed authorization_server_url",
    ],
    [
      "a token endpoint elsewhere",
      to({ authorizationEndpoint: "https://petalpal.eu.auth0.com/a", tokenEndpoint: "https://evil.example/t" }),
      "error issuer-not-allowed token_endpoint",
    ],
    ["a resource", to({ resource: "https://api.other.example" }), "error audience-not-allowed resource"],
    ["a resource that is taken out", to({ resource: undefined }), "error audience-not-allowed resource"],
    ["a resource that is not known", to({ resource: UNKNOWN }), "error audience-not-allowed resource"],
    ["a scope", to({ scopes: ["openid", "orders:write"] }), "error scope-not-allowed scopes"],
    [
      "a scope that holds another, parted by a comma",
      to({ scopes: ["openid", "admin,x:read"] }),
      "error scope-not-allowed scopes",
    ],
    [
      "a scope that holds another, parted by a space",
      to({ scopes: ["admin x:read"] }),
      "error scope-not-allowed scopes",
    ],
    ["a scope of nothing", to({ scopes: ["openid", ","] }), "error scope-not-allowed scopes"],
    ["scopes that are not known", to({ scopes: UNKNOWN }), "error scope-not-allowed scopes"],
    ["the gateway's metadata check", to({ metadataCheck: "off" }), "error metadata-check-required metadata_check"],
    [
      "the provider's metadata check",
      to({ description: "x" }, { metadataCheck: "off" }),
      "error metadata-check-required metadata_check",
    ],
  ])("%s beyond them is a finding", async (_, scenario, expected) => {
    expect(await told(limits, scenario)).toContain(expected);
  });

  test("a scope that holds several is allowed where each of them is, or where the list writes it so", async () => {
    const exact: Policy = { version: 1, default: { scopes: ["a b", "openid"] } };
    expect(await told(limits, to({ scopes: ["openid,a:read"] }))).not.toContainEqual(expect.stringContaining("error"));
    expect(await told(exact, to({ scopes: ["a b"] }))).not.toContainEqual(expect.stringContaining("error"));
  });

  test("an origin that the policy names may hold endpoints", async () => {
    const policy: Policy = {
      version: 1,
      default: { issuers: ["https://petalpal.eu.auth0.com/"], endpoint_origins: ["https://token.petalpal.com"] },
    };
    const scenario = to({
      authorizationEndpoint: "https://petalpal.eu.auth0.com/a",
      tokenEndpoint: "https://token.petalpal.com/t",
    });
    expect(await told(policy, scenario)).toEqual(["warn discovery-replaced authorization_endpoint,token_endpoint"]);
  });

  test("an environment's own list takes the place of the default one, and an allowed issuer is a known one", async () => {
    const scenario = to({ authorizationServerUrl: "https://login.example/", clientId: "new" });
    expect(await told(limits, scenario, { environment: "staging" })).toEqual([
      "warn authorization-server-changed authorization_server_url",
      "warn client-changed client_id",
    ]);
  });

  test("an environment that the policy does not have is refused", async () => {
    await expect(review(limits, to({}), { environment: "prod" })).rejects.toThrow(
      'no environment "prod"; it has staging',
    );
  });

  test("gateways that the plan leaves alone are not judged", async () => {
    const other = { ...supportGateway, authorizationServerUrl: "https://elsewhere.example/" };
    const scenario = { before: { gateways: { other } }, after: { gateways: { other } } };
    expect(await told(limits, scenario)).toEqual([]);
  });
});

describe("severities and exceptions", () => {
  const change = to({ clientId: "new" });
  const excuse = (until: string, more = {}): Policy => ({
    version: 1,
    exceptions: [
      { code: "client-changed", address: "mcpstack_gateway.*", reason: "Announced to the users", until, ...more },
    ],
  });

  test.each([
    ["error", ["error client-changed client_id"]],
    ["info", ["info client-changed client_id"]],
    ["off", []],
  ] as const)("a code that counts as %s", async (severity, expected) => {
    expect(await told({ version: 1, severity: { "client-changed": severity } }, change)).toEqual(expected);
  });

  test.each([["2026-11-24"], ["2027-01-01"]])(
    "an exception that holds until %s excuses, with its reason",
    async (until) => {
      const result = await review(excuse(until), change);
      expect(result.findings).toEqual([]);
      expect(result.excused).toMatchObject([
        { finding: { code: "client-changed" }, reason: "Announced to the users", until },
      ]);
      expect(result.summary).toMatchObject({ warn: 0, excused: 1 });
    },
  );

  test("an exception that ended yesterday excuses nothing and is a finding itself", async () => {
    expect(await told(excuse("2026-11-23"), change)).toEqual([
      "warn exception-expired ",
      "warn client-changed client_id",
    ]);
  });

  test("an exception for one value does not excuse another", async () => {
    expect(await told(excuse("2027-01-01", { after: "new" }), change)).toEqual([]);
    expect(await told(excuse("2027-01-01", { after: "old" }), change)).toEqual(["warn client-changed client_id"]);
  });

  test("an exception for another address, or an expired one that fits nothing, does nothing", async () => {
    expect(await told(excuse("2020-01-01", { address: "module.x.*" }), change)).toEqual([
      "warn client-changed client_id",
    ]);
  });
});

describe("a policy that the change itself touches", () => {
  test("is a finding, and the base's holds", async () => {
    const base: Policy = { version: 1, default: { scopes: ["openid", "profile", "orders:read"] } };
    const head: Policy = {
      version: 1,
      default: { scopes: ["*"] },
      exceptions: [{ code: "scope-not-allowed", address: "*", reason: "I say so myself", until: "2099-01-01" }],
    };
    expect(await told(head, to({ scopes: ["openid", "orders:write"] }), { basePolicy: base })).toEqual([
      "error scope-not-allowed scopes",
      "warn policy-changed default.scopes",
      "warn policy-changed exceptions.scope-not-allowed at *",
      "warn scope-added-write scopes",
      "info scope-removed scopes",
    ]);
  });

  test("is a finding where the change removes it", async () => {
    const base: Policy = { version: 1, severity: { "scope-added": "warn" } };
    const { findings } = await reviewScenario(to({}), "terraform", { basePolicy: base });
    expect(findings).toMatchObject([{ code: "policy-changed", address: "mcpstack-review.yaml", before: '"warn"' }]);
  });

  test("is no finding where nothing in it changed", async () => {
    const policy: Policy = { version: 1, severity: { "scope-added": "warn" } };
    expect(await told(policy, to({ description: "x" }), { basePolicy: policy })).toEqual([]);
  });
});

describe("trust settings", () => {
  const note = "info ca-file-not-compared ca_file";
  const provider = (settings: object): Scenario => ({
    before: { ...support, provider: { organization: "org_a", ...settings } },
    after: { ...support, provider: { organization: "org_a", ...settings } },
  });
  const demand = (environment: Policy["default"]): Policy => ({ version: 1, default: environment });

  // No gateway is touched in any of these.
  test.each<[string, Policy["default"], object, string]>([
    [
      "trusted origins",
      { trusted_origins: ["https://*.petalpal.com"] },
      { trustedOrigins: ["https://login.other.example"] },
      "error trust-not-allowed trusted_origins",
    ],
    [
      "any trusted origin",
      { trusted_origins: [] },
      { trustedOrigins: ["https://login.petalpal.com"] },
      "error trust-not-allowed trusted_origins",
    ],
    [
      "an API",
      { api_urls: ["https://api.petalpal.com"] },
      { apiUrl: "https://api.other.example" },
      "error trust-not-allowed api_url",
    ],
    ["an organization", { organizations: ["org_b"] }, {}, "error trust-not-allowed organization"],
    ["a file of authorities", { ca_files: [] }, { caFile: "./ca.pem" }, "error trust-not-allowed ca_file"],
    [
      "metadata over http",
      { insecure_metadata: false },
      { allowInsecureMetadata: true },
      "error trust-not-allowed allow_insecure_metadata",
    ],
    [
      "a check that is off",
      { metadata_check: "warn" },
      { metadataCheck: "off" },
      "error metadata-check-required metadata_check",
    ],
    [
      "a finding that is lowered",
      { findings: { "issuer-mismatch": "error" } },
      { findings: { "issuer-mismatch": "warn" } },
      "error trust-not-allowed findings",
    ],
  ])("%s can be forbidden", async (_, environment, settings, expected) => {
    expect((await told(demand(environment), provider(settings))).filter((one) => one !== note)).toEqual([expected]);
  });

  test.each<[string, Policy["default"], object]>([
    [
      "trusted origins",
      { trusted_origins: ["https://*.petalpal.com"] },
      { trustedOrigins: ["https://login.petalpal.com"] },
    ],
    ["an API, with its slash", { api_urls: ["https://api.petalpal.com"] }, { apiUrl: "https://api.petalpal.com/" }],
    ["an organization", { organizations: ["org_a", "org_petalpal"] }, {}],
    ["a louder finding", { findings: { "issuer-mismatch": "warn" } }, { findings: { "issuer-mismatch": "error" } }],
  ])("%s can be allowed", async (_, environment, settings) => {
    expect(await told(demand(environment), provider(settings))).toEqual([]);
  });

  test("a file can be allowed by its name, and the note stays that its content is not compared", async () => {
    const environment = { ca_files: ["./certificates/*.pem"] };
    expect(await told(demand(environment), provider({ caFile: "./certificates/a.pem" }))).toEqual([note]);
  });

  test("a client can be forbidden", async () => {
    expect(await told(demand({ clients: ["support-*"] }), to({ clientId: "other" }))).toContain(
      "error client-not-allowed client_id",
    );
    expect(await told(demand({ clients: ["support-*"] }), to({ clientId: "support-2" }))).toEqual([
      "warn client-changed client_id",
    ]);
  });

  test.each(["tokenEndpoint", "metadataUrl"])("a %s that is not known is not allowed", async (field) => {
    expect(
      await told(demand({ issuers: ["https://petalpal.eu.auth0.com"] }), to({ [field]: UNKNOWN, description: "x" })),
    ).toContain(`error issuer-not-allowed ${snakeCase(field)}`);
  });
});

describe("a route to what the policy allows", () => {
  const elsewhere = { authorizationServerUrl: "https://login.other.example/", clientId: "other" };
  const policy: Policy = { version: 1, default: { issuers: ["https://*.auth0.com", "https://login.other.example"] } };
  const attachments = { api: { serverId: "api", gateway: "support" } };

  test("is no error, by an edit or by another gateway", async () => {
    expect(await told(policy, to(elsewhere))).not.toContainEqual(expect.stringContaining("error"));
    const gateways = { ...support.gateways, other: { ...supportGateway, ...elsewhere } };
    const moved: Scenario = {
      before: { gateways, attachments },
      after: { gateways, attachments: { api: { serverId: "api", gateway: "other" } } },
    };
    expect(await told(policy, moved)).toEqual([
      "warn policy-too-wide default.issuers",
      "warn attachment-moved gateway_id",
      "warn client-changed client_id",
    ]);
    expect(await told({ version: 1 }, moved)).toContain("error sign-in-moved gateway_id");
  });
});

test.each([
  ["https://login.microsoftonline.com/*/v2.0", true],
  ["https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0", false],
  ["https://login.microsoftonline.com/*", true],
  ["https://*.auth0.com/", true],
  ["https://petalpal*.auth0.com/", false],
  ["https://*.eu.auth0.com/", true],
  ["https://*.okta.com", true],
  ["https://petalpal.okta.com/oauth2/*", false],
  ["https://*", true],
  ["https://*.petalpal.com", false],
  ["https://*.petalpal.com/", false],
  ["https://*petalpal.com", true],
  ["https://login*.petalpal.com", false],
  ["https://login.petalpal.com*", true],
  ["https://login.petalpal.*", true],
  ["https://login.*.com/oauth2", true],
  ["https://*.co.uk", true],
  ["https://*.petalpal.co.uk", false],
  ["https://*.petalpal.co.uk:8443", false],
  ["https://*.co.uk:8443", true],
  ["https://login.petalpal.com:*", false],
  ["https://login.petalpal.com/*", false],
  ["https://*.internal", false],
  ["https://*.vercel.app", true],
  ["https://petalpal-*.vercel.app", true],
  ["https://*.petalpal.vercel.app", false],
  ...[
    ...["pages.dev", "workers.dev", "web.app", "firebaseapp.com", "azurewebsites.net", "onrender.com", "netlify.app"],
    ...[
      "herokuapp.com",
      "ngrok.io",
      "ngrok.app",
      "ngrok-free.app",
      "github.io",
      "cloudfront.net",
      "fly.dev",
      "run.app",
    ],
    ...[
      "azurestaticapps.net",
      "deno.dev",
      "surge.sh",
      "trycloudflare.com",
      "supabase.co",
      "up.railway.app",
      "glitch.me",
    ],
    ...["auth.eu-west-1.amazoncognito.com", "amazoncognito.com", "amazonaws.com", "on.aws", "loca.lt", "zitadel.cloud"],
  ].map((host): [string, boolean] => [`https://*.${host}`, true]),
])("the pattern %s allows owners who have nothing to do with each other: %p", async (pattern, isWide) => {
  const policy: Policy = { version: 1, environments: { other: { issuers: [pattern] } } };
  const codes = await told(policy, { before: support, after: support });
  expect(codes).toEqual(isWide ? ["warn policy-too-wide environments.other.issuers"] : []);
});

test.each([
  "https://login.windows.net",
  "https://login.microsoft.com",
  "https://login.chinacloudapi.cn",
  "https://sts.windows.net",
])("the origin %s is every tenant's", async (origin) => {
  const policy: Policy = { version: 1, default: { endpoint_origins: [origin] } };
  expect(await told(policy, { before: support, after: support })).toEqual([
    "warn policy-too-wide default.endpoint_origins",
  ]);
});

test("an address of the API that anybody may have is too wide", async () => {
  const policy: Policy = { version: 1, default: { api_urls: ["https://*.vercel.app", "https://*.petalpal.com"] } };
  expect(await told(policy, { before: support, after: support })).toEqual(["warn policy-too-wide default.api_urls"]);
});

test.each([
  "https://idp.petalpal.com/realms/..",
  "https://idp.petalpal.com/realms/%2e%2e",
  "https://idp.petalpal.com/realms/..%2fevil",
  "https://idp.petalpal.com/realms/a%2f..%2fevil",
  "https://IDP.petalpal.com/realms/a",
  "https://idp.petalpal.com/realms/a@b/../c",
])("a pattern allows no URL that leads elsewhere than its text says: %s", async (authorizationServerUrl) => {
  const policy: Policy = {
    version: 1,
    default: { issuers: ["https://idp.petalpal.com/realms/*", "https://IDP.petalpal.com/realms/*"] },
  };
  expect(await told(policy, to({ authorizationServerUrl, clientId: "x" }))).toContain(
    "error issuer-not-allowed authorization_server_url",
  );
});

test("an exception holds for what was at its address, not for what is moved there", async () => {
  const excused = (address: string): Policy => ({
    version: 1,
    exceptions: [{ code: "authorization-server-new", address, reason: "agreed with its owner", until: "2027-01-01" }],
  });
  const plan = terraformPlan(to({ authorizationServerUrl: "https://login.other.example/" })) as Loose;
  const codes = async (policy: Policy) => {
    const options = { now: today, policy: { policy, file: "p.yaml" } };
    return (await reviewPlan(inputOf(plan), options)).findings.map(({ code }) => code);
  };
  expect(await codes(excused("mcpstack_gateway.support"))).not.toContain("authorization-server-new");
  plan.resource_changes[0].previous_address = "mcpstack_gateway.innocent";
  expect(await codes(excused("mcpstack_gateway.support"))).toContain("authorization-server-new");
  expect(await codes(excused("mcpstack_gateway.innocent"))).not.toContain("authorization-server-new");
});
