import { defaultApiUrl } from "@mcpstack/model";
import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";

const support = { gateways: { support: supportGateway } };
const review = (base: unknown, head: unknown) =>
  reviewPlan(inputOf(head, "cdk.tf.json"), { now: today, base: inputOf(base, "base.json") });
const codes = async (base: unknown, head: unknown) => (await review(base, head)).findings.map(({ code }) => code);
/** A reference to a variable, in Terraform's JSON syntax. */
const expression = (name: string) => `\${var.${name}}`;
const withField = (field: string, value: unknown) => {
  const stack = cdktfStack(support) as Loose;
  stack.resource.mcpstack_gateway.support[field] = value;
  return stack;
};

test("without a base the input is not understood", async () => {
  await expect(reviewPlan(inputOf(cdktfStack(support), "cdk.tf.json"), { now: today })).rejects.toThrow("--base none");
});

test("a base of another format is refused", async () => {
  await expect(review({ format_version: "1.2", configuration: {} }, cdktfStack(support))).rejects.toThrow(
    "not of the same format",
  );
});

test("an expression that is the same in both stacks is no change", async () => {
  expect(
    await codes(
      withField("authorization_server_url", expression("issuer")),
      withField("authorization_server_url", expression("issuer")),
    ),
  ).toEqual([]);
});

test("an expression that differs is not known", async () => {
  expect(
    await codes(
      withField("authorization_server_url", expression("a")),
      withField("authorization_server_url", expression("b")),
    ),
  ).toEqual(["cannot-be-reviewed"]);
});

test("an escaped dollar sign is text", async () => {
  expect(await codes(withField("client_id", "a"), withField("client_id", `$${expression("b")}`))).toEqual([
    "client-changed",
  ]);
});

test("a moved block joins the two addresses", async () => {
  const head = cdktfStack({ gateways: { renamed: supportGateway } }) as Loose;
  expect(await codes(cdktfStack(support), head)).toEqual(["gateway-deleted"]);
  head.moved = [{ from: "mcpstack_gateway.support", to: "mcpstack_gateway.renamed" }];
  expect(await codes(cdktfStack(support), head)).toEqual([]);
});

test("a finding points at the synthesised file until the program's own line is found", async () => {
  const head = JSON.stringify(withField("client_id", "other"), undefined, 2);
  const line = head.split("\n").findIndex((text) => text.includes('"support": {')) + 1;
  expect((await review(cdktfStack(support), head)).findings).toMatchObject([
    { code: "client-changed", source: { file: "cdk.tf.json", line } },
  ]);
});

test("a provider block may be an object instead of a list", async () => {
  const head = cdktfStack(support) as Loose;
  head.provider.mcpstack = { api_url: "http://api.petalpal.com", alias: "eu" };
  expect((await review(cdktfStack(support), head)).findings.map(({ code, address }) => [code, address])).toEqual([
    ["api-insecure", "provider.mcpstack.eu"],
    ["api-changed", "provider.mcpstack.eu"],
  ]);
});

describe("a stack that managed no gateway before", () => {
  const empty = (provider: object) => ({ ...cdktfStack({}), provider: { mcpstack: [provider] } });
  const first = (provider: object) => ({ ...cdktfStack(support), provider: { mcpstack: [provider] } });

  test.each<[string, object, object]>([
    ["with an unused provider block that stays", { organization: "petalpal" }, { organization: "petalpal" }],
    ["with a provider block that names an organization", {}, { organization: "petalpal" }],
    ["with the default API written out", {}, { api_url: defaultApiUrl }],
  ])("leads nobody to another API or organization, %s", async (_, before, after) => {
    const found = await codes(empty(before), first(after));
    expect(found).not.toContain("api-changed");
    expect(found).not.toContain("organization-changed");
  });

  test("is told of an API that is not the default", async () => {
    expect(await codes(empty({}), first({ api_url: "https://api.evil.test" }))).toContain("api-changed");
  });
});

