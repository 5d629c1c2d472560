// What a plan holds beside edits of the program: metadata that moved, drift, imports, removals, replacements, the provider's settings.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { reviewPlan } from "@mcpstack/review";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";

const now = new Date("2026-11-24T00:00:00Z");
let api: LocalApi;
let issuer: TableIssuer;
let elsewhere: TableIssuer;
let workspace: Workspace;

beforeEach(async () => {
  [api, issuer, elsewhere] = await Promise.all([
    startLocalApi({ seed: { servers: 3 } }),
    startTableIssuer(),
    startTableIssuer(),
  ]);
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api.close(), issuer.close(), elsewhere.close()]);
});

const gateway = (name: string, more = "") => `
resource "mcpstack_gateway" "${name}" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  client_id                = "mcp"
${more}
}
`;
const attachment = (name: string, server: string) => `
resource "mcpstack_server_gateway_attachment" "${name}" {
  server_id  = "${server}"
  gateway_id = mcpstack_gateway.${name}.id
}
`;

async function begin(engine: Engine, configuration: string): Promise<void> {
  workspace = await Workspace.create({ engine, form: "executable", api });
  await workspace.write(configuration);
  await workspace.apply();
}

async function planned(...args: string[]): Promise<string> {
  await workspace.plan("-out=planned", ...args);
  return succeeded(await workspace.run("show", "-json", "planned")).stdout;
}

const input = (text: string) => ({ name: "plan.json", content: Readable.from([Buffer.from(text)]) });

/** @param program - The program that the plan was made from, where it is at hand. */
async function told(plan: string, base?: string, program?: string): Promise<string[]> {
  const { findings } = await reviewPlan(input(plan), {
    now,
    base: base === undefined ? undefined : input(base),
    ...(program === undefined ? {} : { sources: async () => [{ file: "main.tf", text: program }] }),
  });
  return findings.map(({ code, severity, address }) => `${severity} ${code} ${address}`);
}

const engines = ["terraform", "opentofu"] as const;

test.each(engines)("%s: what this apply would accept of moved metadata", async (engine) => {
  const trusted = `  trusted_origins = ["${elsewhere.origin}"]`;
  await begin(engine, gateway("support", trusted));
  issuer.setMetadata({
    token_endpoint: `${elsewhere.origin}/token`,
    jwks_uri: `${issuer.origin}/jwks?v=2`,
    code_challenge_methods_supported: ["plain"],
  });
  issuer.set("/jwks?v=2", { body: { keys: [] } });
  expect(await told(await planned())).toEqual([
    "error accepted-origin-moved mcpstack_gateway.support",
    "warn pkce-lost mcpstack_gateway.support",
    "info accepted-metadata-changed mcpstack_gateway.support",
  ]);
});

test.each(engines)("%s: an issuer that moved", async (engine) => {
  await begin(engine, gateway("support", `  metadata_url = "${issuer.origin}/.well-known/oauth-authorization-server"`));
  issuer.setMetadata({ issuer: `${issuer.url}/v2` });
  expect(await told(await planned())).toEqual(["error issuer-accepted mcpstack_gateway.support"]);
});

test.each(engines)("%s: what somebody changed in the dashboard", async (engine) => {
  await begin(engine, gateway("support"));
  const [stored] = api.store.gateways();
  api.store.putGateway(stored?.id ?? "", { ...stored, clientId: "theirs" });
  // The plan puts it back, so that it ends as the last review left it.
  expect(await told(await planned())).toEqual(["warn changed-outside mcpstack_gateway.support"]);
});

test.each(engines)("%s: a gateway and an attachment that leave the program and stay", async (engine) => {
  await begin(engine, gateway("support") + attachment("support", "server-0001"));
  const removed = (type: string) => `removed {\n  from = ${type}.support\n  lifecycle {\n    destroy = false\n  }\n}\n`;
  await workspace.write(removed("mcpstack_gateway") + removed("mcpstack_server_gateway_attachment"));
  expect(await told(await planned())).toEqual([
    "warn gateway-forgotten mcpstack_gateway.support",
    "warn gateway-forgotten mcpstack_server_gateway_attachment.support",
  ]);
});

