// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import fc from "fast-check";
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

test.each<[string, string, (value: string) => Loose]>([
  ["a local", 'local.m["//"]', (value) => ({ locals: { m: { "//": value } } })],
  ["a part of a local", 'local.m.a["//"]', (value) => ({ locals: { m: { a: { "//": value } } } })],
  ["a default", 'var.m["//"]', (value) => ({ variable: { m: { default: { "//": value } } } })],
  [
    "an argument of a data source",
    "data.http.x.response_body",
    (value) => ({ data: { http: { x: { url: own, request_headers: { "//": value } } } } }),
  ],
])("what is called as a comment is none in a value: %s", async (_, reference, definitions) => {
  const made = (value: string) => stack(expression(reference), definitions(value));
  expect(await told(made(own), made(evil))).toContain(unseen);
  expect(await told(made(own), made(own))).toEqual([]);
});

test("a comment in a block decides nothing", async () => {
  const made = (note: string) =>
    stack(expression("data.http.x[var.m].y"), {
      data: { http: { x: { url: own, "//": note } } },
      variable: { m: { type: "string", "//": note } },
    });
  expect(await told(made("a"), made("b"))).toEqual([]);
});

describe("what serves something decides what it says", () => {
  const vault = { vault_kv: { x: { name: "issuer" } } };
  const required = (name: string, source: string) => ({
    terraform: { required_providers: { mcpstack: { source: "mcpstack/mcpstack" }, [name]: { source } } },
  });
  const served = (address: string) => ({ data: vault, provider: { vault: [{ address }] } });
  const [good, bad] = ["https://vault.petalpal.com", "https://vault.other.example"];
  const secret = expression("data.vault_kv.x.data.issuer");

  test.each<[string, unknown, Loose, Loose]>([
    ["the configuration of a data source", secret, served(good), served(bad)],
    [
      "what the configuration of a data source is made from",
      secret,
      { ...served(expression("local.vault")), locals: { vault: good } },
      { ...served(expression("local.vault")), locals: { vault: bad } },
    ],
    [
      "a configuration with an alias",
      secret,
      {
        data: { vault_kv: { x: { provider: "vault.eu" } } },
        provider: { vault: [{ address: good }, { alias: "eu", address: good }] },
      },
      {
        data: { vault_kv: { x: { provider: "vault.eu" } } },
        provider: { vault: [{ address: good }, { alias: "eu", address: bad }] },
      },
    ],
    [
      "the publisher of a data source's provider",
      expression("data.http.x.response_body"),
      { data: { http: { x: { url: own } } }, ...required("http", "hashicorp/http") },
      { data: { http: { x: { url: own } } }, ...required("http", "evil/http") },
    ],
    [
      "a publisher where none was named",
      expression("data.http.x.response_body"),
      { data: { http: { x: { url: own } } } },
      { data: { http: { x: { url: own } } }, ...required("http", "evil/http") },
    ],
    [
      "the configuration of a resource",
      expression("idp_tenant.main.issuer"),
      { resource: { idp_tenant: { main: {} } }, provider: { idp: { tenant: "a" } } },
      { resource: { idp_tenant: { main: {} } }, provider: { idp: { tenant: "b" } } },
    ],
    [
      "the publisher of a function",
      expression('provider::x::f("a")'),
      required("x", "good/x"),
      required("x", "evil/x"),
    ],
    [
      "what a module inherits",
      expression("module.idp.issuer"),
      { module: { idp: { source: "./idp" } }, provider: { vault: [{ address: good }] } },
      { module: { idp: { source: "./idp" } }, provider: { vault: [{ address: bad }] } },
    ],
    [
      "what a module is given",
      expression("module.idp.issuer"),
      {
        module: { idp: { source: "./idp", providers: { vault: "vault.eu" } } },
        provider: { vault: [{ alias: "eu", address: good }] },
      },
      {
        module: { idp: { source: "./idp", providers: { vault: "vault.eu" } } },
        provider: { vault: [{ alias: "eu", address: bad }] },
      },
    ],
    [
      "an ephemeral block",
      expression("ephemeral.vault_kv.x.data"),
      { ephemeral: { vault_kv: { x: { name: "issuer" } } } },
      { ephemeral: { vault_kv: { x: { name: "other" } } } },
    ],
  ])("%s", async (_, issuer, before, after) => {
    const made = (more: Loose) => {
      const { resource, provider, ...rest } = more;
      const found = stack(issuer, rest);
      return { ...found, resource: { ...found.resource, ...resource }, provider: { ...found.provider, ...provider } };
    };
    expect(await told(made(before), made(after))).toContain(unseen);
    expect(await told(made(before), made(before))).toEqual([]);
  });

  test.each<[string, string, Loose, Loose]>([
    [
      "an ephemeral block",
      expression("ephemeral.random_x.y.z"),
      { ephemeral: { random_x: { y: { length: 1 } } } },
      { ephemeral: { random_x: { y: { length: 2 } } } },
    ],
    [
      "the publisher of a function",
      expression('provider::x::f("a")'),
      required("x", "good/x"),
      required("x", "evil/x"),
    ],
  ])("%s, behind an argument of the provider", async (_, metadata_check, before, after) => {
    const made = (more: Loose) => stack(own, { ...more, provider: { mcpstack: [{ metadata_check }] } });
    expect((await told(made(before), made(after))).join()).toMatch(/cannot-be-reviewed provider\.mcpstack/);
    expect(await told(made(before), made(before))).toEqual([]);
  });

  test("a block of a kind that this version does not know can hold anything", async () => {
    const made = (kind: string) => stack(expression("action.vault_kv.x"), { [kind]: { vault_kv: { x: {} } } });
    expect(await told(made("action"), made("action"))).toContain(unseen);
    expect(await told(made("check"), made("check"))).toEqual([]);
  });

  test("what serves something else, or in another alias, is no matter", async () => {
    const made = (address: string) =>
      stack(secret, {
        data: vault,
        provider: { mcpstack: [{}], vault: [{}, { alias: "eu", address }], aws: [{ address }] },
      });
    expect(await told(made(good), made(bad))).toEqual([]);
  });
});