test.each([
  { description: "where users sign in" },
  { validation: [{ condition: "true", error_message: "no" }] },
  { sensitive: true },
])("what cannot change a variable's value is no change of what is made from it: %j", async (more) => {
  const stack = (definition: object) => ({
    ...withField("authorization_server_url", expression("issuer")),
    variable: { issuer: { type: "string", ...definition } },
  });
  expect(await codes(stack({}), stack(more))).toEqual([]);
});

describe("whoever publishes the provider", () => {
  const ours = "mcpstack/mcpstack";
  const required = (sources: Loose) => ({
    required_providers: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, { source }])),
  });
  const served = (sources: Loose, change?: (stack: Loose) => void) => {
    const made = { ...(cdktfStack(support) as Loose), terraform: required(sources) };
    change?.(made);
    return made;
  };
  const byName = (name: string, settings?: Loose) => (made: Loose) => {
    made.resource.mcpstack_gateway.support.provider = name;
    if (settings) made.provider[name] = [settings];
  };
  const from = (source: string, was = ours) => `The provider comes from ${source} instead of ${was}`;
  const summaries = async (base: unknown, head: unknown) =>
    (await review(base, head)).findings.flatMap(({ code, summary }) =>
      code === "cannot-be-reviewed" ? [summary] : [],
    );

  test.each<[string, Loose, Loose, string[]]>([
    ["another namespace", served({ mcpstack: ours }), served({ mcpstack: "evil/mcpstack" }), [from("evil/mcpstack")]],
    [
      "another local name beside it",
      served({ mcpstack: ours }),
      served({ mcpstack: ours, zz: "evil/mcpstack" }, byName("zz")),
      [from("evil/mcpstack")],
    ],
    [
      "another type beside it",
      served({ mcpstack: ours }),
      served({ mcpstack: ours, zz: "evil/evil" }, byName("zz.eu")),
      [from("evil/evil")],
    ],
    ["a name of which nothing is said", served({ mcpstack: ours }), served({}), [from("hashicorp/mcpstack")]],
    ["another host", served({ mcpstack: ours }), served({ mcpstack: `tf.a.com/${ours}` }), [from(`tf.a.com/${ours}`)]],
    ["the mirror that it had", served({ mcpstack: `tf.a.com/${ours}` }), served({ mcpstack: `tf.a.com/${ours}` }), []],
    ["another local name of the same", served({ mcpstack: ours }), served({ zz: ours }, byName("zz")), []],
    ["its registry's host", served({ mcpstack: ours }), served({ mcpstack: `registry.terraform.io/${ours}` }), []],
    [
      "a data source's",
      { ...served({ mcpstack: ours, zz: "evil/mcpstack" }), data: { mcpstack_gateway: { a: {} } } },
      { ...served({ mcpstack: ours, zz: "evil/mcpstack" }), data: { mcpstack_gateway: { a: { provider: "zz" } } } },
      [from("evil/mcpstack")],
    ],
  ])("%s", async (_, base, head, expected) => {
    expect(await summaries(base, head)).toEqual(expected);
  });

  test("a stranger's is told in a new stack", async () => {
    const { findings } = await reviewPlan(inputOf(served({ mcpstack: "evil/mcpstack" }), "cdk.tf.json"), {
      now: today,
      base: "none",
    });
    expect(findings.map(({ summary }) => summary)).toContain(from("evil/mcpstack"));
  });

  test("what a stranger's block trusts is told, whatever it is called", async () => {
    const block = { metadata_check: "off", trusted_origins: ["https://evil.example"], allow_insecure_metadata: true };
    const head = served({ mcpstack: ours, zz: "evil/mcpstack" }, byName("zz", block));
    expect(await codes(served({ mcpstack: ours }), head)).toEqual(
      expect.arrayContaining(["metadata-check-lowered", "trusted-origin-added", "insecure-metadata-allowed"]),
    );
  });

  test("a module's is told, which has none of its own in the stack", async () => {
    const made = (source: string) => ({
      ...(cdktfStack({}) as Loose),
      terraform: required({ mcpstack: source }),
      module: { m: { source: "./m" } },
    });
    expect(await summaries(made(ours), made("evil/mcpstack"))).toEqual([from("evil/mcpstack")]);
    expect(await summaries(made(ours), made(ours))).toEqual([]);
    // Once, whatever else it serves.
    const both = (source: string) => ({ ...made(source), ...served({ mcpstack: source }) });
    expect(await summaries(both(ours), both("evil/mcpstack"))).toEqual([from("evil/mcpstack")]);
  });

  test("one that is excused is no other one", async () => {
    const excused = async (source: string) =>
      (
        await reviewPlan(inputOf(served({ mcpstack: source }), "cdk.tf.json"), {
          now: today,
          base: inputOf(served({ mcpstack: ours }), "base.json"),
          policy: {
            policy: {
              version: 1,
              exceptions: [
                {
                  code: "cannot-be-reviewed",
                  address: "terraform.required_providers",
                  after: "acme/mcpstack",
                  reason: "our fork",
                  until: "2027-01-31",
                },
              ],
            },
            file: "mcpstack-review.yaml",
          },
        })
      ).findings.map(({ code }) => code);
    expect(await excused("acme/mcpstack")).toEqual([]);
    expect(await excused("evil/mcpstack")).toEqual(["cannot-be-reviewed"]);
  });

  test("the first gateway of a stack, and the removal of the last one, bring it and take it along", async () => {
    const without: Loose = { ...(cdktfStack({}) as Loose), terraform: { backend: {} } };
    without.provider = undefined;
    expect(await summaries(without, served({ mcpstack: ours }))).toEqual([]);
    expect(await summaries(served({ mcpstack: ours }), without)).toEqual([]);
    expect(await codes(without, served({ mcpstack: ours }))).not.toContain("api-changed");
    expect(await summaries(without, served({ mcpstack: "evil/mcpstack" }))).toEqual([from("evil/mcpstack")]);
  });
});

