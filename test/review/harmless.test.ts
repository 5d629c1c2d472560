// Changes that lead nobody elsewhere and give nobody other rights, planned by real engines: none of them stops a pull request.
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { reviewPlan } from "@mcpstack/review";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";

const now = new Date("2026-11-24T00:00:00Z");
let api: LocalApi;
let issuer: TableIssuer;
let workspace: Workspace;

beforeEach(async () => {
  [api, issuer] = await Promise.all([startLocalApi({ seed: { servers: 4 } }), startTableIssuer()]);
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api.close(), issuer.close()]);
});

const program = () => `
variable "organization" {
  default = "${api.organization.id}"
}
provider "mcpstack" {
  api_url         = "${api.url}"
  organization    = var.organization
  metadata_check  = "warn"
  trusted_origins = ["https://a.example", "https://b.example"]
}
locals {
  gateways = {
    support = { scopes = ["openid", "tickets.read"], audience = "https://api.example.com" }
    billing = { scopes = ["openid", "bills.read"], audience = "https://billing.example.com" }
  }
  servers = {
    server-0001 = "support"
    server-0002 = "billing"
  }
}
resource "mcpstack_gateway" "all" {
  for_each                 = local.gateways
  name                     = each.key
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  authorization_endpoint   = "${issuer.origin}/authorize"
  token_endpoint           = "${issuer.origin}/token"
  client_id                = "mcp"
  resource                 = each.value.audience
  scopes                   = each.value.scopes
  settings                 = jsonencode({ sessionMinutes = 30, branding = { title = "Hello" } })
}
resource "mcpstack_server_gateway_attachment" "all" {
  for_each   = local.servers
  server_id  = each.key
  gateway_id = mcpstack_gateway.all[each.value].id
  public_id  = "gw_\${each.key}"
}
`;
/** What the policy of a careful team allows: what there is, and nothing else. */
const policy = () => ({
  version: 1 as const,
  default: {
    issuers: [issuer.url],
    endpoint_origins: [issuer.origin],
    audiences: ["https://*.example.com"],
    clients: ["mcp"],
    scopes: ["openid", "*.read"],
    trusted_origins: ["https://a.example", "https://b.example"],
    settings_origins: ["https://cdn.example.com"],
    api_urls: [api.url],
    organizations: [api.organization.id],
    insecure_metadata: false as const,
    metadata_check: "warn" as const,
  },
});

type Edit = (text: string) => string;

function replaced(was: string | RegExp, will: string): Edit {
  return (text) => {
    const edited = text.replace(was, will);
    expect(edited).not.toBe(text);
    return edited;
  };
}
const argument = (line: string) => replaced("  client_id ", `  ${line}\n  client_id `);
const settings = (members: string) => replaced("sessionMinutes = 30", `sessionMinutes = 30, ${members}`);
const further =
  (block: string): Edit =>
  (text) =>
    `${text}${block}\n`;

