// A route is all that a gateway says of it, and an attachment that leads to another gateway changes it as an edit of the gateway would.
import type { PolicyEnvironment } from "../policy/schema";
import { reviewPlan } from "../review";
import { cdktfStack } from "../testing/cdktf-stack";
import type { Loose } from "../testing/loose";
import { pulumiPreview } from "../testing/pulumi-preview";
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

describe.each(frontEnds)("the further API fields of the gateway that a route comes to, told by %s", (frontEnd) => {
  const evil = { issuerOverride: "https://evil.example", hook: "https://evil.example/h", userRole: "admin" };
  const withSettings = (name: string, values: object) => ({ ...supportGateway, name, ...values });
  const all = {
    support: supportGateway,
    evil: withSettings("Evil", { settings: evil }),
    same: withSettings("Same", { settings: evil }),
    region: withSettings("Region", { settings: { region: "eu" } }),
    hook: withSettings("Hook", { settings: { hook: "https://hooks.example.com/h" } }),
  };
  const on = (gateway: string, extra: object = {}): Program => ({
    gateways: { ...all, ...extra },
    attachments: { api: api(gateway) },
  });
  const told = async (scenario: Scenario, options = {}) =>
    (await reviewScenario(scenario, frontEnd, options)).findings.map((finding) => {
      expect(JSON.stringify(finding)).not.toMatch(/evil\.example|hooks\.example/);
      return `${finding.severity} ${finding.code} ${finding.kind}`;
    });
  const strict = {
    policy: {
      policy: {
        version: 1 as const,
        default: {
          issuers: [supportGateway.authorizationServerUrl],
          endpoint_origins: [],
          settings_origins: ["https://hooks.example.com"],
        },
      },
      file: "mcpstack-review.yaml",
    },
  };
  const decided = "error settings-decide-sign-in attachment";

  test("are judged as an edit of one gateway, though nobody edits it", async () => {
    const moved = { before: on("support"), after: on("evil") };
    expect(await told(moved)).toEqual([
      decided,
      "warn attachment-moved attachment",
      "warn settings-name-address attachment",
      "info settings-changed attachment",
    ]);
    expect(await told(moved, strict)).toEqual([
      decided,
      "error settings-name-address attachment",
      "warn attachment-moved attachment",
      "info settings-changed attachment",
    ]);
  });

  test("are told where they go, and are none where they are the same", async () => {
    expect(await told({ before: on("evil"), after: on("support") })).toEqual([
      "warn attachment-moved attachment",
      "warn settings-decide-sign-in attachment",
      "info settings-changed attachment",
    ]);
    expect(await told({ before: on("evil"), after: on("same") }, strict)).toEqual(["warn attachment-moved attachment"]);
    expect(await told({ before: on("support"), after: on("region") }, strict)).toEqual([
      "warn attachment-moved attachment",
      "info settings-changed attachment",
    ]);
    expect(await told({ before: on("support"), after: on("hook") }, strict)).toEqual([
      "warn attachment-moved attachment",
      "info settings-changed attachment",
    ]);
  });

  test("are told once, of the gateway itself where the same plan makes it", async () => {
    const { evil: _made, ...rest } = all;
    const before = { gateways: rest, attachments: { api: api("support") } };
    const findings = await told({ before, after: { ...before, gateways: all, attachments: { api: api("evil") } } });
    expect(findings.filter((one) => one.includes("settings-decide"))).toEqual([
      "error settings-decide-sign-in gateway",
    ]);
  });

  test("are held against the policy's list for a new route, too", async () => {
    const added = (gateway: string): Scenario => ({ before: { gateways: all }, after: on(gateway) });
    expect(await told(added("evil"))).toEqual(["info gateway-attached attachment"]);
    expect(await told(added("evil"), strict)).toEqual([
      "error settings-name-address attachment",
      "info gateway-attached attachment",
    ]);
    expect(await told(added("hook"), strict)).toEqual(["info gateway-attached attachment"]);
    expect(await told(added("region"), strict)).toEqual(["info gateway-attached attachment"]);
  });

  test("come with a public id that is handed over", async () => {
    const other = { serverId: "other", gateway: "evil" };
    const before = {
      gateways: all,
      attachments: { api: { ...api("support"), publicId: "gw_api" }, other: { ...other, publicId: "gw_two" } },
    };
    const after = { gateways: all, attachments: { other: { ...other, publicId: "gw_api" } } };
    expect(await told({ before, after })).toEqual(expect.arrayContaining([decided]));
  });

  test("that only the API keeps cannot be compared", async () => {
    const kept = {
      kept: withSettings("Kept", { settingsWoVersion: 1 }),
      alike: withSettings("Alike", { settingsWoVersion: 1 }),
    };
    const written = ["warn attachment-moved attachment", "warn write-only-settings-changed attachment"];
    expect(await told({ before: on("support", kept), after: on("kept", kept) })).toEqual(written);
    expect(await told({ before: on("kept", kept), after: on("support", kept) })).toEqual(written);
    expect(await told({ before: on("alike", kept), after: on("kept", kept) })).toEqual(written);
  });
});

