// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { inputOf, today } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const evil = { ...supportGateway, authorizationServerUrl: "https://login.other.example/" };
type Instances = Readonly<Record<string, object>>;

/** A plan in which a server goes over to what a program says, which is made in the same apply. */
function planTo(references: readonly string[], gateways: Instances, key = ""): Loose {
  const before = {
    gateways: { old: supportGateway },
    attachments: { api: { serverId: "petalpal-api", gateway: "old" } },
  };
  const after = {
    gateways: { old: supportGateway, ...gateways },
    attachments: { api: { serverId: "petalpal-api", gateway: Object.keys(gateways)[0] as string } },
  };
  const plan = terraformPlan({ before, after } as never) as Loose;
  const attachment = plan.resource_changes.find(({ type }: Loose) => type !== "mcpstack_gateway");
  attachment.address += key;
  delete attachment.change.after.gateway_id;
  attachment.change.actions = ["update"];
  attachment.change.after_unknown = { ...attachment.change.after_unknown, gateway_id: true };
  const configured = plan.configuration.root_module.resources.find(({ type }: Loose) => type !== "mcpstack_gateway");
  configured.expressions.gateway_id = { references };
  return plan;
}

async function told(plan: Loose, files: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const { findings } = await reviewPlan(inputOf(plan), {
    now: today,
    sources: async () => Object.entries(files).map(([file, text]) => ({ file, text })),
  });
  return findings
    .map(({ code, severity }) => `${severity} ${code}`)
    .filter((finding) => /sign-in-moved|cannot-be|attachment-moved/.test(finding));
}

const attachment = (gatewayId: string, more = "") =>
  `resource "mcpstack_server_gateway_attachment" "api" {\n  server_id = "petalpal-api"\n  gateway_id = ${gatewayId}\n${more}}\n`;
const moved = ["warn attachment-moved"];
const led = ["error sign-in-moved", "warn attachment-moved"];
/** One that it may be leads elsewhere. */
const perhaps = ["error sign-in-moved"];
const open = ["error cannot-be-reviewed"];
const fresh = ["mcpstack_gateway.fresh.id", "mcpstack_gateway.fresh"];

test.each([
  ["by itself", attachment("mcpstack_gateway.fresh.id")],
  ["in a template of nothing else", attachment('"${mcpstack_gateway.fresh.id}"')],
  ["with comments and space", attachment("mcpstack_gateway . fresh /* x */ . id # y")],
])("A gateway whose id stands %s is the one that is meant", async (_, text) => {
  expect(await told(planTo(fresh, { fresh: supportGateway }), { "main.tf": text })).toEqual(moved);
  expect(await told(planTo(fresh, { fresh: evil }), { "main.tf": text })).toEqual(led);
});

test("A program in JSON syntax says so, too", async () => {
  const json = (gatewayId: string) =>
    JSON.stringify({ resource: [{ mcpstack_server_gateway_attachment: { api: [{ gateway_id: gatewayId }] } }] });
  const plan = planTo(fresh, { fresh: supportGateway });
  expect(await told(plan, { "main.tf.json": json("${mcpstack_gateway.fresh.id}") })).toEqual(moved);
  expect(await told(plan, { "main.tf.json": json("mcpstack_gateway.fresh.id") })).toEqual(open);
  expect(await told(plan, { "main.tf.json": json("${mcpstack_gateway.fresh.id}x") })).toEqual(open);
});

test.each<[string, Readonly<Record<string, string | undefined>>]>([
  ["text around it", { "main.tf": attachment('"${substr(mcpstack_gateway.fresh.id, 0, 0)}gtw_evil"') }],
  ["a text beside it", { "main.tf": attachment('"${mcpstack_gateway.fresh.id}gtw_evil"') }],
  ["a condition", { "main.tf": attachment('mcpstack_gateway.fresh.id == "" ? "" : "gtw_evil"') }],
  ["a heredoc", { "main.tf": attachment("<<E\n${mcpstack_gateway.fresh.id}\nE\n") }],
  ["another attribute", { "main.tf": attachment("mcpstack_gateway.fresh.name") }],
  ["another gateway than the plan's", { "main.tf": attachment("mcpstack_gateway.old.id") }],
  ["nothing", { "main.tf": "" }],
  ["another resource", { "main.tf": attachment("mcpstack_gateway.fresh.id").replace('"api"', '"other"') }],
  ["a comment", { "main.tf": `/* ${attachment("mcpstack_gateway.fresh.id")} */` }],
  [
    "two things",
    {
      "main.tf": attachment("mcpstack_gateway.fresh.id"),
      "x_override.tf": attachment('"${mcpstack_gateway.fresh.id}x"'),
    },
  ],
  [
    "two things in two folders",
    {
      "a/main.tf": attachment("mcpstack_gateway.fresh.id"),
      "b/main.tf.json": JSON.stringify({
        resource: { mcpstack_server_gateway_attachment: { api: { gateway_id: "x" } } },
      }),
    },
  ],
  ["a part that cannot be read", { "main.tf": attachment("mcpstack_gateway.fresh.id"), "b.tf": undefined }],
  ["a part that is not closed", { "main.tf": attachment("mcpstack_gateway.fresh.id"), "b.tf": '"' }],
])("Where the program says %s, nobody knows which one is meant", async (_, files) => {
  expect(await told(planTo(fresh, { fresh: supportGateway }), files)).toEqual(open);
});

