import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { closing, codesOf, driftReport, mcpstackIac, temporaryFile } from "./command-line";

/** A gateway as a Terraform state holds it, with the metadata that an apply accepted. */
function attributes(issuer: TableIssuer, changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "gtw_1",
    name: "Plants",
    provider_type: "manual",
    authorization_server_url: issuer.url,
    client_id: "mcpstack-gateway",
    scopes: ["openid"],
    metadata_url: null,
    trusted_origins: [],
    settings: "{}",
    metadata: {
      issuer: issuer.url,
      authorization_endpoint: `${issuer.url}/authorize`,
      token_endpoint: `${issuer.url}/token`,
      registration_endpoint: `${issuer.url}/register`,
      jwks_uri: `${issuer.url}/jwks`,
      code_challenge_methods: ["S256"],
      resource: null,
    },
    ...changed,
  };
}

const stateFile = (values: Record<string, unknown>) => ({
  version: 4,
  terraform_version: "1.11.0",
  resources: [
    {
      mode: "managed",
      module: "module.auth",
      type: "mcpstack_gateway",
      name: "plants",
      instances: [{ index_key: "eu", attributes: values }],
    },
    { mode: "data", type: "mcpstack_gateway", name: "other", instances: [{ attributes: values }] },
    { mode: "managed", type: "random_id", name: "x", instances: [{ attributes: { id: "1" } }] },
  ],
});

const shownState = (values: Record<string, unknown>) => ({
  format_version: "1.0",
  values: {
    root_module: {
      child_modules: [
        {
          address: "module.auth",
          resources: [
            { address: 'module.auth.mcpstack_gateway.plants["eu"]', mode: "managed", type: "mcpstack_gateway", values },
          ],
        },
      ],
    },
  },
});

const camel = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? camel(value as Record<string, unknown>)
        : value,
    ]),
  );

const urn = "urn:pulumi:prod::plants::pulumi-nodejs:dynamic/mcpstack:Gateway::plants";
const stackExport = (values: Record<string, unknown>) => ({
  version: 3,
  deployment: {
    resources: [
      { urn: "urn:pulumi:prod::plants::pulumi:pulumi:Stack::plants-prod", type: "pulumi:pulumi:Stack" },
      {
        urn,
        type: "pulumi-nodejs:dynamic/mcpstack:Gateway",
        id: "gtw_1",
        inputs: { __provider: "exports.handler = …" },
        outputs: {
          ...camel(values),
          description: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" },
        },
      },
    ],
  },
});

const address = 'module.auth.mcpstack_gateway.plants["eu"]';
const sources = [
  { name: "a Terraform state file", flag: "--state", file: stateFile, address },
  { name: "a shown Terraform state", flag: "--state", file: shownState, address },
  { name: "a Pulumi stack export", flag: "--pulumi", file: stackExport, address: urn },
] as const;

describe.each(sources)("$name", ({ flag, file, address: named }) => {
  test("in order has no finding", async () => {
    const issuer = closing(await startTableIssuer());
    const path = temporaryFile("input.json", JSON.stringify(file(attributes(issuer))));
    const { code, report } = await driftReport([flag, path]);
    expect([report.findings, report.unchecked, report.checked.gateways, code]).toEqual([[], [], 1, 0]);
  });

  test("an issuer that moved within its origin is a warning, one that moved to another origin an error", async () => {
    const issuer = closing(await startTableIssuer());
    const other = closing(await startTableIssuer());
    const text = JSON.stringify(file(attributes(issuer)));
    issuer.setMetadata({ token_endpoint: `${issuer.url}/v2/token` });
    const moved = await driftReport([flag, "-"], { stdin: text });
    expect(moved.report.findings.map(({ code, severity }) => [code, severity])).toEqual([["metadata-moved", "warn"]]);
    issuer.setMetadata({ token_endpoint: `${other.url}/token` });
    const away = await driftReport([flag, "-"], { stdin: text });
    expect(away.report.findings.map(({ code, severity }) => [code, severity])).toEqual([["origin-moved", "error"]]);
    expect(away.report.findings[0]?.subjects[0]?.address).toBe(named);
    const trusted = await driftReport([flag, "-", "--trusted-origin", other.origin], { stdin: text });
    expect(codesOf(trusted.report)).toEqual(["metadata-moved"]);
  });

  test("the gateway's own choices about findings count", async () => {
    const issuer = closing(await startTableIssuer());
    issuer.setMetadata({ issuer: "https://login.example.com" });
    const of = async (changed: Record<string, unknown>) => {
      const text = JSON.stringify(file(attributes(issuer, { metadata: null, ...changed })));
      return (await driftReport([flag, "-"], { stdin: text })).report.findings.map(({ severity }) => severity);
    };
    expect(await of({})).toEqual(["error"]);
    expect(await of({ metadata_check: "warn" })).toEqual(["warn"]);
    expect(await of({ metadata_check: "off" })).toEqual([]);
    expect(await of({ findings: { "issuer-mismatch": "off" } })).toEqual([]);
  });
});

