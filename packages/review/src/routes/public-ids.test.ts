// A route has two keys: the server, and the public id, which is what MCP clients know of it.
import type { PolicyEnvironment } from "../policy/schema";
import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { frontEnds, inputOf, reviewScenario, today } from "../testing/review-scenario";
import { type Program, type Scenario, supportGateway, UNKNOWN } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const evil = { ...supportGateway, name: "Evil", authorizationServerUrl: "https://evil.test" };
const twin = { ...supportGateway, name: "Twin" };
const wide = { ...twin, scopes: ["openid", "orders:write"] };
const both = { support: supportGateway, evil };
const at = (gateway: string, serverId: string, publicId?: string) => ({
  serverId,
  gateway,
  ...(publicId === undefined ? {} : { publicId }),
});
const before: Program = {
  gateways: { support: supportGateway },
  attachments: { api: at("support", "petalpal-api", "gw_petal") },
};
const given = at("support", "petalpal-api", "gw_petal_two");
const two = (api: string, other: string): Program => ({
  gateways: both,
  attachments: { api: at("support", "petalpal-api", api), other: at("evil", "orders-api", other) },
});

const moved = "error sign-in-moved orders-api,petalpal-api";
const renamed = "warn public-id-changed petalpal-api";

describe.each(frontEnds)("told by %s", (frontEnd) => {
  const told = async (scenario: Scenario, policy: PolicyEnvironment = {}) => {
    const held = { policy: { policy: { version: 1 as const, default: policy }, file: "mcpstack-review.yaml" } };
    const { findings } = await reviewScenario(scenario, frontEnd, held);
    return findings.map(({ severity, code, servers }) => `${severity} ${code} ${[...servers].sort().join()}`);
  };

  test.each<[string, Scenario]>([
    [
      "a new server's new gateway",
      {
        before,
        after: { gateways: both, attachments: { api: given, other: at("evil", "orders-api", "gw_petal") } },
      },
    ],
    [
      "a new server's gateway that exists",
      {
        before: { ...before, gateways: both },
        after: { gateways: both, attachments: { api: given, other: at("evil", "orders-api", "gw_petal") } },
      },
    ],
    [
      "another server's gateway, under the name that the attachment had in the program",
      {
        before: { ...before, gateways: both },
        after: { gateways: both, attachments: { again: given, api: at("evil", "orders-api", "gw_petal") } },
      },
    ],
    [
      "another server's gateway, in letters of another case",
      {
        before: { ...before, gateways: both },
        after: { gateways: both, attachments: { api: given, other: at("evil", "orders-api", "GW_petal") } },
      },
    ],
    ["a server that gives its own up", { before: two("gw_petal", "gw_orders"), after: two("gw_x", "gw_petal") }],
  ])("an MCP URL that goes over to %s moves its users' sign-in", async (_, scenario) => {
    expect(await told(scenario)).toEqual(expect.arrayContaining([moved, renamed]));
  });

  test("two attachments that swap their public ids move the users of both, whatever policy allows one issuer", async () => {
    const swap = { before: two("gw_petal", "gw_orders"), after: two("gw_orders", "gw_petal") };
    expect((await told(swap)).filter((finding) => finding === moved)).toHaveLength(2);
    const issuers = [supportGateway.authorizationServerUrl];
    expect(await told(swap, { issuers })).toEqual(
      expect.arrayContaining([moved, "error issuer-not-allowed orders-api"]),
    );
  });

  test("an MCP URL that comes to another gateway of the same issuer has that one's scopes", async () => {
    const gateways = { support: supportGateway, wide };
    const after = { gateways, attachments: { api: given, other: at("wide", "orders-api", "gw_petal") } };
    expect(await told({ before: { ...before, gateways }, after })).toEqual(
      expect.arrayContaining(["warn scope-added-write orders-api", renamed]),
    );
  });

  test("a public id that is not known may be one that is given up in the same plan", async () => {
    const other = { ...at("evil", "orders-api"), publicId: UNKNOWN as unknown as string };
    const attachments = { api: given, other };
    expect(await told({ before: { ...before, gateways: both }, after: { gateways: both, attachments } })).toEqual(
      expect.arrayContaining(["error cannot-be-reviewed orders-api,petalpal-api"]),
    );
    // Where none is given up, and where the gateway signs nobody in elsewhere, nobody is led away.
    const kept = { gateways: both, attachments: { ...before.attachments, other } };
    expect((await told({ before: { ...before, gateways: both }, after: kept })).join()).not.toContain("error");
    const gateways = { support: supportGateway, twin };
    const harmless = { gateways, attachments: { api: given, other: { ...other, gateway: "twin" } } };
    expect((await told({ before: { ...before, gateways }, after: harmless })).join()).not.toContain("error");
  });

  test("a public id that changes from one resource to the next of its server is told as in one", async () => {
    expect(await told({ before, after: { ...before, attachments: { again: given } } })).toEqual([renamed]);
    expect(await told({ before, after: { ...before, attachments: { api: given } } })).toEqual([renamed]);
  });

  test("nothing is said where every MCP URL leads to the gateway that it led to", async () => {
    const same = before.attachments?.api;
    expect(await told({ before, after: { ...before, attachments: { again: same as typeof given } } })).toEqual([]);
    expect(await told({ before, after: before })).toEqual([]);
    const more = { gateways: both, attachments: { ...before.attachments, other: at("support", "orders-api", "gw_o") } };
    expect((await told({ before: { ...before, gateways: both }, after: more })).join()).not.toMatch(/warn|error/);
  });
});

test.each([
  ["leaves out", undefined, []],
  ["sets to null", { constant_value: null }, []],
  ["makes from a variable", { references: ["var.id"] }, ["publicId"]],
  // Such as `"${substr(uuid(), 0, 0)}gw_petal"`.
  ["makes from a function without references", {}, ["publicId"]],
])(
  "in a Terraform plan, a public id that the program %s is another route's only where the program chooses it",
  async (_, expression, said) => {
    const other = { ...at("evil", "orders-api"), publicId: UNKNOWN as unknown as string };
    const after = { gateways: both, attachments: { api: given, other } };
    const plan = terraformPlan({ before: { ...before, gateways: both }, after }) as Loose;
    plan.configuration.root_module.resources.at(-1).expressions.public_id = expression;
    const { findings } = await reviewPlan(inputOf(plan), { now: today });
    expect(findings.filter(({ code }) => code === "cannot-be-reviewed").flatMap(({ fields }) => fields)).toEqual(
      said.map(() => "public_id"),
    );
  },
);
