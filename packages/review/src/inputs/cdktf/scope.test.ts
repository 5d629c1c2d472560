import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";

const server = { serverId: "api", gateway: "support" };
const support = { gateways: { support: supportGateway }, attachments: { api: server } };
const evil = "https://login.other.example/";
const own = supportGateway.authorizationServerUrl;

/** A stack whose issuer is written as an expression, with the definitions behind it. */
function stack(issuer: unknown, more: Loose = {}): Loose {
  const made = cdktfStack(support) as Loose;
  made.resource.mcpstack_gateway.support.authorization_server_url = issuer;
  return { ...made, ...more };
}
const findings = async (base: unknown, head: unknown) =>
  (await reviewPlan(inputOf(head, "cdk.tf.json"), { now: today, base: inputOf(base, "base.json") })).findings;
const told = async (base: unknown, head: unknown) =>
  (await findings(base, head)).map(({ code, severity, address }) => `${severity} ${code} ${address}`);

const moved = "error authorization-server-new mcpstack_gateway.support";
const unseen = "error cannot-be-reviewed mcpstack_gateway.support";
const expression = (text: string) => `\${${text}}`;

test.each<[string, unknown, Loose, Loose, string]>([
  ["a local", expression("local.issuer"), { locals: { issuer: own } }, { locals: { issuer: evil } }, moved],
  [
    "locals in a list",
    expression("local.issuer"),
    { locals: [{ issuer: own }] },
    { locals: [{ issuer: evil }] },
    moved,
  ],
  [
    "a local behind a local",
    expression("local.a"),
    { locals: { a: expression("local.b.c"), b: { c: own } } },
    { locals: { a: expression("local.b.c"), b: { c: evil } } },
    moved,
  ],
  [
    "a variable's default",
    expression("var.issuer"),
    { variable: { issuer: { default: own } } },
    { variable: { issuer: { default: evil } } },
    moved,
  ],
  [
    "a part of a text",
    `https://\${local.host}/`,
    { locals: { host: "petalpal.eu.auth0.com" } },
    { locals: { host: "login.other.example" } },
    moved,
  ],
  [
    "a sensitive variable",
    expression("var.issuer"),
    { variable: { issuer: { default: own, sensitive: true } } },
    { variable: { issuer: { default: evil, sensitive: true } } },
    unseen,
  ],
  [
    "a data source",
    expression("data.aws_ssm_parameter.issuer.value"),
    { data: { aws_ssm_parameter: { issuer: { name: "/issuer" } } } },
    { data: { aws_ssm_parameter: { issuer: { name: "/other" } } } },
    unseen,
  ],
  [
    "a data source behind a local",
    expression("local.issuer"),
    { locals: { issuer: expression("data.http.x.response_body") }, data: { http: { x: { url: own } } } },
    { locals: { issuer: expression("data.http.x.response_body") }, data: { http: { x: { url: evil } } } },
    unseen,
  ],
  [
    "a module's output",
    expression("module.idp.issuer"),
    { module: { idp: { source: "./idp", tenant: "a" } } },
    { module: { idp: { source: "./idp", tenant: "b" } } },
    unseen,
  ],
  [
    "a function",
    expression('replace(local.issuer, "x", "")'),
    { locals: { issuer: own } },
    { locals: { issuer: evil } },
    unseen,
  ],
  [
    "a directive",
    `%{ if local.prod }${own}%{ else }${evil}%{ endif }`,
    { locals: { prod: true } },
    { locals: { prod: false } },
    unseen,
  ],
])("the same text over another definition is another value: %s", async (_, issuer, before, after, expected) => {
  expect(await told(stack(issuer, before), stack(issuer, after))).toContain(expected);
  expect(await told(stack(issuer, before), stack(issuer, before))).toEqual([]);
});

test("a for_each decides what stands behind each.value", async () => {
  const made = (issuer: string) => {
    const found = stack(expression("each.value"));
    found.resource.mcpstack_gateway.support.for_each = { eu: issuer };
    return found;
  };
  expect(await told(made(own), made(evil))).toContain(unseen);
  expect(await told(made(own), made(own))).toEqual([]);
});

