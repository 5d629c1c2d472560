// Every field's wrong values give one error, at that attribute, before anything is sent.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { attachmentFields, connectionFields, type Fields, profileFields, snakeCase } from "@mcpstack/model";
import { succeeded, Workspace } from "../e2e/workspace";

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

const text = (attribute: string): Wrong[] => [
  wrong(attribute, `""`, /must not be empty: leave the field out/),
  wrong(attribute, `" x"`, /must not begin or end with white space/),
  wrong(attribute, `"a\\nb"`, /must not contain control characters|one word|white space/),
];
const url = (attribute: string, beside = ""): Wrong[] => [
  wrong(attribute, `""`, /must not be empty/, beside),
  wrong(attribute, `"auth.example.com"`, /must be an absolute URL such as https:/, beside),
  wrong(attribute, `"mailto:a@example.com"`, /must be an absolute URL/, beside),
  wrong(attribute, `"ftp://auth.example.com"`, /must be an https URL/, beside),
  wrong(attribute, `"https://me:secret@auth.example.com"`, /must not carry user information/, beside),
  wrong(attribute, `"https://auth.example.com/#top"`, /must not have a fragment/, beside),
];
const trust: Wrong[] = [
  wrong("metadata_check", `"loud"`, /must be "error", "warn" or "off"/),
  wrong("metadata_check", `""`, /must be "error"/),
  wrong("trusted_origins", `["https://login.example.com/path"]`, /must be an origin, without a path/),
  wrong("trusted_origins", `["login.example.com"]`, /must be an absolute URL/),
  wrong("findings", `{ issuer_mismatch = "loud" }`, /findings/),
];

const other = `authorization_endpoint = "https://auth.example.com/a"`;
const gateway: Wrong[] = [
  ...text("name"),
  ...text("description"),
  ...text("provider_type"),
  wrong("provider_type", `"two words"`, /must be one word/),
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
  wrong("scopes", `[]`, /must not be empty: leave the field out/),
  wrong("scopes", `[""]`, /must not be empty/),
  wrong("scopes", `["openid email"]`, /must be one scope token \(RFC 6749 §3.3\)/),
  wrong("scopes", `["öpenid"]`, /must be one scope token/),
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
  ...text("server_id"),
  wrong("server_id", `"a/b"`, /without \/ \? or #/),
  ...text("gateway_id"),
  wrong("gateway_id", `"a b"`, /one word without/),
  wrong("public_id", `""`, /must be one URL path segment/),
  wrong("public_id", `"a/b"`, /must be one URL path segment/),
  wrong("public_id", `"-a"`, /beginning with a letter or digit/),
  wrong("public_id", `"${"a".repeat(129)}"`, /at most 128 characters/),
];

const connection: Wrong[] = [
  ...url("api_url"),
  wrong("api_url", `"https://api.example.com?x"`, /must not have a query/),
  wrong("api_url", `"http://api.example.com"`, /plain http/),
  ...text("organization"),
  wrong("access_token", `""`, /must not be empty/),
  wrong("access_token", `" x"`, /white space/),
  wrong("api_key", `""`, /must not be empty/),
  ...trust,
  wrong("ca_file", `""`, /must not be empty/),
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

const cases = [
  ...gateway.map((one) => ({ block: "mcpstack_gateway", ...one })),
  ...attachment.map((one) => ({ block: "mcpstack_server_gateway_attachment", ...one })),
  ...connection.map((one) => ({ block: "provider", ...one })),
];

let api: LocalApi;
let workspace: Workspace;
/** The errors by the line that they point at, and the line of each case's attribute. */
let errors: Map<number, Diagnostic[]>;
const lineOf: number[] = [];

beforeAll(async () => {
  api = await startLocalApi();
  workspace = await Workspace.create({ api });
  const lines: string[] = [];
  for (const [n, { block, attribute, value, beside = "" }] of cases.entries()) {
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
  await workspace.write(lines.join("\n"));
  const answer = await workspace.run("validate", "-json");
  const { diagnostics } = JSON.parse(answer.stdout) as { diagnostics: Diagnostic[] };
  errors = new Map();
  for (const one of diagnostics) {
    const line = one.range?.start.line ?? 0;
    errors.set(line, [...(errors.get(line) ?? []), one]);
  }
});
afterAll(async () => {
  await workspace.remove();
  await api.close();
});

test.each(cases.map((one, n) => ({ n, ...one })))("$block: $attribute = $value is refused there", ({ n, ...one }) => {
  const found = errors.get(lineOf[n] ?? 0) ?? [];
  expect(found.map(({ severity, summary }) => [severity, summary])).toEqual([
    ["error", expect.stringContaining(`Invalid value for ${one.attribute}`)],
  ]);
  expect(found[0]?.detail).toMatch(one.says);
  expect(found[0]?.detail).not.toContain("secret");
});

test("no error is anywhere else", () => {
  expect([...errors.keys()].filter((line) => !lineOf.includes(line)).flatMap((line) => errors.get(line))).toEqual([]);
});

test("every field that a program writes has wrong values here", () => {
  const written = (fields: Fields) =>
    Object.entries(fields)
      .filter(([, { presence, type }]) => presence !== "computed" && type !== "boolean")
      .map(([name]) => snakeCase(name))
      .sort();
  const named = (table: Wrong[]) => [...new Set(table.map(({ attribute }) => attribute))].sort();
  expect(named(gateway)).toEqual(written(profileFields));
  expect(named(attachment)).toEqual(written(attachmentFields));
  expect(named(connection)).toEqual(written(connectionFields));
});

describe("what is missing beside a field is said at the field that is missing it, or at the resource", () => {
  test.each([
    [`authorization_endpoint = "https://auth.example.com/a"`, /token_endpoint is required/],
    [`token_endpoint = "https://auth.example.com/t"`, /authorization_endpoint is required/],
    [`settings_wo = jsonencode({ clientSecret = "x" })`, /settings_wo_version is required/],
  ])("%s alone", async (line, says) => {
    const alone = await Workspace.create({ api });
    const fields = Object.entries(rest.mcpstack_gateway ?? {}).map(([name, value]) => `${name} = ${value}`);
    await alone.write(`resource "mcpstack_gateway" "x" {\n${[...fields, line].join("\n")}\n}`);
    const { diagnostics } = JSON.parse((await alone.run("validate", "-json")).stdout) as { diagnostics: Diagnostic[] };
    await alone.remove();
    expect(diagnostics).toEqual([expect.objectContaining({ severity: "error", detail: expect.stringMatching(says) })]);
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
