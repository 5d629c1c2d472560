// A route is all that a gateway says of it, and an attachment that leads to another gateway changes it as an edit of the gateway would.
import type { PolicyEnvironment } from "../policy/schema";
import { reviewPlan } from "../review";
import { cdktfStack } from "../testing/cdktf-stack";
import type { Loose } from "../testing/loose";
import { frontEnds, inputOf, reviewScenario, today } from "../testing/review-scenario";
import { type Program, type Scenario, supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const wide = {
  ...supportGateway,
  name: "Wide",
  clientId: "evil-client",
  resource: "https://other.petalpal.com",
  scopes: ["openid", "profile", "orders:read", "admin", "orders:write"],
  metadataCheck: "off",
  trustedOrigins: ["https://evil.example"],
};
const twin = { ...supportGateway, name: "Twin" };
const gateways = { support: supportGateway, wide, twin };
const api = (gateway: string) => ({ serverId: "api", gateway });
const at = (gateway: string): Program => ({ gateways, attachments: { api: api(gateway) } });
const policy: PolicyEnvironment = {
  issuers: [supportGateway.authorizationServerUrl],
  clients: ["support-mcp"],
  audiences: ["https://api.petalpal.com"],
  scopes: ["openid", "profile", "orders:read"],
  metadata_check: "warn",
  trusted_origins: [],
};
const held = { policy: { policy: { version: 1 as const, default: policy }, file: "mcpstack-review.yaml" } };
const effects = [
  "warn attachment-moved",
  "warn audience-changed",
  "warn client-changed",
  "warn metadata-check-lowered",
  "warn scope-added-broad",
  "warn scope-added-write",
  "warn trusted-origin-added",
];
const refusals = [
  "error audience-not-allowed",
  "error client-not-allowed",
  "error metadata-check-required",
  "error scope-not-allowed",
  "error trust-not-allowed",
];

describe.each(frontEnds)("told by %s", (frontEnd) => {
  const told = async (scenario: Scenario, options = {}) =>
    (await reviewScenario(scenario, frontEnd, options)).findings.map((finding) => {
      // Whatever is said, is said of the one server that is concerned, where it is attached.
      expect(finding).toMatchObject({ kind: "attachment", servers: ["api"] });
      return `${finding.severity} ${finding.code}`;
    });

  test("a server that goes over to a gateway of the same issuer has its client, audience, scopes and trust", async () => {
    expect(await told({ before: at("support"), after: at("wide") })).toEqual(effects);
  });

  test("what it goes over to is held against the policy, though nobody edits it", async () => {
    expect(await told({ before: at("support"), after: at("wide") }, held)).toEqual([...refusals, ...effects]);
  });

  test("so is what a new route leads to", async () => {
    expect(await told({ before: { gateways }, after: at("wide") }, held)).toEqual([
      ...refusals,
      "info gateway-attached",
    ]);
  });

  test("another attachment of the same server is the same route", async () => {
    const again = { gateways, attachments: { again: api("wide") } };
    expect(await told({ before: at("support"), after: again })).toEqual(expect.arrayContaining(effects.slice(1)));
  });

  test("endpoints of another realm on the same origin are told, explicit ones as well as first ones", async () => {
    const url = (realm: string) => `https://petalpal.eu.auth0.com/realms/${realm}/auth`;
    const ofRealm = (realm: string) => ({
      ...supportGateway,
      authorizationEndpoint: url(realm),
      tokenEndpoint: url(realm),
    });
    const document = { ...supportGateway, metadataUrl: url("evil") };
    const realms = { plain: supportGateway, prod: ofRealm("prod"), evil: ofRealm("evil"), document };
    const by = (gateway: string): Program => ({ gateways: realms, attachments: { api: api(gateway) } });
    const moved = ["warn attachment-moved", "warn endpoint-moved", "warn endpoint-moved"];
    expect(await told({ before: by("prod"), after: by("evil") })).toEqual(moved);
    const first = ["warn attachment-moved", "warn discovery-replaced"];
    expect(await told({ before: by("plain"), after: by("evil") })).toEqual(first);
    expect(await told({ before: by("plain"), after: by("document") })).toEqual([
      "warn attachment-moved",
      "warn metadata-url-added",
    ]);
  });

  test("a gateway that differs in its name alone changes nothing, and one that the policy allows is allowed", async () => {
    expect(await told({ before: at("support"), after: at("twin") }, held)).toEqual(["warn attachment-moved"]);
    expect(await told({ before: { gateways }, after: at("support") }, held)).toEqual(["info gateway-attached"]);
    expect(await told({ before: at("wide"), after: at("wide") }, held)).toEqual([]);
  });
});

const terraform = async (made: unknown, options = {}) =>
  (await reviewPlan(inputOf(made), { now: today, ...held, ...options })).findings.map(
    ({ severity, code, address }) => `${severity} ${code} ${address}`,
  );
const attachment = "mcpstack_server_gateway_attachment.api";

describe("a gateway that is only looked up", () => {
  const lookedUp = (before: Program, values: Loose) => {
    const made = terraformPlan({ before, after: { gateways, attachments: { api: api("gw_data") } } }) as Loose;
    made.prior_state.values.root_module.resources.push({
      address: "data.mcpstack_gateway.one",
      mode: "data",
      type: "mcpstack_gateway",
      name: "one",
      values: { id: "gw_data", name: "Looked up", ...values },
    });
    return made;
  };
  const like = (changes: Loose) => ({
    authorization_server_url: supportGateway.authorizationServerUrl,
    client_id: supportGateway.clientId,
    resource: supportGateway.resource,
    scopes: supportGateway.scopes,
    ...changes,
  });

  test("is held against the policy where a route leads to it", async () => {
    const other = like({ client_id: "evil-client", scopes: ["openid", "admin"] });
    expect(await terraform(lookedUp(at("support"), other))).toEqual(
      expect.arrayContaining([
        `error client-not-allowed ${attachment}`,
        `error scope-not-allowed ${attachment}`,
        `warn scope-added-broad ${attachment}`,
      ]),
    );
    expect(await terraform(lookedUp({ gateways }, other))).toEqual(
      expect.arrayContaining([`error client-not-allowed ${attachment}`]),
    );
    expect(await terraform(lookedUp({ gateways }, like({})))).toEqual([`info gateway-attached ${attachment}`]);
  });
});

test("a new route to a gateway that is known by its id alone is said to escape the policy", async () => {
  const made = terraformPlan({ before: { gateways }, after: { gateways, attachments: { api: api("gw_outside") } } });
  expect(await terraform(made)).toEqual([
    `warn cannot-be-reviewed ${attachment}`,
    `info gateway-attached ${attachment}`,
  ]);
  expect(await terraform(made, { policy: undefined })).toEqual([`info gateway-attached ${attachment}`]);
});

test("what was changed outside of the program and is followed is judged as an edit is", async () => {
  const made = terraformPlan({ before: at("support"), after: at("support") }) as Loose;
  const current = made.resource_changes[0];
  const drifted = { ...current.change.before, client_id: "evil-client", scopes: ["openid", "admin"] };
  made.resource_drift = [
    { ...current, change: { actions: ["update"], before: current.change.before, after: drifted } },
  ];
  current.change = { ...current.change, before: drifted, after: drifted };
  const gateway = "mcpstack_gateway.support";
  expect(await terraform(made)).toEqual([
    `error client-not-allowed ${gateway}`,
    `error scope-not-allowed ${gateway}`,
    `warn changed-outside ${gateway}`,
    `warn client-changed ${gateway}`,
    `warn scope-added-broad ${gateway}`,
    `info scope-removed ${gateway}`,
  ]);
});

describe("the provider that a route comes to", () => {
  const stack = (gateway: string, weak: Loose, attachments: Loose = { api: api(gateway) }) => {
    const made = cdktfStack({
      gateways: { support: supportGateway, twin },
      attachments: attachments as never,
    }) as Loose;
    made.provider.mcpstack = [{}, { alias: "weak", ...weak }];
    made.resource.mcpstack_gateway.twin.provider = "mcpstack.weak";
    return made;
  };
  const told = async (base: Loose, head: Loose) =>
    (await reviewPlan(inputOf(head), { now: today, base: inputOf(base) })).findings.map(
      ({ severity, code, address }) => `${severity} ${code} ${address}`,
    );

  test("is a part of it", async () => {
    const weak = { metadata_check: "off", trusted_origins: ["https://evil.example"] };
    expect(await told(stack("support", weak), stack("twin", weak))).toEqual([
      `warn attachment-moved ${attachment}`,
      `warn metadata-check-lowered ${attachment}`,
      `warn trusted-origin-added ${attachment}`,
    ]);
    expect(await told(stack("support", {}), stack("twin", {}))).toEqual([`warn attachment-moved ${attachment}`]);
  });

  test("is a part of it where another attachment takes the server over", async () => {
    const weak = { api_url: "https://api.other.example", organization: "org_other" };
    const head = stack("twin", weak, { again: api("twin") });
    head.resource.mcpstack_server_gateway_attachment.again.provider = "mcpstack.weak";
    expect(await told(stack("support", weak), head)).toEqual(
      expect.arrayContaining([`error api-changed ${attachment.replace("api", "again")}`]),
    );
  });
});

describe("a server that has two names", () => {
  const foreign = { ...supportGateway, name: "Foreign", authorizationServerUrl: "https://foreign.example/" };
  const program = (serverId: string, gateway: string, address = "api"): Program => ({
    gateways: { ...gateways, foreign },
    attachments: { [address]: { serverId, gateway } },
  });
  const known = [{ id: "srv_1", slug: "petalpal-api" }];
  const told = async (before: Program, after: Program, servers: readonly Loose[] = []) => {
    const made = terraformPlan({ before, after }) as Loose;
    for (const values of servers)
      made.prior_state.values.root_module.resources.push({
        address: "data.mcpstack_server.one",
        mode: "data",
        type: "mcpstack_server",
        name: "one",
        values,
      });
    return terraform(made, { policy: undefined });
  };
  const before = program("petalpal-api", "support");

  test("is one where the plan holds both", async () => {
    expect(await told(before, program("srv_1", "support"), known)).toEqual([]);
    expect(await told(before, program("srv_1", "support", "again"), known)).toEqual([]);
    expect(await told(before, program("srv_1", "foreign", "again"), known)).toContain(
      `error sign-in-moved ${attachment.replace("api", "again")}`,
    );
  });

  test.each([
    ["its slug", "petalpal-api", "srv_1"],
    ["its id", "srv_1", "petalpal-api"],
    ["its id of another form", "8a5f0c1e-0000-4000-8000-000000000001", "petalpal-api"],
  ])("cannot be told from another one where the plan holds %s alone", async (_, was, will) => {
    const renamed = attachment.replace("api", "again");
    expect(await told(program(was, "support"), program(will, "foreign", "again"))).toContain(
      `error cannot-be-reviewed ${renamed}`,
    );
    // Wherever it is, its users sign in at the same place.
    expect(await told(program(was, "support"), program(will, "twin", "again"))).not.toContainEqual(
      expect.stringContaining("cannot-be-reviewed"),
    );
  });

  test("that is forgotten, and stays attached, cannot be told from another one, whatever both look like", async () => {
    const renamed = attachment.replace("api", "again");
    const forgotten = async (gateway: string, servers: readonly Loose[] = []) => {
      const made = terraformPlan({ before, after: program("one", gateway, "again") }) as Loose;
      for (const entry of made.resource_changes) if (entry.address === attachment) entry.change.actions = ["forget"];
      for (const values of servers)
        made.prior_state.values.root_module.resources.push({
          address: "data.mcpstack_server.one",
          mode: "data",
          type: "mcpstack_server",
          name: "one",
          values,
        });
      return terraform(made, { policy: undefined });
    };
    const unseen = `error cannot-be-reviewed ${renamed}`;
    expect(await forgotten("foreign")).toContain(unseen);
    expect(await forgotten("twin")).not.toContain(unseen);
    // Where the plan holds both names of the one, the other is another one.
    expect(await forgotten("foreign", [{ id: "one", slug: "orders-api" }])).not.toContain(unseen);
  });

  test("is not one with another server of the same kind of name", async () => {
    expect(await told(before, program("orders-api", "foreign", "again"))).toEqual([
      `error server-without-gateway ${attachment}`,
      `info gateway-attached ${attachment.replace("api", "again")}`,
    ]);
  });
});