test.each(engines)("%s: a gateway that is taken over, and one that only moves", async (engine) => {
  await begin(engine, gateway("old"));
  const { id } = api.store.createGateway({
    name: "theirs",
    providerType: "manual",
    authorizationServerUrl: issuer.url,
    clientId: "mcp",
  });
  await workspace.write(`${gateway("old").replace('"mcpstack_gateway" "old"', '"mcpstack_gateway" "renamed"')}
moved {
  from = mcpstack_gateway.old
  to   = mcpstack_gateway.renamed
}
${gateway("theirs")}
import {
  to = mcpstack_gateway.theirs
  id = "${id}"
}
`);
  expect(await told(await planned())).toEqual(["info gateway-imported mcpstack_gateway.theirs"]);
});

test.each(engines)("%s: a gateway that is replaced while a server is attached", async (engine) => {
  await begin(engine, gateway("support") + attachment("support", "server-0001"));
  expect(await told(await planned("-replace=mcpstack_gateway.support"))).toEqual([
    "error gateway-replaced-attached mcpstack_gateway.support",
    // What a plan does not know yet, it holds no expression of.
    "error cannot-be-reviewed mcpstack_server_gateway_attachment.support",
    // The program leaves the public id to the service, which may choose another one.
    "warn public-id-changed mcpstack_server_gateway_attachment.support",
  ]);
});

test.each(engines)("%s: the provider's settings, compared with a plan of the base branch", async (engine) => {
  const provider = (lines: string) => `provider "mcpstack" {\n${lines}\n}\n`;
  await begin(engine, provider('  metadata_check = "error"') + gateway("support"));
  const base = await planned();
  expect(await told(base)).toEqual([]);
  await writeFile(path.join(workspace.folder, "ca.pem"), "");
  await workspace.write(
    provider(
      `  metadata_check = "warn"\n  allow_insecure_metadata = true\n  trusted_origins = ["https://login.other.example"]\n  findings = { issuer-mismatch = "off" }\n  api_key = "${api.apiKey}"`,
    ) + gateway("support"),
  );
  const plan = await planned();
  expect(await told(plan, base)).toEqual([
    "error insecure-metadata-allowed provider.mcpstack",
    "error secret-in-plain provider.mcpstack",
    "warn finding-switched-off provider.mcpstack",
    "warn metadata-check-lowered provider.mcpstack",
    "warn trusted-origin-added provider.mcpstack",
  ]);
  // Without a base, what trusts much is told as it stands.
  expect(await told(plan)).toEqual([
    "error secret-in-plain provider.mcpstack",
    "warn finding-switched-off provider.mcpstack",
    "warn insecure-metadata-allowed provider.mcpstack",
    "warn trusted-origin-added provider.mcpstack",
  ]);
  expect(JSON.stringify(await reviewPlan(input(plan), { now }))).not.toContain(api.apiKey);
});

test.each(engines)("%s: a server that somebody moved to another gateway at the API", async (engine) => {
  const attached = gateway("support") + attachment("support", "server-0001");
  await begin(engine, attached);
  const evil = api.store.createGateway({
    name: "evil",
    providerType: "manual",
    authorizationServerUrl: "https://login.evil.invalid",
  });
  const { publicId } = api.store.attachment("server-0001") ?? {};
  api.store.attach("server-0001", { gatewayId: evil.id, ...(publicId && { publicId }) });
  const address = "mcpstack_server_gateway_attachment.support";
  // What the program says is what it said: it is put back.
  expect(await told(await planned())).toEqual([`warn changed-outside ${address}`, `warn public-id-changed ${address}`]);
  const moved = [`error cannot-be-reviewed ${address}`, `warn changed-outside ${address}`];
  expect(await told(await planned("-refresh-only"))).toEqual(moved);
  await workspace.write(attached.replace("mcpstack_gateway.support.id", `"${evil.id}"`));
  expect(await told(await planned())).toEqual(moved);
  await workspace.write(
    attached.replace(
      "mcpstack_gateway.support.id",
      "mcpstack_gateway.support.id\n  lifecycle {\n    ignore_changes = [gateway_id]\n  }",
    ),
  );
  expect(await told(await planned())).toEqual(moved);
});

