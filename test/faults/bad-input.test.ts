// Every field's wrong values give one error, at that attribute, before anything is sent: as soon as the configuration is validated, or, where
// a gateway that exists may have such a value, when it is planned.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { attachmentFields, connectionFields, type Fields, profileFields, snakeCase } from "@mcpstack/model";
import { succeeded, Workspace } from "../e2e/workspace";
import { errorCount, readText } from "./workspace";

interface Wrong {
  readonly attribute: string;
  /** As HCL. */
  readonly value: string;
  /** Part of the error's text. */
  readonly says: RegExp;
  /** Further arguments. */
  readonly beside?: string;
}
const wrong = (attribute: string, value: string, says: RegExp, beside = ""): Wrong => ({
  attribute,
  value,
  says,
  beside,
});

const required = (attribute: string) =>
  wrong(attribute, `""`, new RegExp(`${attribute} is required and must not be empty`));
const text = (attribute: string): Wrong[] => [
  wrong(attribute, `" x"`, /must not begin or end with white space/),
  wrong(attribute, `"a\\nb"`, /must not contain control characters|one word|white space/),
];
const credentialInUrl = (attribute: string, beside = "") =>
  wrong(attribute, `"https://me:secret@auth.example.com"`, /must not carry user information/, beside);
const url = (attribute: string, beside = ""): Wrong[] => [
  wrong(attribute, `"auth.example.com"`, /must be an absolute URL such as https:/, beside),
  wrong(attribute, `"mailto:a@example.com"`, /must be an absolute URL/, beside),
  wrong(attribute, `"ftp://auth.example.com"`, /must be an https URL/, beside),
  wrong(attribute, `"https://auth.example.com/#top"`, /must not have a fragment/, beside),
];
const trust: Wrong[] = [
  wrong("metadata_check", `"loud"`, /must be "error", "warn" or "off"/),
  wrong("trusted_origins", `["https://login.example.com/path"]`, /must be an origin, without a path/),
  wrong("trusted_origins", `["login.example.com"]`, /must be an absolute URL/),
  wrong("findings", `{ issuer-mismatch = "loud" }`, /must be "error", "warn", "info" or "off"/),
  wrong("findings", `{ issuer_mismatch = "off" }`, /is not the code of a finding: the nearest is "issuer-mismatch"/),
];

const other = `authorization_endpoint = "https://auth.example.com/a"`;
/** What a gateway that exists may have all the same. */
const gatewayWhenPlanned: Wrong[] = [
  required("name"),
  ...text("name"),
  wrong("description", `"a\\u0007b"`, /must not contain control characters other than tabs and line breaks/),
  required("provider_type"),
  ...text("provider_type"),
  wrong("provider_type", `"two words"`, /must be one word/),
  required("authorization_server_url"),
  ...url("authorization_server_url"),
  wrong("authorization_server_url", `"https://auth.example.com?tenant=1"`, /must not have a query/),
  wrong("authorization_server_url", `"http://auth.example.com"`, /plain http is taken only for the loopback/),
  ...url("metadata_url"),
  ...url("authorization_endpoint", `token_endpoint = "https://auth.example.com/t"`),
  ...url("token_endpoint", other),
  wrong("token_endpoint", `"http://auth.example.com/t"`, /plain http/, other),
  ...url("registration_endpoint"),
  ...text("client_id"),
  ...text("resource"),
  wrong("resource", `"two words"`, /must not contain white space/),
  wrong("scopes", `["openid email"]`, /must be one scope token \(RFC 6749 §3.3\)/),
  wrong("scopes", `["öpenid"]`, /must be one scope token/),
];
const gateway: Wrong[] = [
  ...["authorization_server_url", "metadata_url", "registration_endpoint", "client_id", "resource"].map((attribute) =>
    credentialInUrl(attribute),
  ),
  credentialInUrl("authorization_endpoint", `token_endpoint = "https://auth.example.com/t"`),
  credentialInUrl("token_endpoint", other),
  wrong("scopes", `[""]`, /must not be empty/),
  ...trust,
  wrong("settings", `"no json"`, /must be a JSON object/),
  wrong("settings", `jsonencode([1])`, /must be a JSON object/),
  wrong("settings", `jsonencode({ clientId = "x" })`, /must not hold "clientId", which the argument client_id is for/),
  wrong("settings_wo", `"no json"`, /must be a JSON object/, "settings_wo_version = 1"),
  wrong("settings_wo", `jsonencode({ name = "x" })`, /must not hold "name"/, "settings_wo_version = 1"),
  wrong(
    "settings_wo",
    `jsonencode({ a = 1 })`,
    /must not hold "a", which settings holds too/,
    `settings = jsonencode({ a = 2 })\n  settings_wo_version = 1`,
  ),
  wrong("settings_wo_version", "1.5", /must be a whole number/),
];

