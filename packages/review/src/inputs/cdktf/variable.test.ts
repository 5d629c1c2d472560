// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { defaultApiUrl } from "@mcpstack/model";
import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";
import { Unresolved } from "./unresolved";
import { defaultOf, meaningOfVariable } from "./variable";

const own = supportGateway.authorizationServerUrl;
const evil = "https://login.other.example/";
const gateway = "mcpstack_gateway.support";
const attachment = "mcpstack_server_gateway_attachment.api";

function stack(change: (parts: { gateway: Loose; attachment: Loose; provider: Loose; stack: Loose }) => void): Loose {
  const made = cdktfStack({
    gateways: { support: supportGateway },
    attachments: { api: { serverId: "api", gateway: "support", publicId: "gw_api" } },
    provider: { metadataCheck: "error" },
  }) as Loose;
  change({
    gateway: made.resource.mcpstack_gateway.support,
    attachment: made.resource.mcpstack_server_gateway_attachment.api,
    provider: made.provider.mcpstack[0],
    stack: made,
  });
  return made;
}
async function told(base: unknown, head: unknown): Promise<string[]> {
  const { findings } = await reviewPlan(inputOf(head, "cdk.tf.json"), {
    now: today,
    base: inputOf(base, "base.json"),
  });
  return findings.map(({ code, severity, address }) => `${severity} ${code} ${address}`);
}
const optional = (type: string, value: unknown) => `object({ u = optional(${type}, ${JSON.stringify(value)}) })`;

