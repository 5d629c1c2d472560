// Changes of a pull request, each a small module before and after. What they do to a server's route decides what must be said of them,
// however they are written.

/** The least that must be said of a change; `silent` for one that moves nothing. */
export type Said = "error" | "warn" | "info" | "silent";

export interface Change {
  readonly said: Said;
  readonly base: string;
  readonly head: string;
  /** Blocks that only the root module may hold; `SELF` stands for the module's address. */
  readonly root?: string;
}

const own = "https://auth.petalpal.invalid";
const foreign = "https://login.other.example";

interface Gateway {
  readonly name?: string;
  readonly issuer?: string;
  readonly more?: string;
}

/** HCL of a gateway. `issuer` is an expression. */
const gateway = (label: string, { name = label, issuer = `"${own}"`, more = "" }: Gateway = {}) => `
resource "mcpstack_gateway" "${label}" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = ${issuer}
  client_id                = "support-mcp"
  ${more}
}`;
const evil = (label: string, more: Gateway = {}) => gateway(label, { issuer: `"${foreign}"`, ...more });
/** HCL of an attachment to what an expression says. */
const attached = (id: string, { label = "api", server = "var.server", more = "" } = {}) => `
resource "mcpstack_server_gateway_attachment" "${label}" {
  server_id  = ${server}
  gateway_id = ${id}
  ${more}
}`;

const base = gateway("support") + attached("mcpstack_gateway.support.id");
/** The gateway with further or other arguments. */
const edited = (more: string) => gateway("support", { more }) + attached("mcpstack_gateway.support.id");
const edit = (said: Said, before: string, after: string): Change => ({
  said,
  base: edited(before),
  head: edited(after),
});
/** A gateway with its attachment, whose public id is written out. */
const named = (label: string, publicId: string) =>
  gateway(label) + attached(`mcpstack_gateway.${label}.id`, { more: `public_id = "${publicId}"` });
/** A gateway of another issuer, with an attachment of another server whose public id is what an expression says. */
const taking = (label: string, publicId: string) =>
  evil(label) +
  attached(`mcpstack_gateway.${label}.id`, { label, server: "var.second", more: `public_id = ${publicId}` });
const endpoints = (host: string) =>
  `authorization_endpoint = "${own}/authorize"\n  token_endpoint = "https://${host}/token"`;
const made = `
resource "terraform_data" "made" {
  input = "${foreign}"
}`;
const entra = (tenant: string) => `"https://login.microsoftonline.com/${tenant}/v2.0"`;
const tenant = "8a5f0c1e-0000-4000-8000-000000000001";