const attachment: Wrong[] = [
  required("server_id"),
  ...text("server_id"),
  wrong("server_id", `"a/b"`, /without \/ \? or #/),
  required("gateway_id"),
  ...text("gateway_id"),
  wrong("gateway_id", `"a b"`, /one word without/),
  wrong("public_id", `"a/b"`, /must be one URL path segment/),
  wrong("public_id", `"-a"`, /beginning with a letter or digit/),
  wrong("public_id", `"${"a".repeat(129)}"`, /at most 128 characters/),
];

const connection: Wrong[] = [
  wrong("read_lag", "5.5", /must be a whole number of seconds/),
  wrong("retry_timeout", "3601", /must be from 0 to 3600 seconds/),
  ...url("api_url"),
  credentialInUrl("api_url"),
  wrong("api_url", `"https://api.example.com?x"`, /must not have a query/),
  wrong("api_url", `"http://api.example.com"`, /plain http/),
  ...text("organization"),
  wrong("access_token", `" x"`, /white space/),
  wrong("api_key", `"x "`, /white space/),
  ...trust,
  wrong("ca_file", `" x"`, /white space/),
];

const rest: Record<string, Record<string, string>> = {
  mcpstack_gateway: {
    name: `"Support"`,
    provider_type: `"manual"`,
    authorization_server_url: `"https://auth.example.com"`,
  },
  mcpstack_server_gateway_attachment: { server_id: `"petalpal-api"`, gateway_id: `"gtw_1"` },
  provider: {},
};

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly range?: { readonly start: { readonly line: number } };
}

type Case = Wrong & { readonly block: string };

const cases: Case[] = [
  ...gateway.map((one) => ({ block: "mcpstack_gateway", ...one })),
  ...attachment.map((one) => ({ block: "mcpstack_server_gateway_attachment", ...one })),
  ...connection.map((one) => ({ block: "provider", ...one })),
];
const casesWhenPlanned: Case[] = gatewayWhenPlanned.map((one) => ({ block: "mcpstack_gateway", ...one }));

/** A configuration of all cases, and the line of each case's attribute. */
function configurationOf(all: readonly Case[]): { readonly text: string; readonly lineOf: readonly number[] } {
  const lines = [`provider "mcpstack" {`, `  metadata_check = "off"`, "}"];
  const lineOf: number[] = [];
  for (const [n, { block, attribute, value, beside = "" }] of all.entries()) {
    lines.push(block === "provider" ? `provider "mcpstack" {\n  alias = "p${n}"` : `resource "${block}" "r${n}" {`);
    for (const [name, good] of Object.entries(rest[block] ?? {})) {
      if (name !== attribute) lines.push(`  ${name} = ${good}`);
    }
    if (beside) lines.push(`  ${beside}`);
    lines.push(`  ${attribute} = ${value}`);
    lineOf.push(lines.join("\n").split("\n").length);
    lines.push("}");
    // A provider configuration that nothing uses is not looked at.
    if (block === "provider") {
      const using = Object.entries(rest.mcpstack_server_gateway_attachment ?? {}).map(
        ([name, good]) => `${name} = ${good}`,
      );
      const resource = `resource "mcpstack_server_gateway_attachment" "p${n}" {`;
      lines.push(resource, `  provider = mcpstack.p${n}`, ...using, "}");
    }
  }
  return { text: lines.join("\n"), lineOf };
}

const validated = configurationOf(cases);
const planned = configurationOf(casesWhenPlanned);

let api: LocalApi;
/** The errors by the line that they point at. */
let errors: Map<number, Diagnostic[]>;
let errorsWhenPlanned: Map<number, Diagnostic[]>;

function byLine(diagnostics: readonly Diagnostic[]): Map<number, Diagnostic[]> {
  const found = new Map<number, Diagnostic[]>();
  for (const one of diagnostics) {
    const line = one.range?.start.line ?? 0;
    found.set(line, [...(found.get(line) ?? []), one]);
  }
  return found;
}