test.each(engines)("%s: what somebody deleted at the API is compared with what it was", async (engine) => {
  const attached = gateway("support") + attachment("support", "server-0001");
  await begin(engine, attached);
  const evil = { name: "evil", providerType: "manual", authorizationServerUrl: "https://login.evil.invalid" };
  const { id } = api.store.createGateway(evil);
  const at = { gateway: "mcpstack_gateway.support", attachment: "mcpstack_server_gateway_attachment.support" };
  api.store.detach("server-0001");
  // What the program says is what it said: it is made again.
  expect(await told(await planned())).toEqual([
    `warn changed-outside ${at.attachment}`,
    `warn public-id-changed ${at.attachment}`,
  ]);
  await workspace.write(attached.replace("mcpstack_gateway.support.id", `"${id}"`));
  expect(await told(await planned())).toContain(`error cannot-be-reviewed ${at.attachment}`);
  api.store.deleteGateway(api.store.gatewayByName("support")?.id ?? "");
  await workspace.write(
    attached
      .replace(issuer.url, evil.authorizationServerUrl)
      .replace("provider_type", 'metadata_check = "off"\n  provider_type'),
  );
  expect(await told(await planned())).toEqual(
    expect.arrayContaining([`error authorization-server-new ${at.gateway}`, `warn changed-outside ${at.gateway}`]),
  );
});

test.each(engines)("%s: which configuration of the provider is in force for which resource", async (engine) => {
  const { id, slug } = api.organization;
  const alias = (name: string, organization: string, more = "") =>
    `provider "mcpstack" {\n  alias        = "${name}"\n  organization = "${organization}"\n${more}\n}\n`;
  const using = (name: string) => gateway("support", `  provider = mcpstack.${name}`);
  const weak = alias("weak", id, '  metadata_check = "off"\n  trusted_origins = ["https://login.other.example"]');
  await begin(engine, alias("old", id) + weak + using("old"));
  const base = await planned();
  const toldOf = async (configuration: string, ...args: string[]) => {
    await workspace.write(configuration);
    return told(await planned(...args), base);
  };
  // Another name, and the same settings.
  expect(await toldOf(alias("new", id) + weak + using("new"))).toEqual([]);
  expect(await toldOf(alias("old", id) + using("old"))).toEqual([]);
  expect(await toldOf(alias("old", id) + weak + using("weak"))).toEqual([
    "warn metadata-check-lowered mcpstack_gateway.support",
    "warn trusted-origin-added mcpstack_gateway.support",
  ]);
  // A plan without a refresh asks nobody whose gateways they are, and shows the same organization on both sides.
  const other = api.store.addOrganization({ slug: "other" });
  expect(await toldOf(alias("old", other.id) + weak + using("old"), "-refresh=false")).toEqual([
    "error organization-changed provider.mcpstack.old",
  ]);
  expect(await toldOf(alias("old", slug) + weak + using("old"))).toEqual([
    "error organization-changed provider.mcpstack.old",
  ]);
  // What is looked up in the plan itself tells.
  const lookedUp = `data "mcpstack_gateway" "support" {\n  provider = mcpstack.old\n  name     = "support"\n}\n`;
  expect(await toldOf(alias("old", slug) + weak + using("old") + lookedUp)).toEqual([]);
});

test.each(engines)("%s: a server whose id takes the place of its slug", async (engine) => {
  const data = 'data "mcpstack_server" "one" {\n  server_id = "server-0001"\n}\n';
  const attached = attachment("support", "server-0001").replace("server_id", 'public_id  = "gw_one"\n  server_id');
  await begin(engine, data + gateway("support") + attached);
  const renamed = attached
    .replace('"server-0001"', "data.mcpstack_server.one.id")
    .replace('attachment" "support"', 'attachment" "again"');
  await workspace.write(data + gateway("support") + renamed);
  expect(await told(await planned())).toEqual([]);
});

