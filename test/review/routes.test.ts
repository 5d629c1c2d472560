// Any two states of a small organization, written with whatever indirection HCL has and planned by the real engine: the review's table of
// routes is the one that follows from the states.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type ReviewResult, reviewPlan } from "@mcpstack/review";
import fc from "fast-check";
import { type Engine, succeeded, Workspace } from "../e2e/workspace";

const names = ["g0", "g1", "g2"] as const;
const servers = ["s0", "s1", "s2"] as const;
type Name = (typeof names)[number];

/** What a gateway is, and how the program writes it. */
interface Written {
  readonly issuer: string;
  readonly clientId?: string | undefined;
  readonly audience?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly place: "alone" | "instance" | "module";
  readonly value: "literal" | "local" | "variable";
}

interface State {
  readonly gateways: Readonly<Partial<Record<Name, Written>>>;
  /** By server. */
  readonly attached: readonly (Name | undefined)[];
  readonly reference: readonly ("direct" | "local" | "data" | "condition")[];
  readonly isInstance: boolean;
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const written: fc.Arbitrary<Written> = fc.record({
  issuer: fc.constantFrom("https://a.petalpal.invalid", "https://b.petalpal.invalid", "https://evil.example"),
  clientId: optional(fc.constantFrom("one", "two")),
  audience: optional(fc.constantFrom("https://api.petalpal.invalid", "https://other.petalpal.invalid")),
  scopes: optional(fc.subarray(["openid", "orders:read", "orders:write"], { minLength: 1 })),
  place: fc.constantFrom("alone", "instance", "module"),
  value: fc.constantFrom("literal", "local", "variable"),
});
const state: fc.Arbitrary<State> = fc
  .record({
    gateways: fc.record({ g0: written, g1: written, g2: written }, { requiredKeys: ["g0"] }),
    attached: fc.tuple(...servers.map(() => optional(fc.constantFrom(...names)))),
    reference: fc.tuple(...servers.map(() => fc.constantFrom("direct", "local", "data", "condition"))),
    isInstance: fc.boolean(),
  })
  .map((made) => ({
    ...made,
    attached: made.attached.map((name) => (name !== undefined && made.gateways[name] ? name : undefined)),
  })) as fc.Arbitrary<State>;

const addressOf = (name: Name, { place }: Written) =>
  ({
    alone: `mcpstack_gateway.${name}`,
    instance: `mcpstack_gateway.all["${name}"]`,
    module: `module.m_${name}.mcpstack_gateway.this`,
  })[place];
const idOf = (name: Name, one: Written) =>
  one.place === "module" ? `module.m_${name}.id` : `${addressOf(name, one)}.id`;
const hcl = (value: unknown) => (value === undefined ? "null" : JSON.stringify(value));
const serverAddress = (index: number, isInstance: boolean) =>
  `mcpstack_server_gateway_attachment.${isInstance ? `all["s${index}"]` : `s${index}`}`;

const preamble = `
terraform {
  required_providers {
    mcpstack = {
      source = "mcpstack/mcpstack"
    }
  }
}
`;
const childModule = `${preamble}
variable "name" {}
variable "issuer" {}
variable "client_id" {}
variable "resource" {}
variable "scopes" {}
resource "mcpstack_gateway" "this" {
  name                     = var.name
  provider_type            = "manual"
  authorization_server_url = var.issuer
  client_id                = var.client_id
  resource                 = var.resource
  scopes                   = var.scopes
}
output "id" {
  value = mcpstack_gateway.this.id
}
`;

/** The program of a state. \`earlier\` is what there is already: only that can be looked up, and moves. */
function program(
  prefix: string,
  { gateways, attached, reference, isInstance }: State,
  earlier: State | undefined,
): string {
  const made = Object.entries(gateways) as [Name, Written][];
  const blocks: string[] = [preamble, 'variable "yes" {\n  default = true\n}', 'variable "servers" {}'];
  const issuerOf = (name: Name, { value, issuer }: Written) => {
    if (value === "literal") return hcl(issuer);
    if (value === "local") blocks.push(`locals {\n  issuer_${name} = ${hcl(issuer)}\n}`);
    else blocks.push(`variable "issuer_${name}" {\n  default = ${hcl(issuer)}\n}`);
    return value === "local" ? `local.issuer_${name}` : `var.issuer_${name}`;
  };
  const instances: string[] = [];
  for (const [name, one] of made) {
    const issuer = issuerOf(name, one);
    const rest = `client_id = ${hcl(one.clientId)}, resource = ${hcl(one.audience)}, scopes = ${hcl(one.scopes)}`;
    if (one.place === "instance") instances.push(`${name} = { issuer = ${issuer}, ${rest} }`);
    else {
      const body = `  name = "${prefix}-${name}"\n  ${rest.replaceAll(", resource", "\n  resource").replaceAll(", scopes", "\n  scopes")}`;
      blocks.push(
        one.place === "alone"
          ? `resource "mcpstack_gateway" "${name}" {\n${body}\n  provider_type = "manual"\n  authorization_server_url = ${issuer}\n}`
          : `module "m_${name}" {\n  source = "../child"\n${body}\n  issuer = ${issuer}\n}`,
      );
    }
    const before = earlier?.gateways[name];
    if (before && before.place !== one.place)
      blocks.push(`moved {\n  from = ${addressOf(name, before)}\n  to = ${addressOf(name, one)}\n}`);
  }
  if (instances.length > 0) {
    blocks.push(`resource "mcpstack_gateway" "all" {
  for_each = { ${instances.join(", ")} }
  name = "${prefix}-\${each.key}"
  provider_type = "manual"
  authorization_server_url = each.value.issuer
  client_id = each.value.client_id
  resource = each.value.resource
  scopes = each.value.scopes
}`);
  }
  const ids: string[] = [];
  attached.forEach((name, index) => {
    if (name === undefined) return;
    const one = gateways[name] as Written;
    const direct = idOf(name, one);
    const how = reference[index];
    const other = made.find(([candidate]) => candidate !== name);
    let id = direct;
    if (how === "local") {
      blocks.push(`locals {\n  id_s${index} = ${direct}\n}`);
      id = `local.id_s${index}`;
    } else if (how === "data" && earlier?.gateways[name]) {
      blocks.push(`data "mcpstack_gateway" "s${index}" {\n  name = "${prefix}-${name}"\n}`);
      id = `data.mcpstack_gateway.s${index}.id`;
    } else if (how === "condition" && other) id = `var.yes ? ${direct} : ${idOf(...other)}`;
    if (isInstance) ids.push(`s${index} = ${id}`);
    else
      blocks.push(
        `resource "mcpstack_server_gateway_attachment" "s${index}" {\n  server_id = var.servers[${index}]\n  gateway_id = ${id}\n}`,
      );
    if (earlier && earlier.attached[index] !== undefined && earlier.isInstance !== isInstance)
      blocks.push(
        `moved {\n  from = ${serverAddress(index, earlier.isInstance)}\n  to = ${serverAddress(index, isInstance)}\n}`,
      );
  });
  if (ids.length > 0) {
    blocks.push(`resource "mcpstack_server_gateway_attachment" "all" {
  for_each = { ${ids.join(", ")} }
  server_id = var.servers[tonumber(substr(each.key, 1, 1))]
  gateway_id = each.value
}`);
  }
  return blocks.join("\n");
}

type Route = ReviewResult["routes"][number];
type Side = NonNullable<Route["before"]>;

/** What follows from a state for a server; undefined where it has no route. */
function routeIn({ gateways, attached }: State, index: number) {
  const name = attached[index];
  const one = name === undefined ? undefined : gateways[name];
  if (!one) return undefined;
  const { issuer, clientId, audience, scopes } = one;
  return { issuer, clientId, audience, scopes: scopes && [...scopes].sort() };
}

const told = (side: Side | undefined) =>
  side && { issuer: side.issuer, clientId: side.clientId, audience: side.audience, scopes: side.scopes };

const batch = 24;
const serversOf = (position: number) =>
  servers.map((_, index) => `server-${String(position * servers.length + index + 1).padStart(4, "0")}`);

let api: LocalApi;
let workspace: Workspace;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: batch * servers.length } });
});
afterEach(async () => {
  await workspace.remove();
  await api.close();
});