test("a for_each decides what stands behind each.value", async () => {
  const made = (issuer: string) => {
    const found = stack(expression("each.value"));
    found.resource.mcpstack_gateway.support.for_each = { eu: issuer };
    return found;
  };
  expect(await told(made(own), made(evil))).toContain(`${moved}["eu"]`);
  expect(await told(made(own), made(own))).toEqual([]);
});

const attachmentType = "mcpstack_server_gateway_attachment";
/** A stack in which an attachment and the gateway of a partner are repeated at will. */
function repeated(attachment: Loose, more: Loose = {}): Loose {
  const made = stack(own, more);
  made.resource.mcpstack_gateway.partner = {
    ...made.resource.mcpstack_gateway.support,
    name: "Partner",
    authorization_server_url: evil,
  };
  Object.assign(made.resource[attachmentType].api, attachment);
  return made;
}
/** Two attachments of one server, one for each value of a switch. */
function eitherOr(isGreen: boolean, blue: Loose, green: Loose): Loose {
  const made = repeated(blue, {
    variable: { green: { default: isGreen } },
    locals: { green: expression("var.green") },
  });
  const { api } = made.resource[attachmentType];
  const { count: _count, for_each: _forEach, ...rest } = api;
  made.resource[attachmentType].green = { ...rest, gateway_id: expression("mcpstack_gateway.partner.id"), ...green };
  return made;
}
const one = (condition: string, yes: string, no: string) => expression(`${condition} ? ${yes} : ${no}`);