describe("further API fields that the input does not show", () => {
  test("cannot be reviewed where a server moves to them", async () => {
    const hidden = { ...supportGateway, name: "Hidden", settings: { x: 1 } };
    const made = pulumiPreview({
      before: { gateways: { support: supportGateway, hidden }, attachments: { api: api("support") } },
      after: { gateways: { support: supportGateway, hidden }, attachments: { api: api("hidden") } },
    }) as Loose;
    const { oldState, newState } = made.steps.find(({ urn }: Loose) => urn.endsWith("Gateway::hidden"));
    for (const side of [oldState, newState]) side.inputs.settings = "[secret]";
    const { findings } = await reviewPlan(inputOf(made), { now: today });
    expect(findings.map(({ severity, code, kind }) => `${severity} ${code} ${kind}`)).toContain(
      "error cannot-be-reviewed attachment",
    );
  });

  test("cannot be held against the policy where a new server comes to them", async () => {
    const hidden = { ...supportGateway, name: "Hidden", settings: { x: 1 } };
    const made = pulumiPreview({
      before: { gateways: { hidden } },
      after: { gateways: { hidden }, attachments: { api: api("hidden") } },
    }) as Loose;
    const { oldState, newState } = made.steps.find(({ urn }: Loose) => urn.endsWith("Gateway::hidden"));
    for (const side of [oldState, newState]) side.inputs.settings = "[secret]";
    const of = async (environment: PolicyEnvironment) =>
      (
        await reviewPlan(inputOf(made), {
          now: today,
          policy: { policy: { version: 1, default: environment }, file: "mcpstack-review.yaml" },
        })
      ).findings.map(({ severity, code, kind }) => `${severity} ${code} ${kind}`);
    expect(await of({})).toEqual(["info gateway-attached attachment"]);
    expect(await of({ settings_origins: [] })).toEqual([
      "warn cannot-be-reviewed attachment",
      "info gateway-attached attachment",
    ]);
  });

  test.each(["terraform", "cdktf", "pulumi"] as const)(
    "and that have no version are told by the program of %s, also where it says what it said",
    async (frontEnd) => {
      const wo = { ...supportGateway, name: "Kept" };
      const side = (gateway: string): Program => ({
        gateways: { support: supportGateway, wo },
        attachments: { api: api(gateway) },
      });
      const scenario = { before: side("support"), after: side("wo") };
      const value = '{"x":1}';
      const read = async () => {
        if (frontEnd === "pulumi") {
          const made = pulumiPreview(scenario) as Loose;
          const { oldState, newState } = made.steps.find(({ urn }: Loose) => urn.endsWith("Gateway::wo"));
          for (const { inputs } of [oldState, newState]) inputs.settingsWo = value;
          return reviewPlan(inputOf(made), { now: today });
        }
        if (frontEnd === "cdktf") {
          const [base, head] = [cdktfStack(scenario.before) as Loose, cdktfStack(scenario.after) as Loose];
          for (const stack of [base, head]) stack.resource.mcpstack_gateway.wo.settings_wo = value;
          return reviewPlan(inputOf(head), { now: today, base: inputOf(base) });
        }
        const [base, head] = [terraformPlan({ after: scenario.before }) as Loose, terraformPlan(scenario) as Loose];
        for (const made of [base, head]) {
          const [, kept] = made.configuration.root_module.resources;
          kept.expressions.settings_wo = { constant_value: value };
        }
        return reviewPlan(inputOf(head), { now: today, base: inputOf(base) });
      };
      expect((await read()).findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
        "warn attachment-moved",
        "warn write-only-settings-changed",
      ]);
    },
  );

  test("are the same in CDKTF where two gateways have the same expression, unless it may differ for each", async () => {
    const program = (gateway: string) => {
      const made = cdktfStack({
        gateways: { support: supportGateway, twin },
        attachments: { api: api(gateway) },
      }) as Loose;
      return { made, of: made.resource.mcpstack_gateway };
    };
    const told = async (settings: string, other: string) => {
      const sides = ["support", "twin"].map((gateway) => {
        const { made, of } = program(gateway);
        Object.assign(of.support, { settings });
        Object.assign(of.twin, { settings: other });
        return inputOf(made);
      });
      const [base, head] = sides as [(typeof sides)[0], (typeof sides)[0]];
      return (await reviewPlan(head, { now: today, base })).findings.map(({ severity, code }) => `${severity} ${code}`);
    };
    const written = "$" + '{jsonencode({"issuerOverride" = "https://evil.example"})}';
    expect(await told(written, written)).toEqual(["warn attachment-moved"]);
    const unseen = ["error cannot-be-reviewed", "warn attachment-moved"];
    expect(await told("{}", written)).toEqual(expect.arrayContaining(unseen));
    expect(await told(written.replace("evil", "other"), written)).toEqual(unseen);
    const each = "$" + "{jsonencode(each.value)}";
    expect(await told(each, each)).toEqual(unseen);
  });

  test("are judged as they stand where nobody knows what was before, and the policy allows the issuer", async () => {
    const evil = { ...supportGateway, name: "Evil", settings: { issuerOverride: "https://evil.example" } };
    const made = terraformPlan({
      before: { gateways: { evil }, attachments: { api: api("gw_outside") } },
      after: { gateways: { evil }, attachments: { api: api("evil") } },
    });
    expect(await terraform(made)).toContain(`error settings-decide-sign-in ${attachment}`);
  });

  test("lead the server elsewhere that may be the one that is called otherwise", async () => {
    const evil = { ...supportGateway, name: "Evil", settings: { issuerOverride: "https://evil.example" } };
    const both = { support: supportGateway, evil };
    const made = terraformPlan({
      before: { gateways: both, attachments: { api: { serverId: "petalpal-api", gateway: "support" } } },
      after: { gateways: both, attachments: { again: { serverId: "srv_1", gateway: "evil" } } },
    });
    expect(await terraform(made, { policy: undefined })).toContain(
      `error cannot-be-reviewed ${attachment.replace("api", "again")}`,
    );
  });
});

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
