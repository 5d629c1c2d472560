import { gatewayFields, snakeCase } from "@mcpstack/model";
import type { Policy } from "./policy/schema";
import { render } from "./render/render";
import { reviewPlan } from "./review";
import type { Loose } from "./testing/loose";
import { inputOf, today } from "./testing/review-scenario";
import { supportGateway } from "./testing/scenario";
import { terraformPlan } from "./testing/terraform-plan";

/** Every field of a gateway with a value that is found again wherever it is printed. */
const values = (side: string): Record<string, unknown> => ({
  name: `Name-${side}-zq`,
  description: `Description-${side}-zq`,
  providerType: `type-${side}-zq`,
  authorizationServerUrl: `https://login-${side}-zq.example/`,
  metadataUrl: `http://meta-${side}-zq.example/m`,
  authorizationEndpoint: `https://authorize-${side}-zq.example/a`,
  tokenEndpoint: `https://user:pw-${side}-zq@token-${side}-zq.example/t`,
  registrationEndpoint: `https://register-${side}-zq.example/r`,
  clientId: `client-${side}-zq`,
  resource: `https://api-${side}-zq.example`,
  scopes: [`scope-${side}-zq:write`, "openid"],
  trustedOrigins: [`https://origin-${side}-zq.example`],
  metadataCheck: side === "before" ? "error" : "off",
  findings: { [`code-${side}-zq`]: "off" },
  settings: { [`key-${side}-zq`]: `value-${side}-zq`, issuer: `https://settings-${side}-zq.example` },
  metadata: { issuer: `https://issuer-${side}-zq.example`, tokenEndpoint: `https://published-${side}-zq.example/t` },
});

const policy: Policy = {
  version: 1,
  default: {
    issuers: ["https://allowed.example"],
    audiences: ["https://allowed.example"],
    clients: ["allowed"],
    scopes: ["allowed"],
    trusted_origins: ["https://allowed.example"],
    metadata_check: "error",
    findings: { "issuer-mismatch": "error" },
  },
};

function plan(before: object | undefined): Loose {
  const gateways = (values: object) => ({ support: { ...supportGateway, ...values } });
  const attachments = { api: { serverId: "api", gateway: "support", publicId: "gw_public-zq" } };
  const made = terraformPlan({
    ...(before ? { before: { gateways: gateways(before), attachments } } : {}),
    after: {
      gateways: gateways(values("after")),
      attachments: { api: { ...attachments.api, publicId: "gw_other-zq" } },
    },
  }) as Loose;
  const marks = Object.fromEntries(Object.keys(gatewayFields).map((field) => [snakeCase(field), true]));
  for (const { type, change } of made.resource_changes) {
    const all = type === "mcpstack_gateway" ? marks : { public_id: true };
    Object.assign(change, { before_sensitive: all, after_sensitive: all });
  }
  return made;
}

test.each([
  ["an edit", values("before")],
  ["a create", undefined],
])(
  "what the input marks as sensitive is in no output of %s, whatever finding and policy speak of it",
  async (_, before) => {
    const made = plan(before);
    const options = { now: today, policy: { policy, file: "p.yaml" } };
    const result = await reviewPlan(inputOf(made), options);
    expect(result.findings.length).toBeGreaterThan(10);
    for (const format of ["terminal", "markdown", "json", "sarif", "gitlab", "github"] as const) {
      expect(render(result, format, { colour: false, maxBytes: 1e6, version: "0" })).not.toMatch(/-zq/);
    }
  },
);

test("a state that drifted is not printed either", async () => {
  const made = plan(values("before"));
  const [{ address, type, change }] = made.resource_changes;
  made.resource_drift = [{ address, type, mode: "managed", change: { ...change, actions: ["update"] } }];
  const result = await reviewPlan(inputOf(made), { now: today });
  expect(result.findings.map(({ code }) => code)).toContain("changed-outside");
  expect(JSON.stringify(result)).not.toMatch(/-zq/);
});

describe("what the state before marks as sensitive is not printed", () => {
  /** A server goes over from one gateway to another, one of which stands in the state alone. */
  function moved(mode: "managed" | "data", side: "before" | "after"): Loose {
    const gateways = { support: supportGateway };
    const attached = { api: { serverId: "api", gateway: "support", publicId: "gw_public" } };
    const made = terraformPlan({
      before: { gateways, attachments: attached },
      after: { gateways, attachments: attached },
    }) as Loose;
    const attachment = made.resource_changes.find(({ type }: Loose) => type.includes("attachment")).change;
    attachment.actions = ["update"];
    attachment[side].gateway_id = "gtw_hidden";
    const fields = Object.entries(values("state")).map(([field, value]) => [snakeCase(field), value]);
    made.prior_state.values.root_module.resources.push({
      address: `${mode === "data" ? "data." : ""}mcpstack_gateway.hidden`,
      mode,
      type: "mcpstack_gateway",
      name: "hidden",
      values: { ...Object.fromEntries(fields), id: "gtw_hidden", settings: null },
      sensitive_values: Object.fromEntries(fields.map(([field]) => [field, true])),
    });
    return made;
  }

  test.each([
    ["managed", "before"],
    ["managed", "after"],
    ["data", "before"],
    ["data", "after"],
  ] as const)("of a gateway that is %s, as what was %s", async (mode, side) => {
    const made = moved(mode, side);
    for (const options of [{ now: today }, { now: today, policy: { policy, file: "p.yaml" } }]) {
      const result = await reviewPlan(inputOf(made), options);
      expect(result.findings.map(({ code }) => code)).toContain("sign-in-moved");
      for (const format of ["terminal", "markdown", "json", "sarif", "gitlab", "github"] as const)
        expect(render(result, format, { colour: false, maxBytes: 1e6, version: "0" })).not.toMatch(/-zq/);
    }
  });

  test("of a gateway whose change repeats no mark", async () => {
    const made = plan(values("before"));
    for (const entry of made.resource_changes) {
      if (entry.type !== "mcpstack_gateway") continue;
      const { before_sensitive: marks } = entry.change;
      Object.assign(entry.change, { before_sensitive: {}, after_sensitive: {} });
      made.prior_state.values.root_module.resources.push({
        ...entry,
        values: entry.change.before,
        sensitive_values: marks,
      });
    }
    expect(JSON.stringify(await reviewPlan(inputOf(made), { now: today }))).not.toMatch(/-zq/);
  });

  test("of a server that is looked up by a name which is sensitive", async () => {
    const made = moved("managed", "after");
    made.prior_state.values.root_module.resources.push({
      address: "data.mcpstack_server.api",
      mode: "data",
      type: "mcpstack_server",
      name: "api",
      values: { id: "srv_api", slug: "slug-zq" },
      sensitive_values: { slug: true },
    });
    for (const { type, change } of made.resource_changes)
      if (type !== "mcpstack_gateway") change.after.server_id = "srv_api";
    const result = await reviewPlan(inputOf(made), { now: today });
    expect(result.findings.length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).not.toMatch(/-zq/);
  });
});