test("an edit of a resource that only its id is taken from moves nothing", async () => {
  const head = stack(own);
  head.resource.mcpstack_gateway.support.description = "In other words";
  expect(await told(stack(own), head)).toEqual([]);
});

test("an attachment to what a data source finds cannot be followed", async () => {
  const head = stack(own, { data: { mcpstack_gateway: { other: { name: "Other" } } } });
  head.resource.mcpstack_server_gateway_attachment.api.gateway_id = expression("data.mcpstack_gateway.other.id");
  expect(await told(stack(own), head)).toContain("error cannot-be-reviewed mcpstack_server_gateway_attachment.api");
});

test("blocks may stand in lists", async () => {
  const made = (issuer: string) => {
    const { resource, provider, ...rest } = stack(issuer);
    return {
      ...rest,
      provider: [{ mcpstack: provider.mcpstack }],
      resource: [
        { mcpstack_gateway: [{ support: [resource.mcpstack_gateway.support] }] },
        { mcpstack_server_gateway_attachment: resource.mcpstack_server_gateway_attachment },
      ],
    };
  };
  expect(await told(made(own), made(evil))).toContain(moved);
  expect(await told(made(own), made(own))).toEqual([]);
});

test("a resource that goes over to another provider block goes to its API", async () => {
  const made = (provider?: string) => {
    const found = stack(own, {
      provider: { mcpstack: [{}, { alias: "eu", api_url: "https://api.other.example", organization: "org_other" }] },
    });
    if (provider !== undefined) found.resource.mcpstack_gateway.support.provider = provider;
    return found;
  };
  for (const spelling of ["mcpstack.eu", expression("mcpstack.eu")]) {
    expect(await told(made(), made(spelling))).toEqual([
      "error api-changed mcpstack_gateway.support",
      "error organization-changed mcpstack_gateway.support",
    ]);
  }
  expect(await told(made("mcpstack.eu"), made(expression("mcpstack.eu")))).toEqual([]);
});

test("the provider may have another local name", async () => {
  const made = (apiUrl: string) =>
    stack(own, {
      terraform: { required_providers: { gates: { source: "mcpstack/mcpstack" } } },
      provider: { gates: [{ api_url: apiUrl }] },
    });
  expect(await told(made("https://api.mcpstack.com"), made("https://api.other.example"))).toEqual([
    "error api-changed provider.mcpstack",
  ]);
});

test("an import block makes a gateway no new one", async () => {
  const base = cdktfStack({}) as Loose;
  const head = { ...stack(evil), import: [{ to: "mcpstack_gateway.support", id: "gw_1" }] };
  expect(await told(base, head)).toContain(unseen);
});

test("a removed block forgets, and does not delete", async () => {
  const head = {
    ...(cdktfStack({}) as Loose),
    removed: [{ from: "mcpstack_gateway.support", lifecycle: { destroy: false } }],
  };
  expect(await told(stack(own), head)).toContain("warn gateway-forgotten mcpstack_gateway.support");
});

test("a module whose call changes cannot be looked into", async () => {
  const made = (source: string, providers?: Loose) => stack(own, { module: { m: { source, ...providers } } });
  expect(await told(made("./a"), made("./b"))).toEqual(["info cannot-be-reviewed module.m"]);
  const passed = { providers: { mcpstack: "mcpstack" } };
  expect(await told(made("./a", passed), made("./b", passed))).toEqual(["error cannot-be-reviewed module.m"]);
  expect(await told(made("./a", passed), made("./a", passed))).toEqual([]);
});

test.each<[string, Loose]>([
  ["a text as the resources", { resource: "x" }],
  ["a text as a resource", { resource: { mcpstack_gateway: { support: "x" } } }],
  ["a text as the provider", { provider: { mcpstack: "x" } }],
])("%s is not understood", async (_, damage) => {
  await expect(findings(stack(own), stack(own, damage))).rejects.toThrow("cannot be understood");
});
