// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import type { Policy } from "../policy/schema";
import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { inputOf, today } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const api = "https://api.mcpstack.com";
const variables = {
  api,
  u: "warn",
  env: "prod",
  host: "api.mcpstack.com",
  hosts: ["token.petalpal.com"],
  origins: ["https://token.petalpal.com"],
  all: { api },
  org: "org_petalpal",
};

/** A plan of a gateway that exists, in which the provider has one argument, written as in a program; `with` says from which gateways. */
function planOf(argument: string, text: string | undefined, gateways: Loose = { support: supportGateway }): Loose {
  const plan = terraformPlan({ before: { gateways }, after: { gateways } }) as Loose;
  const references = [...(text ?? "").matchAll(/\b(?:var|local|terraform|each|path)\.\w+(?:\.\w+)?/g)].flatMap(
    ([name]) => {
      const [root, one, two] = name.split(".");
      return two === undefined ? [name] : [name, `${root}.${one}`];
    },
  );
  const constant = /^"[^$]*"$/.test(text ?? "") ? JSON.parse(text as string) : undefined;
  plan.variables = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }]));
  plan.configuration.provider_config.mcpstack.expressions =
    text === undefined ? {} : { [argument]: constant === undefined ? { references } : { constant_value: constant } };
  return plan;
}

const block = (argument: string, text: string | undefined) =>
  `provider "mcpstack" {${text === undefined ? "" : `\n  ${argument} = ${text}\n`}}\n`;

interface Asked {
  readonly argument: string;
  readonly head: string;
  readonly base?: string | undefined;
  readonly gateways?: Loose;
  readonly policy?: Policy["default"];
  /** The program's files; by default the one that the plan was made from. */
  readonly files?: Readonly<Record<string, string | undefined>>;
}

async function told({ argument, head, gateways, policy = {}, ...asked }: Asked): Promise<string[]> {
  const files = asked.files ?? { "main.tf": block(argument, head) };
  const { findings } = await reviewPlan(inputOf(planOf(argument, head, gateways)), {
    now: today,
    ...("base" in asked ? { base: inputOf(planOf(argument, asked.base, gateways), "base.json") } : {}),
    policy: { policy: { version: 1, default: policy }, file: "mcpstack-review.yaml" },
    sources: async () => Object.entries(files).map(([file, text]) => ({ file, text })),
  });
  return findings.map(({ code, severity, after }) => `${severity} ${code} ${after}`).sort();
}

const none = {};
const madeFrom = (references: string) => `(made from ${references}, and a plan does not hold what that comes to)`;