test("Of a module, whose program may be any, nobody knows it", async () => {
  const plan = planTo(fresh, { fresh: supportGateway });
  const root = plan.configuration.root_module;
  plan.configuration.root_module = { module_calls: { m: { module: root } } };
  for (const change of plan.resource_changes) change.address = `module.m.${change.address}`;
  expect(await told(plan, { "m/main.tf": attachment("mcpstack_gateway.fresh.id") })).toEqual(open);
});

describe("An instance that the program chooses", () => {
  const gateways: Instances = { 'g["good"]': supportGateway, 'g["evil"]': evil };
  const by = (index: string) => ["mcpstack_gateway.g", index];
  const map = (value: string) => `for_each = { "petalpal-api" = ${value}, other = "evil" }\n`;

  test.each([
    ["its own key", "each.key", '["good"]', "", moved],
    ["its own key", "each.key", '["evil"]', "", led],
    ["a text of an object", "each.value", '["petalpal-api"]', map('"good"'), moved],
    ["a text of an object", "each.value", '["petalpal-api"]', map('"evil"'), led],
    [
      "a text of an object over lines",
      "each.value",
      '["b"]',
      'for_each = {\n  a = "evil" # x\n  b : "good"\n}\n',
      moved,
    ],
    ["what is more than a text", "each.value", '["petalpal-api"]', map('"${var.x}"'), perhaps],
    ["what is more than an object", "each.value", '["a"]', 'for_each = merge({ a = "good" }, var.x)\n', perhaps],
    ["what is written twice", "each.value", '["a"]', 'for_each = { a = "good", ("a") = "evil" }\n', perhaps],
    ["a function", "each.key", '["good"]', "x", perhaps],
  ])("by %s: %s, %s", async (_, index, key, more, expected) => {
    const isFunction = more === "x";
    const text = attachment(`mcpstack_gateway.g[${isFunction ? `lower(${index})` : index}].id`, isFunction ? "" : more);
    expect(await told(planTo(by(index), gateways, key), { "main.tf": text })).toEqual(expected);
  });

  test("by a local, where it is written once", async () => {
    const text = attachment("mcpstack_gateway.g[each.value].id", "for_each = local.servers\n");
    const local = (value: string) => `locals {\n  servers = { petalpal-api = ${value} }\n}\n`;
    const plan = planTo(by("each.value"), gateways, '["petalpal-api"]');
    expect(await told(plan, { "main.tf": text + local('"good"') })).toEqual(moved);
    expect(await told(plan, { "main.tf": text + local('"evil"') })).toEqual(led);
    expect(await told(plan, { "main.tf": text + local('"good"') + local('"evil"') })).toEqual(perhaps);
    expect(await told(plan, { "a/main.tf": text, "b/main.tf": local('"good"') })).toEqual(perhaps);
  });

  test("by a key that is written out", async () => {
    const named = ['mcpstack_gateway.g["good"].id', 'mcpstack_gateway.g["good"]', "mcpstack_gateway.g"];
    const text = (id: string) => ({ "main.tf": attachment(id) });
    expect(await told(planTo(named, gateways), text('mcpstack_gateway.g["good"].id'))).toEqual(moved);
    expect(await told(planTo(named, gateways), text('mcpstack_gateway.g["evil"].id'))).toEqual(open);
  });
});

test("A gateway that is made anew keeps its servers' routes", async () => {
  const plan = planTo(["mcpstack_gateway.old.id", "mcpstack_gateway.old"], { fresh: supportGateway });
  const old = plan.resource_changes.find(({ address }: Loose) => address === "mcpstack_gateway.old");
  old.change.actions = ["create", "delete"];
  delete old.change.after.id;
  old.change.after_unknown = { id: true };
  expect(await told(plan, { "main.tf": attachment("mcpstack_gateway.old.id") })).toEqual([]);
  expect(await told(plan, { "main.tf": attachment('"${mcpstack_gateway.old.id}"', "") })).toEqual([]);
  expect(await told(plan, {})).toEqual(open);
});