test.each<[string, Loose, Loose]>([
  ["count", { count: one("var.green", "0", "1") }, { count: one("var.green", "1", "0") }],
  [
    "for_each",
    { for_each: one("var.green", "toset([])", 'toset(["x"])') },
    { for_each: one("var.green", 'toset(["x"])', "toset([])") },
  ],
  ["count over a local", { count: one("local.green", "0", "1") }, { count: one("local.green", "1", "0") }],
  [
    "lifecycle.enabled",
    { lifecycle: { enabled: expression("!var.green") } },
    { lifecycle: { enabled: expression("var.green || false") } },
  ],
])(
  "which of two attachments there is, decided by a %s, cannot be told where what decides it changes",
  async (_, blue, green) => {
    const base = eitherOr(false, blue, green);
    expect(await told(base, eitherOr(true, blue, green))).toEqual([
      `error cannot-be-reviewed ${attachmentType}.api`,
      `error cannot-be-reviewed ${attachmentType}.green`,
    ]);
    expect(await told(base, eitherOr(false, blue, green))).toEqual([]);
    // The head says it by itself.
    expect(await told(base, eitherOr(false, { count: expression("0") }, { count: expression("1") }))).toContain(
      `error cannot-be-reviewed ${attachmentType}.green`,
    );
  },
);

test.each<[string, Loose, Loose]>([
  ["a literal 0", {}, { count: 0 }],
  ["a 0 in an expression", {}, { count: expression("0") }],
  ["an empty map", {}, { for_each: {} }],
  ["an empty set in an expression", {}, { for_each: expression("toset([])") }],
  ["an empty set in the place of one", { for_each: expression('toset(["x"])') }, { for_each: expression("toset([])") }],
  ["a local of none", { for_each: expression('toset(["x"])') }, { for_each: expression("toset(local.none)") }],
  ["enabled = false", {}, { lifecycle: { enabled: false } }],
  ["enabled = false as a text in a list of blocks", {}, { lifecycle: [{ enabled: "false" }] }],
  ["enabled by a variable that is false", {}, { lifecycle: { enabled: expression("var.no") } }],
  [
    "enabled = false in an expression",
    { lifecycle: { enabled: true } },
    { lifecycle: { enabled: expression("false") } },
  ],
  ["a variable of none", { count: expression("var.one") }, { count: expression("var.none") }],
  [
    "one instance fewer",
    { for_each: expression('toset(["api", "orders"])'), server_id: expression("each.key") },
    { for_each: expression('toset(["orders"])'), server_id: expression("each.key") },
  ],
])("%s leaves a server without a gateway", async (_, before, after) => {
  const more = {
    locals: { none: [] },
    variable: { one: { default: 1 }, none: { default: 0 }, no: { default: false } },
  };
  const found = await told(repeated(before, more), repeated(after, more));
  expect(found).toEqual([
    expect.stringMatching(/^error server-without-gateway mcpstack_server_gateway_attachment\.api/),
  ]);
});

describe("a gateway that OpenTofu leaves out by lifecycle.enabled", () => {
  const made = (enabled: unknown, issuer: string = own) => {
    const found = stack(issuer);
    found.resource.mcpstack_gateway.support.lifecycle = { enabled };
    return found;
  };

  test("is gone", async () => {
    expect(await told(stack(own), made(false))).toContain("error gateway-gone-attached mcpstack_gateway.support");
    expect(await told(made(true), made(false))).toContain("error gateway-gone-attached mcpstack_gateway.support");
  });

  test("is new when it is there again", async () => {
    expect(await told(made(false, evil), made(true, evil))).toContain(
      "warn authorization-server-new mcpstack_gateway.support",
    );
  });

  test.each([
    ["what only the engine knows", expression("length(data.aws_regions.all.names) > 1")],
    ["a variable without a default", expression("var.there")],
    ["what is no truth value", 1],
  ])("may be gone where %s decides", async (_, enabled) => {
    const found = await told({ ...stack(own), variable: { there: {} } }, { ...made(enabled), variable: { there: {} } });
    expect(found).toContain(unseen);
    // What decides as before changes nothing.
    const same = { ...made(enabled), variable: { there: {} } };
    expect(await told(same, same)).toEqual([]);
  });

  test("cannot be there beside a count", async () => {
    const both = made(true);
    both.resource.mcpstack_gateway.support.count = 1;
    expect(await told(stack(own), both)).toContain(unseen);
  });
});