async function write(states: readonly State[], earlier?: readonly State[]): Promise<void> {
  const calls = ['provider "mcpstack" {\n  metadata_check = "off"\n}'];
  await mkdir(path.join(workspace.folder, "child"), { recursive: true });
  await writeFile(path.join(workspace.folder, "child/main.tf"), childModule);
  for (const [position, one] of states.entries()) {
    const folder = path.join(workspace.folder, `org${position}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "main.tf"), program(`org${position}`, one, earlier?.[position]));
    calls.push(
      `module "org${position}" {\n  source = "./org${position}"\n  servers = ${JSON.stringify(serversOf(position))}\n}`,
    );
  }
  await workspace.write(calls.join("\n"));
  succeeded(await workspace.run("get"));
}

test.each<Engine>(["terraform", "opentofu"])("%s: the table of routes follows from the states", async (engine) => {
  // Samples and not a property: one plan holds as many organizations as there are samples, and says which of them is wrong.
  const seed = Number(process.env.FC_SEED ?? 20261126);
  const pairs = fc.sample(fc.tuple(state, state), { numRuns: batch, seed });
  workspace = await Workspace.create({ engine, api });
  await write(pairs.map(([base]) => base));
  await workspace.apply();
  await write(
    pairs.map(([, head]) => head),
    pairs.map(([base]) => base),
  );
  await workspace.plan("-out=planned");
  const plan = succeeded(await workspace.run("show", "-json", "planned")).stdout;
  const input = { name: "plan.json", content: Readable.from([Buffer.from(plan)]) };
  const { routes, findings } = await reviewPlan(input, { now: new Date("2026-11-24T00:00:00Z") });
  const rows = new Map(routes.map((route) => [route.server, route]));
  let followed = 0;
  for (const [position, [base, head]] of pairs.entries()) {
    for (const [index, server] of serversOf(position).entries()) {
      const [before, after] = [routeIn(base, index), routeIn(head, index)];
      const row = rows.get(server);
      const context = { position, server, base, head };
      expect({ context, before: told(row?.before) }).toEqual({ context, before });
      const loud = findings.filter(({ severity, servers }) => severity === "error" && servers.includes(server));
      const codes = loud.map(({ code }) => code);
      if (row?.after?.unknown.includes("gateway")) {
        // What a plan does not tell of a new gateway is said, where people signed in before.
        expect({ context, codes: before ? codes : ["cannot-be-reviewed"] }).toEqual({
          context,
          codes: expect.arrayContaining([expect.stringMatching(/^(?:cannot-be-reviewed|sign-in-moved)$/)]),
        });
        continue;
      }
      followed += after ? 1 : 0;
      expect({ context, after: told(row?.after) }).toEqual({ context, after });
      if (before && after && before.issuer !== after.issuer) {
        expect({ context, codes }).toEqual({
          context,
          codes: expect.arrayContaining([
            expect.stringMatching(/^(?:sign-in-moved|authorization-server-(?:new|changed))$/),
          ]),
        });
      }
    }
  }
  expect(followed).toBeGreaterThan(batch);
});
