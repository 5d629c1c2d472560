// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";

const evil = { ...supportGateway, name: "Evil", authorizationServerUrl: "https://login.evil.example/" };
const type = "mcpstack_server_gateway_attachment";
const unseen = `error cannot-be-reviewed ${type}.s1`;

/** Two gateways, and two servers; `more` says what the gateway of the first one is. */
function stack(reference: string, more: Loose = {}, change?: (made: Loose) => void): Loose {
  const made = cdktfStack({
    gateways: { a: supportGateway, b: evil },
    attachments: {
      s1: { serverId: "orders", gateway: reference, publicId: "gw_orders" },
      s2: { serverId: "tickets", gateway: "b", publicId: "gw_tickets" },
    },
  }) as Loose;
  Object.assign(made, more);
  change?.(made);
  return made;
}
const review = (base: unknown, head: unknown) =>
  reviewPlan(inputOf(head, "cdk.tf.json"), { now: today, base: inputOf(base, "base.json") });
const told = async (base: unknown, head: unknown) =>
  (await review(base, head)).findings.map(({ code, severity, address }) => `${severity} ${code} ${address}`);

const remote = (key: string) => ({
  data: { terraform_remote_state: { login: { backend: "s3", config: { bucket: "b", key } } } },
});
const a = "${mcpstack_gateway.a.id}";
const b = "${mcpstack_gateway.b.id}";

describe("The gateway of a server that only the engine knows", () => {
  test.each<[string, string, Loose, Loose]>([
    ["a variable", "${var.gid}", { variable: { gid: { type: "string" } } }, { variable: { gid: { type: "any" } } }],
    ["a state of another program", "${data.terraform_remote_state.login.outputs.id}", remote("a"), remote("b")],
    [
      "a gateway that is looked up",
      "${data.mcpstack_gateway.g.id}",
      { data: { mcpstack_gateway: { g: { name: "A" } } } },
      { data: { mcpstack_gateway: { g: { name: "B" } } } },
    ],
    ["an output", "${module.m.id}", { module: { m: { source: "./m" } } }, { module: { m: { source: "./n" } } }],
    ["a local by its key", '${local.m["a"]}', { locals: { m: { a } } }, { locals: { m: { a: b } } }],
    ["an element", "${element(local.all, 0)}", { locals: { all: [a, b] } }, { locals: { all: [b, a] } }],
    [
      "a condition",
      "${var.x ? mcpstack_gateway.a.id : mcpstack_gateway.b.id}",
      { variable: { x: { default: true } } },
      { variable: { x: { default: false } } },
    ],
  ])("is the same where its expression and all behind it are: %s", async (_, reference, more, other) => {
    expect(await told(stack(reference, more), stack(reference, more))).toEqual([]);
    expect(await told(stack(reference, more), stack(reference, other))).toContain(unseen);
    expect(await told(stack(a), stack(reference, more))).toContain(unseen);
    expect(await told(stack(reference, more), stack(b))).toContain(unseen);
  });

  test("is the same for each key of what nobody can count, whatever else is edited in the gateway", async () => {
    const made = (description: string, forEach = "${var.all}", key = "each.key") =>
      stack(`\${mcpstack_gateway.a[${key}].id}`, { variable: { all: {}, other: {} } }, ({ resource }) => {
        Object.assign(resource.mcpstack_gateway.a, { for_each: forEach, description });
        resource[type].s1.for_each = "${var.all}";
      });
    expect(await told(made("x"), made("x"))).toEqual([]);
    expect(await told(made("x"), made("y"))).toEqual([]);
    expect(await told(made("x"), made("x", "${var.other}"))).toContain(unseen);
    expect(await told(made("x"), made("x", "${var.all}", "each.value"))).toContain(unseen);
  });

  test("is another one where a gateway that it may be has moved", async () => {
    const reference = "${element([mcpstack_gateway.a.id], 0)}";
    const head = stack(reference, {}, (made) => {
      const gateways = made.resource.mcpstack_gateway;
      gateways.a = gateways.b;
      delete gateways.b;
      made.resource[type].s2.gateway_id = a;
      made.moved = [{ from: "mcpstack_gateway.b", to: "mcpstack_gateway.a" }];
    });
    expect(await told(stack(reference), head)).toContain(unseen);
  });

  test("goes along with a server whose block is called otherwise", async () => {
    const reference = "${var.gid}";
    const head = (gateway: string) =>
      stack(reference, {}, ({ resource }) => {
        resource[type].renamed = { ...resource[type].s1, gateway_id: gateway };
        delete resource[type].s1;
      });
    expect(await told(stack(reference), head(reference))).toEqual([]);
    expect(await told(stack(reference), head("${var.other}"))).toContain(`error cannot-be-reviewed ${type}.renamed`);
  });

  test("is none that a server which had another may be led to unseen", async () => {
    const made = (second: string) =>
      stack("${var.gid}", {}, ({ resource }) => {
        resource[type].s2.gateway_id = second;
      });
    expect(await told(made(b), made("${var.gid}"))).toContain(`error cannot-be-reviewed ${type}.s2`);
  });

  test("of two servers is told apart where one expression stands for two", async () => {
    const made = (first: string, second: string) =>
      stack("${local.m[each.key]}", { locals: { m: { x: a, y: b } } }, ({ resource }) => {
        resource[type].s1.for_each = { [first]: 1 };
        resource[type].s2 = { ...resource[type].s1, server_id: "tickets", for_each: { [second]: 1 } };
      });
    expect(await told(made("x", "y"), made("x", "y"))).toEqual([]);
    expect(await told(made("x", "y"), made("y", "x"))).toContain(`${unseen}["y"]`);
  });

  test("is shown as it is written", async () => {
    const { routes } = await review(stack("${var.gid}"), stack("${var.gid}"));
    expect(routes.find(({ server }) => server === "orders")).toMatchObject({
      before: { gateway: "${var.gid}", unknown: ["gateway"] },
      after: { gateway: "${var.gid}", unknown: ["gateway"] },
    });
  });
});