test("what a refresh brought into a state from the API names no private address", async () => {
  const issuer = closing(await startTableIssuer());
  const neighbour = closing(await startTableIssuer());
  const set = { metadata_url: `${neighbour.url}/document`, resource: neighbour.resource };
  for (const [flag, file] of [
    ["--state", stateFile],
    ["--state", shownState],
    ["--pulumi", stackExport],
  ] as const) {
    const stdin = JSON.stringify(file(attributes(issuer, set)));
    expect(codesOf((await driftReport([flag, "-"], { stdin })).report)).toContain("private-address");
    expect(neighbour.requests).toEqual([]);
  }
});

test("fields are named as the source's program writes them", async () => {
  const issuer = closing(await startTableIssuer());
  const values = attributes(issuer, { authorization_server_url: `${issuer.url}/`, metadata: null });
  const terraform = await mcpstackIac(["drift", "--state", "-"], { stdin: JSON.stringify(stateFile(values)) });
  expect(terraform.stdout).toContain(`Set authorization_server_url to "${issuer.url}".`);
  const pulumi = await mcpstackIac(["drift", "--pulumi", "-"], { stdin: JSON.stringify(stackExport(values)) });
  expect(pulumi.stdout).toContain(`Set authorizationServerUrl to "${issuer.url}".`);
});

test("of a plan, the person's own edit is no change of what was published", async () => {
  const issuer = closing(await startTableIssuer());
  const resource = (values: Record<string, unknown>) => ({
    root_module: {
      resources: [{ address: "mcpstack_gateway.plants", mode: "managed", type: "mcpstack_gateway", values }],
    },
  });
  const metadata = attributes(issuer).metadata as Record<string, unknown>;
  const before = attributes(issuer, {
    resource: "https://plants.invalid/old",
    metadata: { ...metadata, resource: "https://plants.invalid/old" },
  });
  const { metadata: _, ...planned }: Record<string, unknown> = { ...before, resource: issuer.resource };
  const plan = { format_version: "1.2", planned_values: resource(planned), prior_state: { values: resource(before) } };
  const file = temporaryFile("edited.json", JSON.stringify(plan));
  expect((await driftReport(["--plan", file])).report.findings).toEqual([]);
  issuer.setMetadata({ jwks_uri: `${issuer.url}/keys` });
  expect(codesOf((await driftReport(["--plan", file])).report)).toContain("metadata-moved");
});

test("of a plan, what is planned is checked against what the state had accepted", async () => {
  const issuer = closing(await startTableIssuer());
  const other = closing(await startTableIssuer());
  const { metadata: _, ...planned } = attributes(issuer);
  const resource = (values: Record<string, unknown>) => ({
    root_module: {
      resources: [{ address: "mcpstack_gateway.plants", mode: "managed", type: "mcpstack_gateway", values }],
    },
  });
  const plan = {
    format_version: "1.2",
    planned_values: resource(planned),
    prior_state: { values: resource(attributes(issuer)) },
    configuration: {
      provider_config: { mcpstack: { name: "mcpstack", expressions: { metadata_check: { constant_value: "warn" } } } },
    },
  };
  const file = temporaryFile("plan.json", JSON.stringify(plan));
  expect((await driftReport(["--plan", file])).report.findings).toEqual([]);
  issuer.setMetadata({ jwks_uri: `${other.url}/jwks` });
  const { report } = await driftReport(["--plan", file]);
  expect(report.findings.map(({ code, severity }) => [code, severity])).toEqual([["origin-moved", "warn"]]);
});

test("a gateway whose authorization server is not known yet is named as not checked", async () => {
  const values = { name: "New", provider_type: "manual" };
  const file = temporaryFile("state.json", JSON.stringify(stateFile(values)));
  const { code, report } = await driftReport(["--state", file]);
  expect(report.unchecked).toEqual([
    { subject: { kind: "gateway", address, name: "New" }, reason: expect.stringContaining("not known yet") },
  ]);
  expect(code).toBe(2);
});

test.each([
  ["--state", "", /is empty/],
  ["--state", "{", /is not JSON/],
  ["--state", "[]", /is not a JSON object/],
  ["--state", "{}", /has no format_version/],
  ["--state", '{"format_version":"2.0"}', /format version "2.0"/],
  ["--state", '{"format_version":"1.2","planned_values":{}}', /use --plan/],
  ["--plan", '{"format_version":"1.2"}', /for a state use --state/],
  ["--pulumi", "{}", /has no deployment/],
  ["--pulumi", '{"version":9,"deployment":{}}', /has the version 9/],
])("%s %j ends with 2 and says what is wrong", async (flag, text, message) => {
  const { code, stderr } = await mcpstackIac(["drift", flag, temporaryFile("input.json", text)]);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