describe("What the type of a variable fills in is what the variable stands for", () => {
  /** A program in which a variable `o` stands somewhere, by what its type fills in. */
  type Made = (fill: unknown, given?: unknown) => Loose;
  const at =
    (
      place: (parts: { gateway: Loose; attachment: Loose; provider: Loose; stack: Loose }) => void,
      type = "string",
    ): Made =>
    (fill, given = {}) =>
      stack((parts) => {
        parts.stack.variable = { o: { type: optional(type, fill), default: given } };
        place(parts);
      });
  const issuer = at(({ gateway }) => Object.assign(gateway, { authorization_server_url: "${var.o.u}" }));

  test.each<[string, Made, unknown, unknown, string]>([
    ["an issuer", issuer, own, evil, `error authorization-server-new ${gateway}`],
    [
      "an issuer through a local",
      at(({ gateway, stack }) => {
        stack.locals = { c: "${var.o}", d: "${local.c.u}" };
        gateway.authorization_server_url = "${local.d}";
      }),
      own,
      evil,
      `error cannot-be-reviewed ${gateway}`,
    ],
    [
      "an issuer in an expression",
      at(({ gateway }) => Object.assign(gateway, { authorization_server_url: '${coalesce(var.o["u"], "x")}' })),
      own,
      evil,
      `error cannot-be-reviewed ${gateway}`,
    ],
    [
      "a client",
      at(({ gateway }) => Object.assign(gateway, { client_id: "${var.o.u}" })),
      "c1",
      "c2",
      `warn client-changed ${gateway}`,
    ],
    [
      "scopes",
      at(({ gateway }) => Object.assign(gateway, { scopes: "${var.o.u}" }), "set(string)"),
      ["openid"],
      ["openid", "admin:write"],
      `warn scope-added-write ${gateway}`,
    ],
    [
      "an audience",
      at(({ gateway }) => Object.assign(gateway, { resource: "${var.o.u}" })),
      "https://a.example.com",
      "https://b.example.com",
      `warn audience-changed ${gateway}`,
    ],
    [
      "a server",
      at(({ attachment }) => Object.assign(attachment, { server_id: "${var.o.u}" })),
      "api",
      "orders",
      `error server-without-gateway ${attachment}`,
    ],
    [
      "a public id",
      at(({ attachment }) => Object.assign(attachment, { public_id: "${var.o.u}" })),
      "gw_a",
      "gw_b",
      `warn public-id-changed ${attachment}`,
    ],
    [
      "the gateway of a server",
      at(({ attachment }) => Object.assign(attachment, { gateway_id: "${var.o.u}" })),
      "gtw_1",
      "gtw_evil",
      `error cannot-be-reviewed ${attachment}`,
    ],
    [
      "the provider's API",
      at(({ provider }) => Object.assign(provider, { api_url: "${var.o.u}" })),
      defaultApiUrl,
      "https://api.other.example",
      "error api-changed provider.mcpstack",
    ],
    [
      "origins that the provider trusts",
      at(({ provider }) => Object.assign(provider, { trusted_origins: "${var.o.u}" }), "list(string)"),
      [],
      ["https://login.other.example"],
      "warn trusted-origin-added provider.mcpstack",
    ],
    [
      "plain http",
      at(({ provider }) => Object.assign(provider, { allow_insecure_metadata: "${var.o.u}" }), "bool"),
      false,
      true,
      "error insecure-metadata-allowed provider.mcpstack",
    ],
    [
      "what is more than a literal",
      at(({ provider }) => Object.assign(provider, { findings: "${var.o.u}" }), "map(string)"),
      {},
      { "issuer-trailing-slash": "off" },
      "warn finding-switched-off provider.mcpstack",
    ],
  ])("%s", async (_, made, good, bad, expected) => {
    for (const given of [{}, { u: null }]) {
      expect(await told(made(good, given), made(bad, given))).toContain(expected);
      expect(await told(made(good, given), made(good, given))).toEqual([]);
    }
    // What is given is not filled in; of an expression nobody can tell what it takes.
    const given = await told(made(good, { u: good }), made(bad, { u: good }));
    expect(given).toEqual(expected.includes(`cannot-be-reviewed ${gateway}`) ? [expected] : []);
  });

  test("a null that a default takes the place of is not something that is left out", async () => {
    const without = stack(() => {});
    const made = (fill: string) =>
      stack(({ gateway, stack }) => {
        stack.variable = { o: { type: optional("string", fill), default: { u: null } } };
        gateway.token_endpoint = "${var.o.u}";
      });
    expect(await told(without, made(`${evil}token`))).toContain(`error endpoint-origin-moved ${gateway}`);
  });

  test("an element of a list, and what a for_each makes of a map", async () => {
    const list = (fill: string) =>
      stack(({ gateway, stack }) => {
        stack.variable = { o: { type: `list(${optional("string", fill)})`, default: [{}] } };
        gateway.authorization_server_url = "${var.o[0].u}";
      });
    expect(await told(list(own), list(evil))).toContain(`error cannot-be-reviewed ${gateway}`);
    expect(await told(list(own), list(own))).toEqual([]);
    const map = (fill: string) =>
      stack(({ gateway, attachment, stack }) => {
        stack.variable = { o: { type: `map(${optional("string", fill)})`, default: { eu: {} } } };
        Object.assign(gateway, { for_each: "${var.o}", authorization_server_url: "${each.value.u}" });
        attachment.gateway_id = '${mcpstack_gateway.support["eu"].id}';
      });
    expect(await told(map(own), map(evil))).toContain(`error authorization-server-new ${gateway}["eu"]`);
    expect(await told(map(own), map(own))).toEqual([]);
  });

  test("another type, or another nullable, of a variable that nobody knows is another definition", async () => {
    const made = (definition: Loose) =>
      stack(({ gateway, stack }) => {
        stack.variable = { o: definition };
        gateway.authorization_server_url = "${var.o.u}";
      });
    const [good, bad] = [{ type: optional("string", own) }, { type: optional("string", evil) }];
    expect(await told(made(good), made(bad))).toContain(`error cannot-be-reviewed ${gateway}`);
    expect(await told(made(good), made({ type: `  object({u=optional( string,"${own}") } )` }))).toEqual([]);
    const secret = { default: {}, sensitive: true };
    expect(await told(made(secret), made({ ...secret, nullable: false }))).toContain(
      `error cannot-be-reviewed ${gateway}`,
    );
    expect(await told(made(secret), made({ ...secret, nullable: true }))).toEqual([]);
    // An argument that this version does not know may decide.
    expect(await told(made(secret), made({ ...secret, source: "x" }))).toContain(`error cannot-be-reviewed ${gateway}`);
  });
});