test("instances of a map are compared by their keys", async () => {
  const made = (api: string, orders: string) =>
    repeated({
      for_each: { api: expression(`mcpstack_gateway.${api}.id`), orders: expression(`mcpstack_gateway.${orders}.id`) },
      server_id: expression("each.key"),
      gateway_id: expression("each.value"),
    });
  expect(await told(made("support", "support"), made("support", "partner"))).toEqual([
    `error sign-in-moved ${attachmentType}.api["orders"]`,
    `warn attachment-moved ${attachmentType}.api["orders"]`,
    `warn client-kept-for-new-issuer ${attachmentType}.api["orders"]`,
  ]);
});

test("an instance of a gateway is chosen by the key of the attachment's own", async () => {
  const made = (key: string) => {
    const found = repeated({
      for_each: expression(`toset(["${key}"])`),
      gateway_id: expression("mcpstack_gateway.all[each.key].id"),
    });
    found.resource.mcpstack_gateway.all = {
      ...found.resource.mcpstack_gateway.support,
      for_each: { own, evil },
      name: expression("each.key"),
      authorization_server_url: expression("each.value"),
    };
    return found;
  };
  expect(await told(made("own"), made("evil"))).toContain(`error sign-in-moved ${attachmentType}.api["evil"]`);
});

test("a number that nobody can tell stands for what is edited in it, too", async () => {
  const made = (issuer: string, count: unknown) => {
    const found = stack(issuer);
    found.resource.mcpstack_gateway.support.count = count;
    return found;
  };
  const open = expression("length(data.aws_regions.all.names)");
  expect(await told(made(own, open), made(evil, open))).toContain(moved);
  expect(await told(made(own, 1), made(evil, open))).toEqual(expect.arrayContaining([moved, unseen]));
  expect(await told(made(own, open), made(evil, 1))).toEqual(expect.arrayContaining([`${moved}[0]`, unseen]));
});

test.each<[string, Loose]>([
  ["the same count by a literal", { count: 1 }],
  ["the same count by an expression", { count: expression("1") }],
  ["a count for the one that there was", { count: expression("var.one") }],
])("%s moves nothing", async (_, attachment) => {
  const more = { variable: { one: { default: 1 } } };
  expect(await told(repeated({}, more), repeated(attachment, more))).toEqual([]);
  expect(await told(repeated(attachment, more), repeated({}, more))).toEqual([]);
});

describe("attachments that become instances of one", () => {
  const separate = () => {
    const made = repeated({});
    made.resource[attachmentType].orders = { ...made.resource[attachmentType].api, server_id: "orders" };
    return made;
  };
  const joined = (forEach: unknown, gateway = "support") => {
    const made = repeated({}, { variable: { servers: { type: "set(string)" } } });
    const { api } = made.resource[attachmentType];
    made.resource[attachmentType] = {
      all: {
        ...api,
        for_each: forEach,
        server_id: expression("each.value"),
        gateway_id: expression(`mcpstack_gateway.${gateway}.id`),
      },
    };
    made.moved = ["api", "orders"].map((name) => ({
      from: `${attachmentType}.${name}`,
      to: `${attachmentType}.all["${name}"]`,
    }));
    return made;
  };

  test("go on as they were", async () => {
    expect(await told(separate(), joined(expression('toset(["api", "orders"])')))).toEqual([]);
  });

  test("are followed to another gateway", async () => {
    expect(await told(separate(), joined(expression('toset(["api", "orders"])'), "partner"))).toContain(
      `error sign-in-moved ${attachmentType}.all["api"]`,
    );
  });

  test("cannot be followed where nobody can tell which there are, and are not said to be gone", async () => {
    const found = await told(separate(), joined(expression("var.servers")));
    expect(found).toContain(`error cannot-be-reviewed ${attachmentType}.api`);
    expect(found.join()).not.toMatch(/without-gateway|-gone/);
  });
});