describe("Under a policy, an argument of the provider", () => {
  const api_urls = [api];

  test.each([
    ["a variable by itself", "var.api"],
    ["a variable in a text of nothing else", '"${var.api}"'],
    ["a part of a variable", "var.all.api"],
    ["a text around a variable that comes to what is allowed", '"https://${var.host}"'],
  ])("that is %s is allowed", async (_, head) => {
    expect(await told({ argument: "api_url", head, policy: { api_urls } })).toEqual([]);
  });

  test.each(['"${path.module}/ca.pem"', '"${path.root}/./ca.pem"'])(
    "that is a file beside the program is allowed as that: %s",
    async (head) => {
      const files = { "main.tf": block("ca_file", head) };
      const note = expect.stringMatching(/^(?:info|warn) ca-file/);
      expect(await told({ argument: "ca_file", head, policy: { ca_files: ["ca.pem"] }, files })).toEqual([note]);
      expect(await told({ argument: "ca_file", head, policy: { ca_files: ["other.pem"] }, files })).toEqual(
        expect.arrayContaining([expect.stringMatching(/^error trust-not-allowed \./)]),
      );
    },
  );

  test("that may be a variable by itself is allowed where the program is not at hand", async () => {
    expect(await told({ argument: "api_url", head: "var.api", policy: { api_urls }, files: none })).toEqual([]);
  });

  test("is read with the text around its variable, not as the variable", async () => {
    expect(await told({ argument: "api_url", head: '"${var.api}.evil.test"', policy: { api_urls } })).toEqual([
      "error trust-not-allowed https://api.mcpstack.com.evil.test",
    ]);
  });

  test.each([
    ["a condition", 'var.u == "warn" ? "off" : "warn"', "var.u", [`info cannot-be-reviewed ${madeFrom("var.u")}`]],
    ["a function", "lower(var.u)", "var.u", [`info cannot-be-reviewed ${madeFrom("var.u")}`]],
    ["a local", "local.check", "local.check", [`info cannot-be-reviewed ${madeFrom("local.check")}`]],
  ])("that is %s is not allowed, and the finding says what it is made from", async (_, head, references, notes) => {
    const policy = { metadata_check: "warn" } as const;
    expect(await told({ argument: "metadata_check", head, policy, base: head })).toEqual([
      `error metadata-check-required ${madeFrom(references)}`,
      ...notes,
    ]);
  });

  test("that is made from literals alone is not allowed, and the finding says that it refers to nothing", async () => {
    const policy = { metadata_check: "warn" } as const;
    expect(await told({ argument: "metadata_check", head: 'lower("WARN")', policy })).toContain(
      "error metadata-check-required (made by an expression that refers to nothing, and a plan does not hold what that comes to)",
    );
  });

  test("that its variable could not stand for is one that is made from it, program or not", async () => {
    const policy = { metadata_check: "warn" } as const;
    expect(await told({ argument: "metadata_check", head: "var.env", policy, base: "var.env", files: none })).toEqual([
      `error metadata-check-required ${madeFrom("var.env")}`,
      `info cannot-be-reviewed ${madeFrom("var.env")}`,
    ]);
    const origins = { trusted_origins: ["https://token.petalpal.com"] };
    const head = '[for h in var.hosts : "https://${h}"]';
    expect(await told({ argument: "trusted_origins", head, policy: origins, base: head })).toEqual([
      `error trust-not-allowed ${madeFrom("var.hosts")}`,
      `info cannot-be-reviewed ${madeFrom("var.hosts")}`,
    ]);
    expect(await told({ argument: "trusted_origins", head: "var.origins", policy: origins, base: head })).toEqual([
      // That it was something else before stays to be told.
      expect.stringMatching(/^warn cannot-be-reviewed/),
    ]);
  });

  test("has a way on in its finding", async () => {
    const { findings } = await reviewPlan(inputOf(planOf("api_url", "local.api")), {
      now: today,
      policy: { policy: { version: 1, default: { api_urls } }, file: "p.yaml" },
    });
    expect(findings.map(({ code, fix }) => [code, fix])).toEqual([
      ["trust-not-allowed", expect.stringMatching(/one variable of the root module by itself/)],
      ["cannot-be-reviewed", expect.stringMatching(/one variable of the root module by itself/)],
    ]);
    expect(JSON.stringify(findings)).not.toContain("known after apply");
  });
});

describe("The organization", () => {
  const policy = { organizations: ["org_petalpal"] };

  test.each([
    ["a condition", 'var.env == "prod" ? "org_petalpal" : "org_x"'],
    ["a local", "local.org"],
    ["the workspace", '"org_${terraform.workspace}"'],
    ["two variables", "coalesce(var.org, var.env)"],
  ])("that comes from %s is the one that the resources are of, with the program and without it", async (_, head) => {
    for (const files of [undefined, none]) {
      const asked = { argument: "organization", head, policy, ...(files ? { files } : {}) };
      expect(await told({ ...asked, base: head })).toEqual([]);
      expect(await told({ ...asked, policy: {} })).toEqual([]);
    }
  });

  test("of resources that the policy does not allow is refused, whatever the argument says", async () => {
    const head = 'var.org == "x" ? var.org : "org_x"';
    const elsewhere = { organizations: ["org_other"] };
    expect(await told({ argument: "organization", head, base: head, policy: elsewhere })).toEqual([
      "error trust-not-allowed org_petalpal",
    ]);
  });

  test("is not known where there are no resources yet", async () => {
    const asked = { argument: "organization", head: "local.org", gateways: {}, policy };
    expect(await told({ ...asked, base: "local.org" })).toEqual([
      `error trust-not-allowed ${madeFrom("local.org")}`,
      `info cannot-be-reviewed ${madeFrom("local.org")}`,
    ]);
    const condition = 'var.env == "prod" ? "org_petalpal" : "org_x"';
    expect(await told({ ...asked, head: condition, base: condition })).toEqual([
      `error trust-not-allowed ${madeFrom("var.env")}`,
      `info cannot-be-reviewed ${madeFrom("var.env")}`,
    ]);
  });
});