describe("The default of a variable", () => {
  const known = (type: string | undefined, value: unknown) =>
    defaultOf({ ...(type === undefined ? {} : { type }), default: value }, "${var.o}");
  const open = expect.any(Unresolved);

  test.each<[string | undefined, unknown, unknown]>([
    [undefined, { a: 1 }, { a: 1 }],
    ["any", { a: 1 }, { a: 1 }],
    ["string", "a", "a"],
    ["string", 7, "7"],
    ["string", true, "true"],
    ["string", 1e30, open],
    ["string", null, null],
    ["number", "7", 7],
    ["number", "07", open],
    ["bool", "true", true],
    ["bool", "yes", open],
    ["list(string)", ["b", 1], ["b", "1"]],
    ["list(string)", "b", open],
    ["set(string)", ["b", "a", "b"], ["a", "b"]],
    ["map(bool)", { a: "true" }, { a: true }],
    ["list", ["a"], ["a"]],
    ["list(any)", ["a", 1], open],
    ["map(any)", { a: { x: 1 }, b: { x: 2 } }, { a: { x: 1 }, b: { x: 2 } }],
    ["map(any)", { a: { x: 1 }, b: { y: 2 } }, open],
    ["tuple([string, bool])", [1, true], ["1", true]],
    ["tuple([string])", [], open],
    ["object({ a = string, b = optional(bool) })", { a: "x", z: 1 }, { a: "x", b: null }],
    ["object({\n  a = string # x\n  b = optional(number, 3)\n})", { a: "x" }, { a: "x", b: 3 }],
    ["object({ a : string })", { a: "x" }, { a: "x" }],
    ['object({ "a" = string })', { a: "x" }, undefined],
    ["object({ a = string })", {}, { a: open }],
    ["object({ a = optional(map(string), { b = 1 }) })", {}, { a: open }],
    ['object({ a = optional(string, "$${x}") })', {}, { a: open }],
    ['object({ a = optional(object({ b = optional(string, "c") }), {}) })', {}, { a: { b: "c" } }],
    ['object({ a = optional(object({ b = optional(string, "c") })) })', { a: null }, { a: null }],
    ["strange(string)", "a", undefined],
    ["list(string, string)", ["a"], undefined],
    ["object({ a = optional(string, 1, 2) })", {}, undefined],
    ["object({ a })", {}, undefined],
    ["list(string", ["a"], undefined],
    ["", "a", undefined],
  ])("of type %j, %j, is %j", (type, value, expected) => {
    expect(known(type, value)).toEqual(expected);
  });

  test("is no template", async () => {
    const made = (value: string) =>
      stack(({ gateway, stack }) => {
        stack.variable = { o: { default: value } };
        stack.locals = { x: "c1" };
        gateway.client_id = "${var.o}";
      });
    expect(await told(made("c1"), made("${local.x}"))).toContain(`warn client-changed ${gateway}`);
    expect(await told(made("${local.x}"), made("%{ if"))).toContain(`warn client-changed ${gateway}`);
    expect(await told(made("$${local.x}"), made("$${local.x}"))).toEqual([]);
  });

  test("may stand in a list of blocks, and is not looked at where it is secret or not there", () => {
    expect(defaultOf([{ type: "string", default: "a" }], "${var.o}")).toBe("a");
    for (const definition of [undefined, {}, [{ default: 1 }, { default: 2 }], { default: 1, sensitive: "true" }])
      expect(defaultOf(definition, "${var.o}")).toBeUndefined();
    expect(meaningOfVariable({ nullable: false, description: "x" })).toEqual({});
  });
});