test.each<[string, Loose, string]>([
  ["given", { source: "./m", providers: { mcpstack: "mcpstack.eu" } }, "error api-changed provider.mcpstack.eu"],
  ["inherited", { source: "./mcpstack" }, "error api-changed provider.mcpstack"],
  ["of no module that mentions it", { source: "./m" }, "info api-changed provider.mcpstack"],
])("a configuration that only a module has is one that is used: %s", async (_, call, told) => {
  const made = (api_url: string) => ({
    ...(cdktfStack({}) as Loose),
    provider: { mcpstack: [{ api_url }, { alias: "eu", api_url }] },
    module: { m: call },
  });
  const { findings } = await review(made(defaultApiUrl), made("https://api.evil.test"));
  expect(findings.map(({ code, severity, address }) => `${severity} ${code} ${address}`)).toContain(told);
});

describe("an attachment of which the engine ceases to leave something alone", () => {
  const type = "mcpstack_server_gateway_attachment";
  const evil = { ...supportGateway, name: "Evil", authorizationServerUrl: "https://login.evil.example/" };
  const attached = (gateway: string, more: Loose = {}, ignored?: unknown) => {
    const attachments = { api: { serverId: "api", gateway, ...more } };
    const made = cdktfStack({ gateways: { support: supportGateway, evil }, attachments }) as Loose;
    if (ignored) made.resource[type].api.lifecycle = { ignore_changes: ignored };
    return made;
  };
  const errors = async (base: unknown, head: unknown) =>
    (await review(base, head)).findings
      .filter(({ severity }) => severity !== "info")
      .map(({ code, address }) => `${code} ${address}`);
  const unseen = `cannot-be-reviewed ${type}.api`;

  test.each<[string, string, unknown]>([
    ["the id of a gateway", "gtw_evil", ["gateway_id"]],
    ["a reference to a gateway", "evil", ["gateway_id"]],
    ["its gateway, as an expression names the field", "evil", [expression("x").replace("var.x", "gateway_id")]],
    ["all of it", "evil", "all"],
    ["all of it, and the gateway", "evil", ["all", "server_id"]],
  ])("may go over to another gateway: %s", async (_, gateway, ignored) => {
    expect(await errors(attached(gateway, {}, ignored), attached(gateway))).toContain(unseen);
    expect(await errors(attached(gateway, {}, ignored), attached(gateway, {}, ignored))).toEqual([]);
    expect(await errors(attached(gateway), attached(gateway))).toEqual([]);
  });

  test("may get another public id", async () => {
    const route = { publicId: "gw_api" };
    expect(await errors(attached("support", route, ["public_id"]), attached("support", route))).toEqual([
      `public-id-changed ${type}.api`,
    ]);
  });

  test("is not told where what it left alone is no field of a route", async () => {
    expect(await errors(attached("support", {}, ["organization_id"]), attached("support"))).toEqual([]);
  });

  test("is no other matter than a gateway, of which a part may be left alone", async () => {
    const made = (ignored?: unknown) => {
      const found = attached("support");
      if (ignored) found.resource.mcpstack_gateway.support.lifecycle = { ignore_changes: ignored };
      return found;
    };
    const told = "unknown-until-apply mcpstack_gateway.support";
    expect(await errors(made(["scopes[0]"]), made())).toEqual([told]);
    expect(await errors(made(["scopes[0]"]), made(["scopes[1]"]))).toEqual([told]);
    expect(await errors(made(["scopes[0]", "scopes"]), made(["scopes"]))).toEqual([]);
    expect(await errors(made("all"), made(["name"]))).toContain("cannot-be-reviewed mcpstack_gateway.support");
  });

  test("is no finding where the engine begins to leave alone what the program says as before", async () => {
    const gateway = (ignored?: unknown, more: Loose = {}) => {
      const found = attached("support");
      Object.assign(
        found.resource.mcpstack_gateway.support,
        more,
        ignored ? { lifecycle: { ignore_changes: ignored } } : {},
      );
      return found;
    };
    for (const ignored of [["settings"], ["authorization_server_url", "scopes[0]"], "all"])
      expect(await errors(gateway(), gateway(ignored))).toEqual([]);
    expect(await errors(gateway(["scopes[0]"]), gateway(["scopes"]))).toEqual([]);
    const route = { publicId: "gw_api" };
    for (const ignored of [["public_id"], ["gateway_id"], "all"])
      expect(await errors(attached("support", route), attached("support", route, ignored))).toEqual([]);
    const open = { authorization_server_url: expression("issuer") };
    expect(await errors(gateway(undefined, open), gateway("all", open))).toEqual([]);
  });

  test("is a finding where it begins to leave alone what is edited beside it", async () => {
    const edited = (ignored?: unknown) => {
      const found = attached("support", {}, ignored);
      Object.assign(found.resource.mcpstack_gateway.support, {
        authorization_server_url: evil.authorizationServerUrl,
        ...(ignored ? { lifecycle: { ignore_changes: ignored } } : {}),
      });
      return found;
    };
    expect(await errors(attached("support"), edited("all"))).toEqual(["cannot-be-reviewed mcpstack_gateway.support"]);
    // What it hid comes when it is left alone no more.
    expect(await errors(edited("all"), edited())).toContain("cannot-be-reviewed mcpstack_gateway.support");
    expect(await errors(attached("support"), attached("evil", {}, "all"))).toContain(`sign-in-moved ${type}.api`);
    expect(await errors(attached("evil", {}, "all"), attached("evil"))).toContain(unseen);
  });

  test("leaves what was left alone on both sides out of it", async () => {
    const [one, all] = [attached("evil", {}, ["gateway_id", "public_id"]), attached("evil", {}, "all")];
    expect(await errors(one, attached("evil", {}, ["gateway_id"]))).not.toContain(unseen);
    expect(await errors(all, attached("evil", {}, "all"))).toEqual([]);
  });
});