describe("Without a policy, an argument that is written as in the base", () => {
  test.each([
    ["api_url", "var.api"],
    ["api_url", '"${var.api}/v1"'],
    ["metadata_check", "var.u"],
    ["trusted_origins", "var.origins"],
  ])("is no finding where it is made of variables alone: %s = %s", async (argument, head) => {
    for (const gateways of [{ support: supportGateway }, {}]) {
      expect(await told({ argument, head, base: head, gateways })).toEqual([]);
      expect(await told({ argument, head, base: head, gateways, files: none })).toEqual([]);
    }
  });

  test.each([
    ["api_url", "local.api", "warn"],
    ["api_url", 'replace(var.api, "mcpstack", "evil")', "warn"],
    ["metadata_check", 'var.env == "prod" ? "error" : "warn"', "info"],
    ["metadata_check", "each.value.check", "info"],
    ["trusted_origins", "[local.origin]", "info"],
    ["trusted_origins", '[for h in var.hosts : "https://${h}"]', "info"],
    ["trusted_origins", "[each.value]", "info"],
    ["ca_file", "terraform.workspace", "info"],
  ])(
    "and that nobody can tell the value of is one finding, whatever the program: %s = %s",
    async (argument, head, severity) => {
      const said = [expect.stringMatching(new RegExp(`^${severity} cannot-be-reviewed \\(made from`))];
      for (const files of [undefined, { "main.tf": `${block(argument, head)}locals {\n  api = lower("X")\n}\n` }])
        expect(await told({ argument, head, base: head, ...(files ? { files } : {}) })).toEqual(said);
      const isSeen = /^replace/.test(head);
      if (!isSeen) expect(await told({ argument, head, base: head, files: none })).toEqual(said);
    },
  );

  test("and that is the organization of its resources is no finding", async () => {
    for (const files of [undefined, none])
      expect(
        await told({ argument: "organization", head: "local.org", base: "local.org", ...(files && { files }) }),
      ).toEqual([]);
  });

  test("and whose base may have been its variable alone is a note, however alike the references", async () => {
    const asked: [string, string, string, string][] = [
      ["api_url", 'replace(var.api, "mcpstack", "evil")', "var.api", "warn"],
      ["metadata_check", 'var.u == "warn" ? "off" : "warn"', "var.u", "info"],
      ["trusted_origins", 'concat(var.origins, ["https://evil.test"])', "var.origins", "info"],
    ];
    for (const [argument, head, base, severity] of asked) {
      expect(await told({ argument, head, base })).toEqual([`${severity} cannot-be-reviewed ${madeFrom(base)}`]);
    }
  });

  test("and whose base cannot be told is a warning once what it is made from is another", async () => {
    const asked = { argument: "api_url", head: "local.other", base: "local.api" };
    expect(await told(asked)).toEqual([`warn cannot-be-reviewed ${madeFrom("local.other")}`]);
  });
});

describe("Another way to write an argument", () => {
  test("is no change where the program shows that it comes to the same, and a warning where nothing does", async () => {
    const asked = { argument: "api_url", head: "var.api", base: `"${api}"` };
    expect(await told(asked)).toEqual([]);
    expect(await told({ ...asked, files: none })).toEqual([`warn cannot-be-reviewed ${api}`]);
  });

  test("that comes to something else is a change of the value", async () => {
    const asked = { argument: "api_url", base: `"${api}"` };
    expect(await told({ ...asked, head: '"${var.api}.evil.test"' })).toEqual([
      "error api-changed https://api.mcpstack.com.evil.test",
    ]);
    expect(await told({ ...asked, head: '"https://evil.${var.host}"' })).toEqual([
      "error api-changed https://evil.api.mcpstack.com",
    ]);
    expect(await told({ ...asked, head: "local.api" })).toEqual([`warn cannot-be-reviewed ${madeFrom("local.api")}`]);
  });

  test("around the same variable is a warning where it leads the credential to another origin", async () => {
    const asked = { argument: "api_url", head: '"${var.api}.evil.test"', base: "var.api" };
    expect(await told(asked)).toEqual(["warn cannot-be-reviewed https://api.mcpstack.com.evil.test"]);
  });

  test("in the base alone is a warning, unless it is the service's own API, of which nothing can be feared", async () => {
    const asked = { argument: "api_url", head: '"https://api.other.example"', base: "local.api" };
    expect(await told(asked)).toEqual(["warn cannot-be-reviewed https://api.other.example"]);
    expect(await told({ ...asked, head: `"${api}"` })).toEqual([]);
  });
});