test.each([
  'mcpstack_gateway.support["a"]',
  expression("mcpstack_gateway.support[each.key]"),
  "mcpstack_gateway.support",
])("an import of %s makes a gateway no new one", async (to) => {
  const head: Loose = { ...stack(evil), import: [{ to, id: "gw_1" }] };
  head.resource.mcpstack_gateway.support.for_each = expression('toset(["a"])');
  expect(await told(cdktfStack({}), head)).toContain(`${unseen}["a"]`);
});

test("an import of an instance of an attachment takes over what was there", async () => {
  const head: Loose = { ...repeated({ count: 1 }), import: [{ to: `${attachmentType}.api[0]`, id: "api" }] };
  head.resource[attachmentType].api.gateway_id = "gtw_outside";
  const base = repeated({});
  base.resource[attachmentType] = {};
  expect(await told(base, head)).toContain(`error cannot-be-reviewed ${attachmentType}.api[0]`);
});

test("a removed block forgets the instances of a resource", async () => {
  const base = stack(own);
  base.resource.mcpstack_gateway.support.for_each = expression('toset(["a"])');
  const head = {
    ...(cdktfStack({}) as Loose),
    removed: [{ from: "mcpstack_gateway.support", lifecycle: { destroy: false } }],
  };
  expect(await told(base, head)).toContain('warn gateway-forgotten mcpstack_gateway.support["a"]');
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

describe("configurations that OpenTofu makes by for_each", () => {
  const made = (apis: unknown, instance: string, more: Loose = {}) => {
    const found = stack(own, more);
    found.provider.mcpstack = [{ alias: "by", for_each: apis, api_url: expression("each.value") }];
    for (const resources of Object.values(found.resource) as Loose[])
      for (const resource of Object.values(resources) as Loose[]) resource.provider = `mcpstack.by${instance}`;
    return found;
  };
  const apis = { eu: "https://eu.petalpal.com", us: "https://us.petalpal.com" };
  const provider = "error cannot-be-reviewed provider.mcpstack.by";

  test("are not compared one by one where they change", async () => {
    expect(await told(made(apis, '["eu"]'), made({ ...apis, eu: evil }, '["eu"]'))).toContain(provider);
    const local = (eu: string) => made(expression("local.apis"), '["eu"]', { locals: { apis: { ...apis, eu } } });
    expect(await told(local(apis.eu), local(evil))).toContain(provider);
    const open = (address: string) =>
      made(expression("data.http.apis.response_headers"), '["eu"]', { data: { http: { apis: { url: address } } } });
    expect(await told(open("https://a.example"), open("https://b.example"))).toContain(provider);
    expect(await told(made(apis, '["eu"]'), made(apis, '["eu"]'))).toEqual([]);
  });

  test("are told apart by what uses them", async () => {
    expect(await told(made(apis, '["eu"]'), made(apis, '["us"]'))).toEqual(
      expect.arrayContaining([unseen, `error cannot-be-reviewed ${attachmentType}.api`]),
    );
  });
});

test("the provider may have another local name", async () => {
  const made = (apiUrl: string) => {
    const found = stack(own, {
      terraform: { required_providers: { gates: { source: "mcpstack/mcpstack" } } },
      provider: { gates: [{ api_url: apiUrl }] },
    });
    for (const blocks of Object.values<Loose>(found.resource))
      for (const block of Object.values<Loose>(blocks)) block.provider = "gates";
    return found;
  };
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

test.each([
  ["that destroys", { destroy: true }],
  ["that does not say that it does not", undefined],
])("a removed block %s forgets nothing", async (_, lifecycle) => {
  const head: Loose = {
    ...(cdktfStack({}) as Loose),
    removed: [{ from: `${attachmentType}.api`, ...(lifecycle ? { lifecycle } : {}) }],
  };
  head.resource.mcpstack_gateway = stack(own).resource.mcpstack_gateway;
  expect(await told(stack(own), head)).toContain(`error server-without-gateway ${attachmentType}.api`);
});

test("a module whose call changes cannot be looked into", async () => {
  const made = (source: string, providers?: Loose) => stack(own, { module: { m: { source, ...providers } } });
  expect(await told(made("./a"), made("./b"))).toEqual(["info cannot-be-reviewed module.m"]);
  const passed = { providers: { mcpstack: "mcpstack" } };
  expect(await told(made("./a", passed), made("./b", passed))).toEqual(["error cannot-be-reviewed module.m"]);
  expect(await told(made("./a", passed), made("./a", passed))).toEqual([]);
  // With its call goes what it held.
  expect(await told(made("./a", passed), stack(own))).toEqual(["error cannot-be-reviewed module.m"]);
  expect(await told(made("./a"), stack(own))).toEqual([]);
});

test.each<[string, Loose]>([
  ["a text as the resources", { resource: "x" }],
  ["a text as a resource", { resource: { mcpstack_gateway: { support: "x" } } }],
  ["a text as the provider", { provider: { mcpstack: "x" } }],
])("%s is not understood", async (_, damage) => {
  await expect(findings(stack(own), stack(own, damage))).rejects.toThrow("cannot be understood");
});

describe("What looks like a comment within a text is none", () => {
  const changed = (issuer: string, definitions: (value: string) => Loose) =>
    told(stack(issuer, definitions("petalpal.eu.auth0.com")), stack(issuer, definitions("login.other.example")));
  const host = (value: string) => ({ locals: { host: value } });

  test.each<[string, string, (value: string) => Loose]>([
    ["slashes", expression('format("https://%s", local.host)'), host],
    ["a hash", expression('replace("#", "#", local.host)'), host],
    ["a comment's begin and end", expression('join("", ["/*", local.host, "*/"])'), host],
    ["slashes in a template in a text", expression('lower("https://${lower(local.host)}")'), host],
    ["a heredoc", expression('lower(<<EOT\n"https://${local.host}\nEOT\n)'), host],
    ["a quote behind a comment", expression('lower(/* " */ local.host)'), host],
    ["a number before it", expression("lower(1 -local.host)"), host],
    [
      "slashes in a local between",
      expression("lower(local.url)"),
      (value) => ({ locals: { url: "https://${var.host}/v2.0" }, variable: { host: { default: value } } }),
    ],
    [
      "an object's key",
      expression("lower(local.urls)"),
      (value) => ({ locals: { urls: { "//x/${var.host}": 1 } }, variable: { host: { default: value } } }),
    ],
  ])("%s", async (_, issuer, definitions) => {
    expect(await changed(issuer, definitions)).toEqual([unseen]);
    expect(await told(stack(issuer, definitions("same")), stack(issuer, definitions("same")))).toEqual([]);
  });

  test("whatever texts stand before a reference, it is seen; a reference in a comment or in a text is none", async () => {
    const piece = fc.constantFrom(
      "//",
      "#",
      "/*",
      "*/",
      "\\\\",
      '\\"',
      "$${",
      "%%{",
      "{",
      "}",
      "(",
      "a",
      " ",
      "${1}",
      "'",
    );
    const literal = fc.array(piece, { maxLength: 8 }).map((pieces) => `"${pieces.join("")}"`);
    const comment = fc.constantFrom("", " ", "/* local.x */", '/* " */', '// local.x "\n', "# {\n");
    await fc.assert(
      fc.asyncProperty(fc.array(literal, { maxLength: 4 }), comment, async (literals, between) => {
        const issuer = expression(
          `join("", [${[...literals, `${between}local${between}.${between}host`].join(`, ${between}`)}])`,
        );
        expect(await changed(issuer, host)).toEqual([unseen]);
        const quiet = expression(`join("", [${[...literals, `"local.host"${between}`].join(", ")}])`);
        expect(await changed(quiet, host)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