test.each(engines)("%s: an id that another provider's API answered says nothing about this one's", async (engine) => {
  const theirs = await startLocalApi();
  try {
    // The same id at both, with another issuer.
    const mine = { name: "mine", providerType: "manual", authorizationServerUrl: "https://login.evil.invalid" };
    const { id } = api.store.createGateway(mine);
    const liar = theirs.store.createGateway({ ...mine, authorizationServerUrl: issuer.url });
    expect(liar.id).toBe(id);
    await begin(engine, gateway("support") + attachment("support", "server-0001"));
    await workspace.write(`
provider "mcpstack" {
  alias        = "liar"
  api_url      = "${theirs.url}"
  organization = "${theirs.organization.id}"
  access_token = "${theirs.accessToken}"
}
data "mcpstack_gateway" "liar" {
  provider = mcpstack.liar
  id       = "${id}"
}
${gateway("support")}${attachment("support", "server-0001").replace("mcpstack_gateway.support.id", "data.mcpstack_gateway.liar.id")}`);
    expect(await told(await planned())).toContain(
      "error cannot-be-reviewed mcpstack_server_gateway_attachment.support",
    );
  } finally {
    await theirs.close();
  }
});

test.each(["terraform", "terraform-next", "opentofu"] as const)(
  "%s: an ephemeral variable is not what a plan shows in its place",
  async (engine) => {
    const literal = `provider "mcpstack" {\n  metadata_check = "warn"\n}\n${gateway("support")}`;
    const check = (more: string) =>
      `variable "check" {\n  default = "warn"\n${more}\n}\nprovider "mcpstack" {\n  metadata_check = var.check\n}\n${gateway("support")}`;
    await begin(engine, literal);
    const base = await planned();
    const toldOf = async (program: string, before: string, ...args: string[]) => {
      await workspace.write(program);
      const plan = await planned(...args);
      return { plan, said: await told(plan, before, program) };
    };
    const ephemeral = check("  ephemeral = true");
    const { plan, said } = await toldOf(ephemeral, base, "-var=check=off");
    // This is what makes it dangerous: nothing in the plan is of the value that counts.
    expect(JSON.parse(plan).variables.check.value).toBe("warn");
    expect(said).toEqual(["warn cannot-be-reviewed provider.mcpstack"]);
    expect((await toldOf(ephemeral, plan, "-var=check=off")).said).toEqual([
      "warn cannot-be-reviewed provider.mcpstack",
    ]);
    expect((await toldOf(check(""), base, "-var=check=off")).said).toEqual([
      "warn metadata-check-lowered provider.mcpstack",
    ]);
    expect((await toldOf(check(""), base)).said).toEqual([]);
  },
);

test("opentofu: a resource that goes over to another instance of a provider is told, by one note at least", async () => {
  const program = (instance: string) => `
locals {
  origins = { one = "https://auth.petalpal.com", two = "https://login.other.example" }
}
provider "mcpstack" {
  alias           = "x"
  for_each        = local.origins
  trusted_origins = [each.value]
}
${gateway("support", `  provider = mcpstack.x["${instance}"]`)}`;
  await begin("opentofu", program("one"));
  const base = await planned();
  await workspace.write(program("two"));
  const said = ["info cannot-be-reviewed provider.mcpstack.x"];
  expect(await told(await planned(), base, program("two"))).toEqual(said);
  expect(await told(await planned(), base)).toEqual(said);
});

test.each(engines)("%s: a gateway's own check that goes away leaves the provider's", async (engine) => {
  const provider = 'provider "mcpstack" {\n  metadata_check = "off"\n  findings = { "issuer-mismatch" = "off" }\n}\n';
  const own = ['  metadata_check = "warn"', '  findings = { "issuer-mismatch" = "error" }'];
  const program = (lines: readonly string[]) => provider + gateway("support", lines.join("\n"));
  await begin(engine, program(own));
  const toldOf = async (lines: readonly string[]) => {
    await workspace.write(program(lines));
    return told(await planned());
  };
  const about = (found: readonly string[]) => found.filter((one) => one.endsWith("mcpstack_gateway.support"));
  expect(about(await toldOf(own.slice(1)))).toEqual(["warn metadata-check-lowered mcpstack_gateway.support"]);
  expect(about(await toldOf(own.slice(0, 1)))).toEqual(["warn finding-switched-off mcpstack_gateway.support"]);
  expect(about(await toldOf(own))).toEqual([]);
});