/** Edits by what they change, several in one plan. */
const edits: Readonly<Record<string, readonly Edit[]>> = {
  "descriptions, comments, the order of scopes, and one fewer and one more that is allowed": [
    (text) => `# A comment.\n${text.replaceAll("  ", "\t").replaceAll("\t", "    ")}`,
    replaced(/( *)client_id /, '$1description = "See https://wiki.example.com/mcp"\n$1client_id '),
    replaced('["openid", "tickets.read"]', '["tickets.read", "openid", "openid"]'),
    replaced('["openid", "bills.read"]', '["openid", "notes.read"]'),
  ],
  "versions, keys, names, networks and allowed addresses in settings": [
    settings('minClientVersion = "10.4.2.1", clientVersions = { min = "1.0.0.0" }, accessRelease = "v1.2.3"'),
    settings(
      'translationKey = "ui.gateway.support.title", clientBundle = "com.acme.app", keyFile = "report.final.pdf"',
    ),
    settings('proxyAllowlist = ["10.0.0.0/8"], supportHost = "CDN.example.com", logoUrl = "https://cdn.example.com/x"'),
    replaced('"Hello"', '"Welcome to Booking.com"'),
    replaced("sessionMinutes = 30", "sessionMinutes = 60"),
  ],
  "the spelling of addresses": [
    replaced(/\/token"/, '/./%74oken"'),
    replaced(/\/authorize"/, '/x/../authorize"'),
    replaced(/api_url( *= )"http:\/\/([^"]*)"/, 'api_url$1"HTTP://$2/"'),
    replaced(
      '["https://a.example", "https://b.example"]',
      '["https://B.example:443", "https://a.example/", "https://a.example"]',
    ),
  ],
  "what is checked and trusted, to less": [
    replaced('["https://a.example", "https://b.example"]', '["https://a.example"]'),
    replaced('"warn"', '"error"'),
    argument("trusted_origins = []\n  findings = {}"),
    replaced(/ {2}authorization_endpoint .*\n {2}token_endpoint .*\n/, ""),
  ],
  "how the program is written": [
    argument("depends_on = [terraform_data.x]\n  lifecycle {\n    create_before_destroy = true\n  }"),
    replaced("var.organization", "local.organization"),
    replaced("locals {", "locals {\n  organization = var.organization"),
    further('resource "terraform_data" "x" {}'),
    further('output "x" {\n  value = mcpstack_gateway.all["support"].id\n}'),
    further('provider "mcpstack" {\n  alias        = "unused"\n  organization = var.organization\n}'),
  ],
  "a variable's name, and those of resources and of an instance that are moved": [
    (text) => text.replaceAll('"organization"', '"org"').replaceAll("var.organization", "var.org"),
    (text) => text.replaceAll('"all"', '"every"').replaceAll(".all[", ".every["),
    replaced("    support = {", "    help = {"),
    replaced('= "support"', '= "help"'),
    replaced("= each.key\n  provider_type", '= each.key == "help" ? "support" : each.key\n  provider_type'),
    further('moved {\n  from = mcpstack_gateway.all["support"]\n  to   = mcpstack_gateway.every["help"]\n}'),
    further('moved {\n  from = mcpstack_gateway.all["billing"]\n  to   = mcpstack_gateway.every["billing"]\n}'),
    further(
      "moved {\n  from = mcpstack_server_gateway_attachment.all\n  to   = mcpstack_server_gateway_attachment.every\n}",
    ),
  ],
  "further gateways and servers": [
    replaced(
      "gateways = {",
      'gateways = {\n    notes = { scopes = ["openid"], audience = "https://notes.example.com" }',
    ),
    replaced("servers = {", 'servers = {\n    server-0003 = "notes"\n    server-0004 = "support"'),
  ],
};

const engines = ["terraform", "opentofu"] as const;

async function begin(engine: Engine): Promise<string> {
  workspace = await Workspace.create({ engine, form: "executable", api });
  await workspace.write(program());
  await workspace.apply();
  return planned();
}

async function planned(...args: string[]): Promise<string> {
  await workspace.plan("-out=planned", ...args);
  return succeeded(await workspace.run("show", "-json", "planned")).stdout;
}

async function told(plan: string, base: string, text?: string): Promise<string[]> {
  const input = (content: string) => ({ name: "plan.json", content: Readable.from([Buffer.from(content)]) });
  const { findings } = await reviewPlan(input(plan), {
    now,
    base: input(base),
    policy: { policy: policy(), file: "mcpstack-review.yaml" },
    ...(text === undefined ? {} : { sources: async () => [{ file: "main.tf", text }] }),
  });
  return findings
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, code, address, after }) => `${severity} ${code} ${address} ${after}`);
}

test.each(engines)("%s: nothing is said of what leads nobody elsewhere", async (engine) => {
  const base = await begin(engine);
  const said: Record<string, string[]> = {};
  for (const [what, of] of Object.entries(edits)) {
    const text = of.reduce((edited, edit) => edit(edited), program());
    await workspace.write(text);
    said[what] = await told(await planned(), base, text);
  }
  expect(said).toEqual(Object.fromEntries(Object.keys(edits).map((what) => [what, []])));
});

test.each(engines)("%s: of an instance that is made anew, and of no sibling, it is said that it is", async (engine) => {
  const base = await begin(engine);
  for (const text of [
    program(),
    replaced("  client_id ", "  lifecycle {\n    create_before_destroy = true\n  }\n  client_id ")(program()),
  ]) {
    await workspace.write(text);
    const plan = await planned('-replace=mcpstack_gateway.all["support"]');
    expect(await told(plan, base, text)).toEqual([
      'error gateway-replaced-attached mcpstack_gateway.all["support"] server-0001',
    ]);
    // Without the program nobody knows what its server goes to, but still that it is none of the siblings.
    expect(await told(plan, base)).toEqual([
      'error gateway-replaced-attached mcpstack_gateway.all["support"] server-0001',
      'error cannot-be-reviewed mcpstack_server_gateway_attachment.all["server-0001"] support',
    ]);
  }
});