export const changes: Readonly<Record<string, Change>> = {
  // By an edit.
  issuer: { said: "error", base, head: evil("support") + attached("mcpstack_gateway.support.id") },
  issuer_by_local: {
    said: "error",
    base: `locals {\n  issuer = "${own}"\n}\n${gateway("support", { issuer: "local.issuer" })}`,
    head: `locals {\n  issuer = "${foreign}"\n}\n${gateway("support", { issuer: "local.issuer" })}`,
  },
  issuer_by_default: {
    said: "error",
    base: `variable "issuer" {\n  default = "${own}"\n}\n${gateway("support", { issuer: "var.issuer" })}`,
    head: `variable "issuer" {\n  default = "${foreign}"\n}\n${gateway("support", { issuer: "var.issuer" })}`,
  },
  issuer_of_another_gateway: {
    said: "error",
    base: base + evil("partner"),
    head: evil("support") + attached("mcpstack_gateway.support.id") + evil("partner"),
  },
  issuer_unknown: {
    said: "error",
    base,
    head: made + gateway("support", { issuer: "terraform_data.made.output" }),
  },
  issuer_sensitive: {
    said: "error",
    base: `variable "issuer" {\n  default   = "${own}"\n  sensitive = true\n}\n${gateway("support", { issuer: "var.issuer" })}`,
    head: `variable "issuer" {\n  default   = "${foreign}"\n  sensitive = true\n}\n${gateway("support", { issuer: "var.issuer" })}`,
  },
  issuer_spelled_otherwise: {
    said: "warn",
    base: gateway("support", { issuer: '"https://AUTH.petalpal.invalid"' }),
    head: gateway("support", { issuer: '"https://auth.petalpal.invalid"' }),
  },
  issuer_of_every_tenant: { said: "error", base, head: gateway("support", { issuer: entra("common") }) },
  issuer_of_another_tenant: {
    said: "error",
    base: gateway("support", { issuer: entra(tenant) }),
    head: gateway("support", { issuer: entra(tenant.replace("8a5f", "9b6e")) }),
  },
  metadata_url_elsewhere: edit("error", "", `metadata_url = "${foreign}/metadata.json"`),
  metadata_url_unknown: {
    said: "error",
    base,
    head: made + edited(`metadata_url = "\${terraform_data.made.output}/metadata.json"`),
  },
  endpoints_elsewhere: edit("error", "", endpoints("token.other.example")),
  token_endpoint_moves: edit("error", endpoints("auth.petalpal.invalid"), endpoints("token.other.example")),
  token_endpoint_unknown: {
    said: "error",
    base: edited(endpoints("auth.petalpal.invalid")),
    head: made + edited(endpoints("x").replace('"https://x/token"', `"\${terraform_data.made.output}/token"`)),
  },
  registration_elsewhere: edit("error", "", `registration_endpoint = "${foreign}/register"`),
  settings_in_disguise: edit("error", "", `settings = jsonencode({ oauth = { TOKEN_endpoint = "${foreign}/token" } })`),
  settings_with_a_key_set: edit("error", "", `settings = jsonencode({ keys = { jwksUri = "${foreign}/jwks" } })`),
  settings_unknown: {
    said: "error",
    base,
    head: made + edited("settings = jsonencode({ oauth = { issuer = terraform_data.made.output } })"),
  },
  settings_in_a_text: edit("error", "", `settings = jsonencode({ config = jsonencode({ issuer = "${foreign}" }) })`),
  settings_in_a_list: edit(
    "error",
    "",
    `settings = jsonencode({ fields = [{ name = "issuer", value = "${foreign}" }] })`,
  ),
  settings_in_a_text_in_a_text: edit(
    "error",
    "",
    `settings = jsonencode({ config = jsonencode(jsonencode({ issuer = "${foreign}" })) })`,
  ),
  settings_in_an_assignment: edit("error", "", `settings = jsonencode({ config = "issuer=${foreign}" })`),
  settings_by_words: edit("error", "", `settings = jsonencode({ further = { wellKnown = "${foreign}" } })`),
  settings_with_an_invisible_letter: edit(
    "error",
    "",
    `settings = jsonencode({ further = { "is\\u200Bsuer" = "${foreign}" } })`,
  ),
  settings_with_whose_key: edit("error", "", 'settings = jsonencode({ further = { signingCertificate = "x" } })'),
  settings_with_a_right: edit("error", "", 'settings = jsonencode({ further = { userRole = "admin" } })'),
  settings_with_an_address: edit("warn", "", 'settings = jsonencode({ logo = "https://cdn.other.example/x.png" })'),
  settings_write_only: edit("warn", "", "settings_wo = jsonencode({ secret = 1 })\n  settings_wo_version = 1"),
  settings_write_only_again: edit(
    "warn",
    "settings_wo = jsonencode({ secret = 1 })\n  settings_wo_version = 1",
    "settings_wo = jsonencode({ secret = 2 })\n  settings_wo_version = 2",
  ),
  client: { said: "warn", base, head: base.replace("support-mcp", "other-client") },
  audience: edit("warn", 'resource = "https://api.petalpal.invalid"', 'resource = "https://other.petalpal.invalid"'),
  audience_unknown: {
    said: "warn",
    base: edited('resource = "https://api.petalpal.invalid"'),
    head: made + edited("resource = terraform_data.made.output"),
  },
  scopes_broad: edit("warn", 'scopes = ["openid"]', 'scopes = ["openid", "api://x/.default"]'),
  scopes_write: edit("warn", 'scopes = ["openid"]', 'scopes = ["openid", "orders:write"]'),
  scopes_sensitive: {
    said: "warn",
    base: edited('scopes = ["openid"]'),
    head: `variable "more" {\n  default   = "orders:write"\n  sensitive = true\n}\n${edited('scopes = ["openid", var.more]')}`,
  },
  origins: edit("warn", "", `trusted_origins = ["${foreign}"]`),
  check: edit("warn", 'metadata_check = "warn"', 'metadata_check = "off"'),
  findings: edit("warn", "", 'findings = { issuer-mismatch = "off" }'),

  // By an attachment.
  moved_to_new: {
    said: "error",
    base,
    head: gateway("support") + evil("other") + attached("mcpstack_gateway.other.id"),
  },
  moved_to_known: {
    said: "error",
    base: base + evil("partner"),
    head: gateway("support") + evil("partner") + attached("mcpstack_gateway.partner.id"),
  },
  moved_by_local: {
    said: "error",
    base,
    head: `locals {\n  gateway = mcpstack_gateway.other.id\n}\n${gateway("support")}${evil("other")}${attached("local.gateway")}`,
  },
  moved_by_condition: {
    said: "error",
    base,
    head:
      gateway("support") +
      evil("other") +
      attached('var.server == "" ? mcpstack_gateway.support.id : mcpstack_gateway.other.id'),
  },
  moved_by_condition_of_new_ones: {
    said: "error",
    base,
    head:
      gateway("support") +
      gateway("fine") +
      evil("other") +
      attached('var.server == "" ? mcpstack_gateway.fine.id : mcpstack_gateway.other.id'),
  },
  moved_by_for_each: {
    said: "error",
    base,
    head: `${gateway("support")}
resource "mcpstack_gateway" "all" {
  for_each                 = { api = "${own}", evil = "${foreign}" }
  name                     = each.key
  provider_type            = "manual"
  authorization_server_url = each.value
}
resource "mcpstack_server_gateway_attachment" "all" {
  for_each   = { api = "evil" }
  server_id  = var.server
  gateway_id = mcpstack_gateway.all[each.value].id
}`,
  },
  moved_by_count: {
    said: "error",
    base,
    head: `${gateway("support")}
resource "mcpstack_gateway" "all" {
  count                    = 2
  name                     = "all-\${count.index}"
  provider_type            = "manual"
  authorization_server_url = ["${own}", "${foreign}"][count.index]
}
${attached("mcpstack_gateway.all[1].id")}`,
  },
  moved_by_splat: {
    said: "error",
    base,
    head: gateway("support") + evil("other", { more: "count = 1" }) + attached("one(mcpstack_gateway.other[*].id)"),
  },
  moved_through_another_resource: {
    said: "error",
    base,
    head: `${gateway("support")}${evil("other")}
resource "terraform_data" "id" {
  input = mcpstack_gateway.other.id
}
${attached("terraform_data.id.output")}`,
  },
  moved_by_the_text_around_a_reference: {
    said: "error",
    base,
    head:
      gateway("support") + gateway("fresh") + attached(`"\${substr(mcpstack_gateway.fresh.id, 0, 0)}\${var.evil_id}"`),
  },
  moved_by_a_branch_without_a_reference: {
    said: "error",
    base,
    head: gateway("support") + gateway("fresh") + attached('mcpstack_gateway.fresh.id == "" ? "" : var.evil_id'),
  },
  moved_outside_by_id: { said: "error", base, head: gateway("support") + attached("var.evil_id") },
  moved_outside_by_data: {
    said: "error",
    base,
    head: `${gateway("support")}
data "mcpstack_gateway" "other" {
  id = var.evil_id
}
${attached("data.mcpstack_gateway.other.id")}`,
  },
  moved_to_a_good_gateway_by_data: {
    said: "warn",
    base,
    head: `${gateway("support")}
data "mcpstack_gateway" "other" {
  id = var.good_id
}
${attached("data.mcpstack_gateway.other.id")}`,
  },
  moved_by_renamed_attachment: {
    said: "error",
    base,
    head: gateway("support") + evil("other") + attached("mcpstack_gateway.other.id", { label: "again" }),
  },
  moved_to_foreign_endpoints: {
    said: "error",
    base,
    head:
      gateway("support") +
      gateway("other", { more: endpoints("token.other.example") }) +
      attached("mcpstack_gateway.other.id"),
  },
  moved_to_unknown_issuer: {
    said: "error",
    base,
    head:
      made +
      gateway("support") +
      gateway("other", { issuer: "terraform_data.made.output" }) +
      attached("mcpstack_gateway.other.id"),
  },
  server_unknown: {
    said: "error",
    base,
    head: `${gateway("support")}${evil("other")}
resource "terraform_data" "server" {
  input = var.server
}
${attached("mcpstack_gateway.other.id", { server: "terraform_data.server.output" })}`,
  },
  forgotten_and_attached_anew: {
    said: "error",
    base,
    head: gateway("support") + evil("other") + attached("mcpstack_gateway.other.id", { label: "again" }),
    root: "removed {\n  from = SELF.mcpstack_server_gateway_attachment.api\n  lifecycle {\n    destroy = false\n  }\n}",
  },
  public_id: {
    said: "warn",
    base: gateway("support") + attached("mcpstack_gateway.support.id", { more: 'public_id = "gw_corpus_one"' }),
    head: gateway("support") + attached("mcpstack_gateway.support.id", { more: 'public_id = "gw_corpus_two"' }),
  },
  public_id_with_another_resource: {
    said: "warn",
    base: gateway("support") + attached("mcpstack_gateway.support.id", { more: 'public_id = "gw_corpus_three"' }),
    head:
      gateway("support") +
      attached("mcpstack_gateway.support.id", { label: "again", more: 'public_id = "gw_corpus_four"' }),
  },
  public_id_taken_over: {
    said: "error",
    base: named("support", "gw_corpus_taken"),
    head: named("support", "gw_corpus_given_up") + taking("other", '"gw_corpus_taken"'),
  },
  public_id_taken_over_by_what_is_unknown: {
    said: "error",
    base: named("support", "gw_corpus_open"),
    head: `resource "terraform_data" "id" {
  input = "gw_corpus_open"
}
${named("support", "gw_corpus_closed")}${taking("other", "terraform_data.id.output")}`,
  },
  public_ids_swapped: {
    said: "error",
    base: named("support", "gw_corpus_left") + taking("other", '"gw_corpus_right"'),
    head: named("support", "gw_corpus_right") + taking("other", '"gw_corpus_left"'),
  },
  public_id_beside_another: {
    said: "silent",
    base: named("support", "gw_corpus_kept"),
    head:
      named("support", "gw_corpus_kept") +
      gateway("other") +
      attached("mcpstack_gateway.other.id", {
        label: "other",
        server: "var.second",
        more: 'public_id = "gw_corpus_new"',
      }),
  },
  detached: { said: "error", base, head: gateway("support") },

  // By another gateway in its place.
  renamed_without_moved: { said: "error", base: gateway("support"), head: evil("again", { name: "support" }) },
  renamed_with_moved: {
    said: "error",
    base,
    head: `${evil("again", { name: "support" })}${attached("mcpstack_gateway.again.id")}
moved {
  from = mcpstack_gateway.support
  to   = mcpstack_gateway.again
}`,
  },
  replaced_by_an_import: {
    said: "error",
    base,
    head: `${gateway("support")}
resource "mcpstack_gateway" "theirs" {
  name                     = "theirs"
  provider_type            = "manual"
  authorization_server_url = "${foreign}"
}
${attached("mcpstack_gateway.theirs.id")}`,
    root: 'import {\n  to = SELF.mcpstack_gateway.theirs\n  id = "EVIL_ID"\n}',
  },
  new_with_foreign_endpoints: {
    said: "warn",
    base,
    head: base + gateway("other", { more: endpoints("token.other.example") }),
  },
  new_stranger: { said: "warn", base, head: base + gateway("other", { issuer: '"https://login.stranger.example"' }) },

  // Nothing of a route moves.
  nothing: { said: "silent", base, head: base },
  described: edit("silent", "", 'description = "In other words"'),
  called_otherwise: { said: "silent", base, head: base.replace('"support"\n  provider', '"Support"\n  provider') },
  refactored: {
    said: "silent",
    base,
    head: `locals {\n  issuer = "${own}"\n  id     = mcpstack_gateway.support.id\n}\n${gateway("support", { issuer: "local.issuer" })}${attached("local.id")}`,
  },
  moved_address: {
    said: "silent",
    base,
    head: `${gateway("renamed", { name: "support" })}${attached("mcpstack_gateway.renamed.id")}
moved {
  from = mcpstack_gateway.support
  to   = mcpstack_gateway.renamed
}`,
  },
  moved_into_instances: {
    said: "silent",
    base,
    head: `${gateway("support", { more: 'for_each = toset(["eu"])' })}${attached('mcpstack_gateway.support["eu"].id')}
moved {
  from = mcpstack_gateway.support
  to   = mcpstack_gateway.support["eu"]
}`,
  },
  output: { said: "silent", base, head: `${base}\noutput "id" {\n  value = mcpstack_gateway.support.id\n}` },
  second_gateway: {
    said: "silent",
    base,
    head: base + gateway("second") + attached("mcpstack_gateway.second.id", { label: "second", server: "var.second" }),
  },
  second_gateway_by_for_each: {
    said: "silent",
    base,
    head: `${base}
resource "mcpstack_gateway" "all" {
  for_each                 = toset(["one"])
  name                     = each.key
  provider_type            = "manual"
  authorization_server_url = "${own}"
}
resource "mcpstack_server_gateway_attachment" "all" {
  for_each   = toset(["one"])
  server_id  = var.second
  gateway_id = mcpstack_gateway.all[each.key].id
}`,
  },
  scopes_reordered: edit("silent", 'scopes = ["openid", "profile"]', 'scopes = ["profile", "openid"]'),
  endpoint_on_its_origin: edit("warn", endpoints("auth.petalpal.invalid"), endpoints("auth.petalpal.invalid/v2")),
  attachment_renamed: {
    said: "silent",
    base,
    head: gateway("support") + attached("mcpstack_gateway.support.id", { label: "again" }),
  },
};