beforeAll(async () => {
  api = await startLocalApi();
  const workspace = await Workspace.create({ api });
  await workspace.write(validated.text);
  const answer = await workspace.run("validate", "-json");
  errors = byLine((JSON.parse(answer.stdout) as { diagnostics: Diagnostic[] }).diagnostics);
  await workspace.write(planned.text);
  succeeded(await workspace.run("validate"));
  const plan = await workspace.run("plan", "-json", "-input=false");
  const events = plan.stdout.split("\n").flatMap((line) => (line ? [JSON.parse(line) as PlanEvent] : []));
  errorsWhenPlanned = byLine(events.flatMap(({ diagnostic }) => diagnostic ?? []));
  await workspace.remove();
});
afterAll(() => api.close());

interface PlanEvent {
  readonly diagnostic?: Diagnostic;
}

function expectOneError(found: readonly Diagnostic[] = [], { attribute, says }: Wrong) {
  expect(found.map(({ severity, summary }) => [severity, summary])).toEqual([
    ["error", expect.stringContaining(`Invalid value for ${attribute}`)],
  ]);
  expect(found[0]?.detail).toMatch(says);
  expect(found[0]?.detail).not.toContain("secret");
}

test.each(cases.map((one, n) => ({ n, ...one })))("$block: $attribute = $value is refused there", ({ n, ...one }) => {
  expectOneError(errors.get(validated.lineOf[n] ?? 0), one);
});

test.each(casesWhenPlanned.map((one, n) => ({ n, ...one })))(
  "$block: $attribute = $value is refused there by a plan",
  ({ n, ...one }) => expectOneError(errorsWhenPlanned.get(planned.lineOf[n] ?? 0), one),
);

test("no error is anywhere else", () => {
  for (const [found, { lineOf }] of [
    [errors, validated],
    [errorsWhenPlanned, planned],
  ] as const)
    expect([...found.keys()].filter((line) => !lineOf.includes(line)).flatMap((line) => found.get(line))).toEqual([]);
});

test("every field that a program writes has wrong values here", () => {
  const written = (fields: Fields) =>
    Object.entries(fields)
      .filter(([, { presence, type }]) => presence !== "computed" && type !== "boolean")
      .map(([name]) => snakeCase(name))
      .sort();
  const named = (table: Wrong[]) => [...new Set(table.map(({ attribute }) => attribute))].sort();
  expect(named([...gateway, ...gatewayWhenPlanned])).toEqual(written(profileFields));
  expect(named(attachment)).toEqual(written(attachmentFields));
  expect(named(connection)).toEqual(written(connectionFields));
});

describe("what is missing beside a field is said at the field that is missing it, or at the resource", () => {
  test.each([
    ["plan", `authorization_endpoint = "https://auth.example.com/a"`, /token_endpoint is required/],
    ["plan", `token_endpoint = "https://auth.example.com/t"`, /authorization_endpoint is required/],
    ["validate", `settings_wo = jsonencode({ clientSecret = "x" })`, /settings_wo_version is required/],
  ])("by %s: %s alone", async (command, line, says) => {
    const alone = await Workspace.create({ api });
    const fields = Object.entries(rest.mcpstack_gateway ?? {}).map(([name, value]) => `${name} = ${value}`);
    await alone.write(
      `resource "mcpstack_gateway" "x" {\n${[...fields, `metadata_check = "off"`, line].join("\n")}\n}`,
    );
    const outcome = await alone.run(command, "-no-color");
    await alone.remove();
    expect([outcome.status, errorCount(outcome)]).toEqual([1, 1]);
    expect(readText(outcome)).toMatch(says);
  });
});

test("a value that is wrong once it is known is refused at its attribute, and nothing is written", async () => {
  const late = await Workspace.create({ api });
  await late.write(`
resource "terraform_data" "late" {
  input = "auth.example.com"
}
resource "mcpstack_gateway" "x" {
  name                     = "X"
  provider_type            = "manual"
  authorization_server_url = terraform_data.late.output
}
`);
  succeeded(await late.run("validate"));
  const outcome = await late.run("apply", "-auto-approve", "-input=false", "-no-color");
  await late.remove();
  expect(outcome.status).toBe(1);
  expect(outcome.text).toContain("authorization_server_url must be an absolute URL");
  expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("nothing of all this was sent", () => {
  expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});