describe("A program at hand", () => {
  const asked = { argument: "api_url", head: '"${var.api}.evil.test"', policy: { api_urls: [api] } };
  const refused = ["error trust-not-allowed https://api.mcpstack.com.evil.test"];
  const open = [`error trust-not-allowed ${madeFrom("var.api")}`, `warn cannot-be-reviewed ${madeFrom("var.api")}`];
  const lone = block("api_url", "var.api");
  const oneLine = lone.replaceAll("\n", " ");
  const real = block("api_url", asked.head);

  test.each<[string, Record<string, string>, unknown[]]>([
    [
      "in comments",
      { "a.tf": `# ${oneLine}\n/* ${lone} */\n// ${oneLine}\n${real.replace("{", "/* { */ {")}` },
      refused,
    ],
    ["in a heredoc", { "a.tf": `locals {\n  x = <<EOT\n${lone}EOT\n}\n${real}` }, refused],
    [
      "in a text",
      { "a.tf": `locals {\n  x = "${lone.replaceAll('"', '\\"').replaceAll("\n", "\\n")}"\n}\n${real}` },
      refused,
    ],
    ["under another alias", { "a.tf": lone.replace("{", '{\n  alias = "x"') + real }, refused],
    ["of another provider", { "a.tf": lone.replace("mcpstack", "other") + real }, refused],
    ["in another program", { "a.tf": real, "other/a.tf": lone }, open],
    ["in an override", { "a.tf": lone, "a_override.tf": real }, open],
    ["for OpenTofu", { "a.tf": lone, "a.tofu": real }, open],
    [
      "in JSON",
      { "a.tf": lone, "b.tf.json": JSON.stringify({ provider: { mcpstack: [{ api_url: "${var.api}.evil.test" }] } }) },
      open,
    ],
    ["with other references", { "a.tf": real, "other/a.tf": block("api_url", "var.other") }, refused],
    [
      "over several lines",
      {
        "a.tf": `provider mcpstack {\n  api_url = /* x */ "\${ var.api }.evil.test" # y\n  findings = {\n    a = "off"\n  }\n}`,
      },
      refused,
    ],
  ])("is read as Terraform reads it: what is written %s", async (_, files, expected) => {
    expect(await told({ ...asked, files })).toEqual(expected);
  });

  test("that writes an argument twice in the same way is certain", async () => {
    expect(await told({ ...asked, head: "var.api", files: { "a/a.tf": lone, "b/a.tf": lone } })).toEqual([]);
  });

  const weak = 'var.u == "warn" ? "off" : "error"';
  const named = (head: string, argument: string) => `${head} {\n  metadata_check = ${argument}\n}\n`;
  const provider = 'provider "mcpstack"';
  const unread: [string, Record<string, string | undefined>][] = [
    ["with space in a reference", { "a.tf": named(provider, weak.replace("var.u", "var . u")) }],
    ["with a comment in a reference", { "a.tf": named(provider, weak.replace("var.u", "var/* */.u")) }],
    ["with a line's end in a reference", { "a.tf": named(provider, `(${weak.replace("var.u", "var\n.u")})`) }],
    ["with much space in its head", { "a.tf": named(`provider${" ".repeat(400)}"mcpstack"`, weak) }],
    ["with an escape in its label", { "a.tf": named('provider "mcpst\\u0061ck"', weak) }],
    ["with a template in its label", { "a.tf": named('provider "${x}"', weak) }],
    ["in a heredoc", { "a.tf": named(provider, "<<EOT\n${var.u}\nEOT") }],
    ["nowhere", { "a.tf": "locals {}\n" }],
    ["with other references", { "a.tf": named(provider, "var.env") }],
    ["in a file that is not read", { "a.tf": named(provider, "var.u"), "b.tf": undefined }],
    ["in a file that does not end", { "a.tf": named(provider, "var.u"), "b.tf": 'locals {\n  x = "${' }],
    ["in JSON that is none", { "a.tf": named(provider, "var.u"), "b.tf.json": "{" }],
    [
      "in JSON with a key that is given twice",
      {
        "a.tf": named(provider, "var.u"),
        "b.tf.json": '{"provider": {"mcpstack": {"metadata_check": "${lower(var.u)}"}, "mcpstack": {"alias": "x"}}}',
      },
    ],
  ];

  test.each(unread)("settles nothing that it does not hold in a way that is understood: %s", async (_, files) => {
    const policy = { metadata_check: "warn" } as const;
    expect(await told({ argument: "metadata_check", head: "var.u", policy, files })).toContain(
      `error metadata-check-required ${madeFrom("var.u")}`,
    );
  });

  test.each<[string, Record<string, string>]>([
    ["with space in a reference", { "a.tf": named(provider, "var . u") }],
    ["with comments", { "a.tf": named(`provider /* { */ "mcpstack"`, "var/* */.u # }") }],
    ["in one line", { "a.tf": `${provider} { metadata_check = "\${var.u}" }` }],
    ["with the line ends of Windows", { "a.tf": `\uFEFF${named(provider, "var.u").replaceAll("\n", "\r\n")}` }],
    ["with an escape in its label", { "a.tf": named('provider "mcpst\\u0061ck"', "var.u") }],
    ["in JSON", { "a.tf.json": JSON.stringify({ provider: { mcpstack: { metadata_check: "${var.u}" } } }) }],
    [
      "beside what looks like blocks",
      { "a.tf": `locals {\n  y = "\${"}"}{"\n  z = <<-EOT\n    ${provider} {\n  EOT\n}\n${named(provider, "var.u")}` },
    ],
  ])("is read however it is written: %s", async (_, files) => {
    const policy = { metadata_check: "warn" } as const;
    expect(await told({ argument: "metadata_check", head: "var.u", policy, files })).toEqual([]);
  });
});