test("A stack that goes over to another state cannot be reviewed; the path of a local one is that of the checkout", async () => {
  const stack = (backend: Loose) => {
    const made = cdktfStack(support) as Loose;
    return { ...made, terraform: { ...made.terraform, backend } };
  };
  expect(await codes(stack({ s3: { key: "a" } }), stack({ s3: { key: "b" } }))).toEqual(["cannot-be-reviewed"]);
  expect(await codes(stack({ s3: { key: "a" } }), stack({ s3: { key: "a" } }))).toEqual([]);
  expect(await codes(stack({ local: { path: "/a" } }), stack({ local: { path: "/b" } }))).toEqual([]);
});

describe("What says where a stack's state is kept", () => {
  const stack = (terraform: Loose) => {
    const made = cdktfStack(support) as Loose;
    return { ...made, terraform: { ...made.terraform, ...terraform } };
  };
  const s3 = (more: object) => stack({ backend: { s3: { bucket: "b", key: "k", region: "r", ...more } } });
  const http = (more: object) => stack({ backend: { http: { address: "https://state.example/a", ...more } } });
  const azure = (more: object) => stack({ backend: { azurerm: { container_name: "c", key: "k", ...more } } });
  const cloud = (more: object) => stack({ cloud: { organization: "o", workspaces: { name: "w" }, ...more } });
  const remote = (more: object) => ({ backend: { remote: { organization: "o", workspaces: { name: "w" }, ...more } } });

  test.each<[string, Loose, Loose]>([
    ["encryption", s3({}), s3({ encrypt: true, kms_key_id: "k", acl: "private" })],
    ["locks", s3({ dynamodb_table: "locks" }), s3({ use_lockfile: true })],
    [
      "whose credentials",
      s3({ profile: "ci" }),
      s3({ assume_role: { role_arn: "arn:x" }, shared_config_files: ["x"] }),
    ],
    ["tries and checks", s3({}), s3({ max_retries: 9, skip_region_validation: true, skip_s3_checksum: true })],
    ["null and comments", s3({}), s3({ endpoint: null, "//": "x" })],
    ["locks over http", http({}), http({ lock_address: "https://state.example/l", retry_max: 3, username: "u" })],
    ["credentials at Azure", azure({}), azure({ use_oidc: true, client_id: "c", subscription_id: "s" })],
    ["the default host", cloud({}), cloud({ hostname: "app.terraform.io", token: "x" })],
    ["a backend and a block", stack(remote({ token: "x" })), cloud({})],
    ["a block in a list", cloud({}), cloud({ workspaces: [{ name: "w" }] })],
  ])("is none of what chooses no other one: %s", async (_, was, will) => {
    expect(await codes(was, will)).toEqual([]);
    expect(await codes(will, was)).toEqual([]);
  });

  test.each<[string, Loose, Loose]>([
    ["a bucket", s3({}), s3({ bucket: "other" })],
    ["a prefix of workspaces", s3({}), s3({ workspace_key_prefix: "x" })],
    ["an endpoint", s3({}), s3({ endpoints: { s3: "https://s3.other.example" } })],
    ["whose certificates", s3({}), s3({ insecure: true })],
    ["an argument that is not known here", s3({}), s3({ vault: "x" })],
    ["an address", http({}), http({ address: "https://state.example/b" })],
    ["certificates", http({}), http({ skip_cert_verification: true })],
    ["a container", azure({}), azure({ container_name: "d" })],
    ["an organization", cloud({}), cloud({ organization: "p" })],
    ["a workspace", cloud({}), cloud({ workspaces: { name: "v" } })],
    ["another service", cloud({}), cloud({ hostname: "tfe.example" })],
    [
      "a backend that is not known here",
      stack({ backend: { own: { token: "a" } } }),
      stack({ backend: { own: { token: "b" } } }),
    ],
    ["another backend", s3({}), cloud({})],
  ])("is told where it chooses another one: %s", async (_, was, will) => {
    expect(await codes(was, will)).toEqual(["cannot-be-reviewed"]);
    expect(await codes(will, was)).toEqual(["cannot-be-reviewed"]);
  });
});