describe("A local of the program", () => {
  const evil = "https://evil.test";
  const localsOf = (text: string) => `locals {\n  ${text}\n}\n`;
  const asked = { argument: "api_url", head: "local.api", base: "local.api" };
  const withLocals = (text: string, argument = "api_url", head = "local.api") => ({
    files: { "main.tf": block(argument, head), "locals.tf": localsOf(text) },
  });

  test("is what it comes to, and a note or a warning where the base may have been another", async () => {
    expect(await told({ ...asked, ...withLocals(`api = "${evil}"`) })).toEqual([`warn cannot-be-reviewed ${evil}`]);
    expect(await told({ ...asked, ...withLocals("api = local.b\n b = var.api") })).toEqual([]);
    const check = { argument: "metadata_check", head: "local.check", base: "local.check" };
    const checkIs = (text: string) => withLocals(text, "metadata_check", "local.check");
    expect(await told({ ...check, ...checkIs('check = "off"') })).toEqual(["info cannot-be-reviewed off"]);
    expect(await told({ ...check, ...checkIs('check = "error"') })).toEqual([]);
    const origins = { argument: "trusted_origins", head: "local.origins", base: "local.origins" };
    expect(
      await told({ ...origins, ...withLocals(`origins = ["${evil}"]`, "trusted_origins", "local.origins") }),
    ).toEqual([`info cannot-be-reviewed ${evil}`]);
  });

  test("is held against the policy by what it comes to", async () => {
    const policy = { api_urls: [api] };
    expect(await told({ ...asked, policy, ...withLocals('api = "https://${var.host}"') })).toEqual([]);
    expect(await told({ ...asked, policy, ...withLocals(`api = "${evil}"`) })).toEqual([
      `error trust-not-allowed ${evil}`,
      `warn cannot-be-reviewed ${evil}`,
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ["is written in two ways", { "a.tf": localsOf(`api = "${api}"`), "a_override.tf": localsOf(`api = "${evil}"`) }],
    ["is written in another module alone", { "other/a.tf": localsOf(`api = "${api}"`) }],
    ["is a circle", { "a.tf": localsOf("api = local.api") }],
    ["is an expression", { "a.tf": localsOf(`api = lower("${api}")`) }],
    ["is a member of an object", { "a.tf": localsOf(`all = { api = "${api}" }`) }],
    ["is in a file that is not read whole", { "a.tf": `${localsOf(`api = "${api}"`)}/*` }],
    ["stands in a block of something else", { "a.tf": `resource "x" "y" {\n  ${localsOf(`api = "${api}"`)}}\n` }],
    ["stands behind the labels of something else", { "a.tf": `resource "x" ${localsOf(`api = "${api}"`)}` }],
  ])("is not known where it %s", async (_, more) => {
    const files = { "main.tf": block("api_url", "local.api"), ...more };
    expect(await told({ ...asked, policy: { api_urls: [api] }, files })).toEqual([
      `error trust-not-allowed ${madeFrom("local.api")}`,
      `warn cannot-be-reviewed ${madeFrom("local.api")}`,
    ]);
  });

  test("may be written in JSON, and twice in the same way", async () => {
    const json = JSON.stringify({ locals: [{ api: "https://${var.host}" }, { other: 1 }] });
    const files = { "main.tf": block("api_url", "local.api"), "a.tf": localsOf(`api = "${api}"`), "b.tf.json": json };
    expect(await told({ ...asked, policy: { api_urls: [api] }, files })).toEqual([]);
  });
});

describe("A provider in a module", () => {
  /** The root module gives `check` to `outer`, and that to `inner`, whose provider has it. */
  const plan = (given: Loose, root: Loose) => {
    const made = terraformPlan({
      before: { gateways: { support: supportGateway } },
      after: { gateways: { support: supportGateway } },
    }) as Loose;
    const key = "module.outer.module.inner:mcpstack";
    const [resource] = made.configuration.root_module.resources;
    made.resource_changes[0].address = "module.outer.module.inner.mcpstack_gateway.support";
    made.variables = Object.fromEntries(Object.entries(root).map(([name, value]) => [name, { value }]));
    made.configuration.provider_config = {
      [key]: {
        name: "mcpstack",
        full_name: "registry.terraform.io/mcpstack/mcpstack",
        module_address: "module.outer.module.inner",
        expressions: { metadata_check: { references: ["var.check"] } },
      },
    };
    const inner = {
      expressions: { check: { references: ["var.given"] } },
      module: { resources: [{ ...resource, provider_config_key: key }] },
    };
    made.configuration.root_module = {
      module_calls: { outer: { expressions: { given }, module: { module_calls: { inner } } } },
    };
    return made;
  };
  const said = async (head: Loose, base: Loose) =>
    (await reviewPlan(inputOf(head), { now: today, base: inputOf(base, "base.json") })).findings.map(
      ({ code, severity, after }) => `${severity} ${code} ${after}`,
    );
  const given = { references: ["var.root"] };

  test("is told where what its caller gives it changes, on whatever way, and is a note where it does not", async () => {
    const open = (severity: string) => [`${severity} cannot-be-reviewed ${madeFrom("var.check")}`];
    expect(await said(plan(given, { root: "off" }), plan(given, { root: "warn" }))).toEqual(open("warn"));
    expect(await said(plan(given, { root: "warn" }), plan(given, { root: "warn" }))).toEqual(open("info"));
    expect(await said(plan({ constant_value: "off" }, {}), plan(given, { root: "warn" }))).toEqual(open("warn"));
  });
});

describe("What a plan does not hold of a variable", () => {
  interface Given {
    readonly value?: unknown;
    readonly default?: unknown;
    readonly more?: Loose;
  }
  /** A plan of a provider with one argument, which is made of a variable `x`; in a module, its caller gives it `given`. */
  const plan = (argument: string, reference: string, { value, more = {}, ...of }: Given, given?: Loose | null) => {
    const made = planOf(argument, "var.x");
    const expressions = { [argument]: { references: [...new Set([reference, "var.x"])] } };
    const variable = { x: { ...("default" in of ? { default: of.default } : {}), ...more } };
    made.variables = { x: { value }, root: { value: null } };
    if (given === undefined) {
      made.configuration.provider_config.mcpstack.expressions = expressions;
      made.configuration.root_module.variables = variable;
      return made;
    }
    const [resource] = made.configuration.root_module.resources;
    const key = "module.m:mcpstack";
    made.resource_changes[0].address = "module.m.mcpstack_gateway.support";
    const { full_name } = made.configuration.provider_config.mcpstack;
    made.configuration.provider_config = {
      [key]: { name: "mcpstack", full_name, module_address: "module.m", expressions },
    };
    const module = { resources: [{ ...resource, provider_config_key: key }], variables: variable };
    made.configuration.root_module = {
      module_calls: { m: { ...(given === null ? {} : { expressions: { x: given } }), module } },
    };
    return made;
  };
  const said = async (head: Loose, base: Loose, files: Readonly<Record<string, string>> = {}) =>
    (
      await reviewPlan(inputOf(head), {
        now: today,
        base: inputOf(base, "base.json"),
        sources: async () => Object.entries(files).map(([file, text]) => ({ file, text })),
      })
    ).findings.map(({ code, severity }) => `${severity} ${code}`);
  const [warned, noted] = [["warn cannot-be-reviewed"], ["info cannot-be-reviewed"]];

  test.each([
    ["allow_insecure_metadata", false, true],
    ["metadata_check", "error", "off"],
    ["trusted_origins", [], ["https://evil.test"]],
  ])(
    "is not taken for the same where a module's default changes, and nothing is given: %s",
    async (argument, good, bad) => {
      const made = (value: unknown) => plan(argument, "var.x", { default: value }, null);
      expect(await said(made(bad), made(good))).toEqual(warned);
      expect(await said(made(good), made(good))).toEqual(noted);
    },
  );

  test("is what stands in the place of a null that a module is given", async () => {
    const made = (value: unknown, given: Loose) => plan("metadata_check", "var.x", { default: value }, given);
    for (const given of [{ constant_value: null }, { references: ["local.a"] }])
      expect(await said(made("off", given), made("error", given))).toEqual(warned);
    // Whether it is nullable stands in no plan.
    expect(await said(made("off", { constant_value: null }), made("off", { constant_value: null }))).toEqual(warned);
    expect(await said(made(null, { constant_value: null }), made(null, { constant_value: null }))).toEqual(noted);
    expect(await said(made("off", { constant_value: "warn" }), made("error", { constant_value: "warn" }))).toEqual(
      noted,
    );
    expect(await said(made("error", { references: ["local.b"] }), made("error", { references: ["local.a"] }))).toEqual(
      warned,
    );
  });

  test("is what stands in the place of a null that the root module is given", async () => {
    const made = (argument: string, value: unknown) => plan(argument, "var.x", { value: null, default: value });
    expect(await said(made("metadata_check", "off"), made("metadata_check", "error"))).toEqual(warned);
    expect(await said(made("allow_insecure_metadata", true), made("allow_insecure_metadata", false))).toEqual(warned);
    // A default of null is what it says.
    expect(await said(made("metadata_check", null), made("metadata_check", null))).toEqual([]);
    const without = () => plan("metadata_check", "var.x", { value: null });
    expect(await said(without(), without())).toEqual([]);
  });

  test.each([
    ["an attribute", "var.x.t", {}],
    ["an attribute that is null", "var.x.t", { t: null }],
    ["an attribute of an element", "var.x[0].t", [{}]],
    ["an attribute by its key", 'var.x["a"].t', { a: {} }],
  ])("is what the type fills in for %s", async (_, reference, value) => {
    const made = (of: Given) => plan("trusted_origins", reference, of);
    expect(await said(made({ value }), made({ value }))).toEqual(warned);
    // The default is completed already.
    expect(await said(made({ value, default: value }), made({ value, default: value }))).not.toContain(warned[0]);
  });

  test("is a type that a plan of OpenTofu holds", async () => {
    const made = (fill: string) =>
      plan("findings", "var.x[*]", {
        value: [{ a: "off" }],
        more: { type: `list(object({ a = string, b = optional(string, "${fill}") }))` },
      });
    expect(await said(made("off"), made("warn"))).toEqual(warned);
  });

  test("is read in the program, which says that a type may fill in something", async () => {
    const made = (value: unknown = {}) =>
      plan("findings", "var.x", { value, default: { "issuer-trailing-slash": "warn" } });
    const program = (type: string) => ({
      "main.tf": `provider "mcpstack" {\n  findings = var.x\n}\nvariable "x" {\n  type = ${type}\n}\n`,
    });
    const fills = 'object({ issuer-trailing-slash = optional(string, "off") })';
    expect(await said(made(), made(), program(fills))).toEqual(warned);
    expect(await said(made(), made(), program("map(string)"))).toEqual([]);
    const whole = made({ "issuer-trailing-slash": "warn" });
    expect(await said(whole, whole, program(fills))).toEqual([]);
  });
});

describe("An ephemeral variable", () => {
  const variable = (name: string, more: string) => `variable "${name}" {\n  default = "${api}"\n  ${more}\n}\n`;
  const asked = { argument: "api_url", head: "var.api", policy: { api_urls: [api] } };
  const open = [`error trust-not-allowed ${madeFrom("var.api")}`, `warn cannot-be-reviewed ${madeFrom("var.api")}`];
  const program = (declared: string) => ({ "main.tf": block("api_url", "var.api") + declared });

  test.each([`"${api}"`, "var.api"])("is never what a plan shows of it, where the base had %s", async (base) => {
    for (const mark of ["ephemeral = true", 'ephemeral = "true"', "ephemeral = 1 == 1", "ephemeral = (true)"])
      expect(await told({ ...asked, base, files: program(variable("api", mark)) })).toEqual(open);
    const json = { "main.tf": block("api_url", "var.api"), "v.tf.json": '{"variable":{"api":{"ephemeral":true}}}' };
    expect(await told({ ...asked, base, files: json })).toEqual(open);
  });

  test("is none where the program says nothing of the kind, or means another", async () => {
    for (const declared of [
      variable("api", ""),
      variable("api", "ephemeral = false"),
      variable("other", "ephemeral = true"),
    ])
      expect(await told({ ...asked, base: "var.api", files: program(declared) })).toEqual([]);
    const files = { ...program(variable("api", "")), "module/main.tf": variable("api", "ephemeral = true") };
    expect(await told({ ...asked, base: "var.api", files })).toEqual([]);
  });

  test.each([
    ["metadata_check", "var.u", "u"],
    ["trusted_origins", "var.origins", "origins"],
    ["ca_file", "var.u", "u"],
  ])("is a warning in %s, too, without any policy", async (argument, head, name) => {
    const files = { "main.tf": block(argument, head) + variable(name, "ephemeral = true") };
    expect(await told({ argument, head, base: head, files })).toEqual([`warn cannot-be-reviewed ${madeFrom(head)}`]);
  });

  test("behind a local is not known either", async () => {
    const files = {
      "main.tf": `${block("api_url", "local.api")}locals {\n  api = var.api\n}\n${variable("api", "ephemeral = true")}`,
    };
    expect(await told({ ...asked, head: "local.api", base: "local.api", files })).toEqual([
      `error trust-not-allowed ${madeFrom("local.api")}`,
      `warn cannot-be-reviewed ${madeFrom("local.api")}`,
    ]);
  });

  test("that the plan itself tells of, as OpenTofu's does, needs no program", async () => {
    const plan = (ephemeral: boolean) => {
      const made = planOf("api_url", "var.api");
      made.configuration.root_module.variables = { api: { default: api, ...(ephemeral ? { ephemeral } : {}) } };
      return made;
    };
    const said = async (head: Loose, base: Loose) =>
      (
        await reviewPlan(inputOf(head), {
          now: today,
          base: inputOf(base, "base.json"),
          policy: { policy: { version: 1, default: { api_urls: [api] } }, file: "p.yaml" },
        })
      ).findings.map(({ code, severity, after }) => `${severity} ${code} ${after}`);
    expect(await said(plan(true), plan(true))).toEqual(open);
    expect(await said(plan(true), plan(false))).toEqual(open);
    expect(await said(plan(false), plan(false))).toEqual([]);
  });
});

describe("A program in JSON syntax", () => {
  /** A plan gives the text of a template as the value, and what the template refers to beside it. */
  const planOfJson = (argument: string, text: unknown, references: string[], values: Loose = variables): Loose => {
    const plan = planOf(argument, undefined);
    plan.variables = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    plan.configuration.provider_config.mcpstack.expressions = {
      [argument]: { constant_value: text, ...(references.length > 0 ? { references } : {}) },
    };
    return plan;
  };
  const reviewed = async (head: Loose, base: Loose, policy: Policy["default"] = {}) =>
    (
      await reviewPlan(inputOf(head), {
        now: today,
        base: inputOf(base, "base.json"),
        policy: { policy: { version: 1, default: policy }, file: "p.yaml" },
      })
    ).findings.map(({ code, severity }) => `${severity} ${code}`);

  test("is compared by the values of its variables", async () => {
    const host = (value: string) => planOfJson("api_url", "${var.api}", ["var.api"], { api: value });
    expect(await reviewed(host("https://evil.test"), host(api))).toEqual(["error api-changed"]);
    expect(await reviewed(host(api), host(api), { api_urls: [api] })).toEqual([]);
    const check = (value: string) => planOfJson("metadata_check", "${var.u}", ["var.u"], { u: value });
    expect(await reviewed(check("off"), check("error"))).toEqual(["warn metadata-check-lowered"]);
    const origins = planOfJson("trusted_origins", "${var.origins}", ["var.origins"]);
    expect(await reviewed(origins, origins, { trusted_origins: variables.origins })).toEqual([]);
  });

  test("is compared by the values of its variables where the program is read, too, as in the native syntax", async () => {
    const plan = (value: string) => planOfJson("metadata_check", "${var.u}", ["var.u"], { u: value });
    const told = async (head: Loose, argument: string, file: string) => {
      const { findings } = await reviewPlan(inputOf(head), {
        now: today,
        base: inputOf(plan("error"), "base.json"),
        sources: async () => [{ file, text: argument }],
      });
      return findings.map(({ code, severity }) => `${severity} ${code}`);
    };
    const json = JSON.stringify({ provider: { mcpstack: { metadata_check: "${var.u}" } } });
    const lowered = ["warn metadata-check-lowered"];
    expect(await told(plan("off"), json, "a.tf.json")).toEqual(lowered);
    expect(await told(plan("off"), block("metadata_check", "var.u"), "a.tf")).toEqual(lowered);
    expect(await told(plan("error"), json, "a.tf.json")).toEqual([]);
    // What is made by a function from another value is another one.
    expect(await told(plan("off"), block("metadata_check", "lower(var.u)"), "a.tf")).toEqual([
      "warn cannot-be-reviewed",
    ]);
  });

  test("is not known where it holds a function, with references or without them", async () => {
    const policy = { metadata_check: "warn" } as const;
    for (const references of [["var.u", "var.env"], []]) {
      const plan = planOfJson("metadata_check", '${lower("OFF")}', references);
      expect(await reviewed(plan, plan, policy)).toEqual(["error metadata-check-required", "info cannot-be-reviewed"]);
    }
  });

  test("holds a credential in plain text only where it holds its text", async () => {
    const told = async (references: string[]) => {
      const plan = planOfJson("access_token", references.length > 0 ? "${var.u}" : "mcpstack_sk_12345678", references);
      return reviewed(plan, plan);
    };
    expect(await told(["var.u"])).toEqual([]);
    expect(await told([])).toEqual([expect.stringMatching(/ secret-in-plain$/)]);
  });
});

test.each([
  ["metadata_check", '"warn"', "var.u"],
  ["metadata_check", '"error"', "local.level"],
  ["api_url", '"https://api.mcpstack.com"', "var.api"],
  ["organization", '"org_petalpal"', "var.org"],
])(
  "What is written out as %s %s, in the place of what came to the same or trusted as much, is no news",
  async (argument, head, base) => {
    expect(await told({ argument, head, base })).toEqual([]);
  },
);

test("What is written out in the place of what nobody can tell is a warning", async () => {
  expect(await told({ argument: "metadata_check", head: '"warn"', base: "local.level" })).toEqual([
    "warn cannot-be-reviewed warn",
  ]);
});
