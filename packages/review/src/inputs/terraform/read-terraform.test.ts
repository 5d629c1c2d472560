import { reviewPlan } from "../../review";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";
import { terraformPlan } from "../../testing/terraform-plan";
import { readPlan } from "../read-plan";

const plan = (change: (plan: Loose) => void, scenario = {}): Loose => {
  const made = terraformPlan(scenario) as Loose;
  change(made);
  return made;
};
const read = (made: unknown) => readPlan(inputOf(made), undefined);
const review = async (made: unknown, base?: unknown) =>
  (await reviewPlan(inputOf(made), { now: today, ...(base === undefined ? {} : { base: inputOf(base) }) })).findings;
const support = { gateways: { support: supportGateway } };
const attached = { ...support, attachments: { api: { serverId: "api", gateway: "support" } } };

test.each([
  ["1.0", true],
  ["1.1", true],
  ["1.2", true],
  ["1.9", true],
  ["0.2", false],
  ["2.0", false],
  ["1", false],
  [1.2, false],
  [undefined, false],
])("format version %p is read: %p", async (format_version, isRead) => {
  const made = plan((p) => Object.assign(p, { format_version }));
  const reading = read(made);
  if (isRead) await expect(reading).resolves.toMatchObject({ frontEnd: "terraform" });
  else await expect(reading).rejects.toMatchObject({ name: "ReviewInputError" });
});

test("a state is no plan", async () => {
  await expect(read({ format_version: "1.0", terraform_version: "1.11.4", values: {} })).rejects.toThrow(
    "is a state, not a plan",
  );
});

test("the plan of a run that failed is refused", async () => {
  await expect(read(plan((p) => (p.errored = true)))).rejects.toThrow("a run that failed");
});

test("an action that nobody knows is refused", async () => {
  const made = plan((p) => (p.resource_changes[0].change.actions = ["transmute"]), { after: support });
  await expect(read(made)).rejects.toThrow('wants ["transmute"] for mcpstack_gateway.support');
});

test("the registry of the provider tells OpenTofu from Terraform", async () => {
  const made = plan((p) => (p.resource_changes[0].provider_name = "registry.opentofu.org/mcpstack/mcpstack"), {
    after: support,
  });
  expect((await read(made)).engine).toBe("OpenTofu 1.11.4");
});

test.each([
  ["in a module with for_each", 'module.eu["a.b"].mcpstack_gateway.support["x"]'],
  ["with count", "mcpstack_gateway.support[0]"],
])("a gateway %s is read with its whole address", async (_, address) => {
  const made = plan((p) => (p.resource_changes[0].address = address), { after: support });
  expect((await read(made)).gateways.map((gateway) => gateway.address)).toEqual([address]);
});

test("other providers' resources of a similar name, and data sources, are left aside", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].mode = "data";
      p.resource_changes.push({
        address: "mcpstackish_gateway.x",
        mode: "managed",
        type: "mcpstackish_gateway",
        name: "x",
        change: { actions: ["create"], after: {} },
      });
    },
    { after: support },
  );
  expect(await read(made)).toMatchObject({ gateways: [], attachments: [], resources: 2 });
});

test("a moved gateway is told at its new address and is no finding", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].previous_address = "mcpstack_gateway.old";
    },
    { before: support, after: support },
  );
  expect((await read(made)).gateways[0]).toMatchObject({ previousAddress: "mcpstack_gateway.old", action: "none" });
  expect(await review(made)).toEqual([]);
});

test("an import is told, and compared with what was imported", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.importing = { id: "gw_support" };
    },
    { before: support, after: { gateways: { support: { ...supportGateway, clientId: "other" } } } },
  );
  expect((await review(made)).map(({ code }) => code)).toEqual(["client-changed", "gateway-imported"]);
});

test("a gateway that is forgotten is told, and is not deleted", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.actions = ["forget"];
    },
    { before: attached, after: { attachments: attached.attachments } },
  );
  expect((await review(made)).map(({ code }) => code)).toContain("gateway-forgotten");
  expect((await review(made)).map(({ code }) => code)).not.toContain("gateway-gone-attached");
});

test("a deferred change is told", async () => {
  const made = plan(
    (p) => {
      p.deferred_changes = [{ reason: "provider_config_unknown", resource_change: p.resource_changes.pop() }];
      p.complete = false;
    },
    { before: support, after: { gateways: { support: { ...supportGateway, clientId: "other" } } } },
  );
  expect((await review(made)).map(({ code }) => code)).toEqual(["change-deferred", "client-changed"]);
});

test.each(["mcpstack_gateway", "mcpstack_server_gateway_attachment"])(
  "what becomes of each %s that is there is in no plan where nobody can tell how many there will be",
  async (type) => {
    const made = (isThere: boolean) =>
      plan(
        (p) => {
          const entry = p.resource_changes.find((one: Loose) => one.type === type);
          p.resource_changes = p.resource_changes.filter((one: Loose) => one !== entry);
          const { change, address, ...named } = entry;
          p.deferred_changes = [
            {
              reason: "instance_count_unknown",
              resource_change: {
                ...entry,
                address: `${address}[*]`,
                change: { ...change, actions: ["create"], before: null },
              },
            },
          ];
          if (isThere)
            p.prior_state.values.root_module.resources.push({
              ...named,
              address: `${address}[0]`,
              values: change.before,
            });
        },
        { before: attached, after: attached },
      );
    const told = async (isThere: boolean) =>
      (await review(made(isThere))).map(
        ({ severity, code, address }) => `${severity} ${code} ${address.replace(/^.*\./, "")}`,
      );
    const name = type === "mcpstack_gateway" ? "support" : "api";
    expect(await told(true)).toContain(`error cannot-be-reviewed ${name}[*]`);
    expect(await told(false)).not.toContain(`error cannot-be-reviewed ${name}[*]`);
  },
);

test.each([
  ["delete", "create"],
  ["create", "delete"],
  ["create", "forget"],
])("actions %s,%s with a server attached are a replacement", async (...actions) => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.actions = actions;
    },
    { before: attached, after: { ...attached, gateways: { support: { ...supportGateway, description: "x" } } } },
  );
  expect(await review(made)).toMatchObject([
    { code: "gateway-replaced-attached", severity: "error", servers: ["api"] },
  ]);
});

test("a deposed object does not hide what happens to the current one", async () => {
  const made = plan(
    (p) => {
      const [current] = p.resource_changes;
      p.resource_changes.push({
        ...current,
        deposed: "byebye",
        change: { ...current.change, actions: ["delete"], after: null },
      });
    },
    { before: support, after: { gateways: { support: { ...supportGateway, clientId: "other" } } } },
  );
  expect((await review(made)).map(({ code }) => code)).toEqual(["client-changed"]);
});

test("drift of a field that decides who can sign in is told, other drift is not", async () => {
  const made = (field: string, value: unknown) =>
    plan(
      (p) => {
        const [current] = p.resource_changes;
        p.resource_drift = [
          {
            ...current,
            change: {
              actions: ["update"],
              before: current.change.before,
              after: { ...current.change.before, [field]: value },
            },
          },
        ];
      },
      { before: support, after: support },
    );
  expect(await review(made("client_id", "evil"))).toMatchObject([
    { code: "changed-outside", fields: ["client_id"], before: "client_id: support-mcp", after: "client_id: evil" },
  ]);
  expect(await review(made("description", "x"))).toEqual([]);
});

test("values that are marked as sensitive are never shown", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.before_sensitive = { client_id: true, scopes: [true] };
      p.resource_changes[0].change.after_sensitive = { client_id: true, scopes: [true] };
    },
    {
      before: support,
      after: { gateways: { support: { ...supportGateway, clientId: "TOPSECRET", scopes: ["TOPSECRET"] } } },
    },
  );
  const findings = await review(made);
  expect(findings).toMatchObject([
    { code: "client-changed", before: "(secret)", after: "(secret)" },
    { code: "scope-added", after: "(secret)" },
    { code: "scope-removed", before: "(secret)" },
  ]);
  expect(JSON.stringify(findings)).not.toContain("TOPSECRET");
});

test("a known element beside an unknown one is judged, and the rest is said to be unknown", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.after.scopes = ["admin:write", null];
      p.resource_changes[0].change.after_unknown = { scopes: [false, true] };
    },
    { before: support, after: { gateways: { support: { ...supportGateway, scopes: [] } } } },
  );
  expect((await review(made)).map(({ code }) => code)).toEqual(["scope-added-write", "unknown-until-apply"]);
});

test("issuers of gateways that the plan leaves out are known ones", async () => {
  const made = plan(
    (p) => {
      p.prior_state.values.root_module.child_modules = [
        {
          address: "module.a",
          resources: [
            {
              address: "module.a.mcpstack_gateway.x",
              mode: "managed",
              type: "mcpstack_gateway",
              name: "x",
              values: { authorization_server_url: "https://login.other.example/" },
            },
          ],
        },
      ];
    },
    {
      before: support,
      after: { gateways: { support: { ...supportGateway, authorizationServerUrl: "https://login.other.example/" } } },
    },
  );
  expect((await review(made)).map(({ code }) => code)).toEqual([
    "authorization-server-changed",
    "client-kept-for-new-issuer",
  ]);
});

describe("an attachment whose gateway id is not known yet", () => {
  const attachment = (address: string) => ({
    address,
    mode: "managed",
    type: "mcpstack_server_gateway_attachment",
    name: "api",
    change: { actions: ["create"], before: null, after: { server_id: "api" }, after_unknown: { gateway_id: true } },
  });
  const gateway = (address: string) => ({
    address,
    mode: "managed",
    type: "mcpstack_gateway",
    name: "support",
    change: { actions: ["create"], before: null, after: { name: "S" }, after_unknown: { id: true } },
  });
  const configured = (references: string[]) => ({
    type: "mcpstack_server_gateway_attachment",
    name: "api",
    mode: "managed",
    expressions: { gateway_id: { references } },
  });
  const serversOf = async (made: Loose) =>
    (await reviewPlan(inputOf(made), { now: today })).gateways.map(({ address, after }) => [address, after?.servers]);

  test("is tied by a reference to a gateway with the same key", async () => {
    const made = plan((p) => {
      p.resource_changes = [
        gateway('mcpstack_gateway.support["eu"]'),
        gateway('mcpstack_gateway.support["us"]'),
        attachment('mcpstack_server_gateway_attachment.api["eu"]'),
      ];
      p.configuration.root_module.resources = [configured(["mcpstack_gateway.support", "each.key"])];
    });
    expect(await serversOf(made)).toEqual([
      ['mcpstack_gateway.support["eu"]', ["api"]],
      ['mcpstack_gateway.support["us"]', []],
    ]);
  });

  const evil = "https://login.other.example/";
  /** A server that was at a gateway which stays, and goes to what an expression says. */
  const moved = (references: string[], more: Loose[] = []) =>
    plan((p) => {
      const old = gateway("mcpstack_gateway.old") as Loose;
      old.change = {
        actions: ["no-op"],
        before: { id: "gw_old", name: "Old", authorization_server_url: "https://petalpal.eu.auth0.com/" },
        after: { id: "gw_old", name: "Old", authorization_server_url: "https://petalpal.eu.auth0.com/" },
        after_unknown: {},
      };
      const going = attachment("mcpstack_server_gateway_attachment.api") as Loose;
      going.change = {
        ...going.change,
        actions: ["update"],
        before: { server_id: "api", gateway_id: "gw_old" },
      };
      p.resource_changes = [old, going, ...more];
      p.configuration.root_module.resources = [configured(references)];
    });
  const made = (address: string, issuer: string) => {
    const found = gateway(address) as Loose;
    found.change.after.authorization_server_url = issuer;
    return found;
  };
  const own = "https://petalpal.eu.auth0.com/";

  test.each<[string, string[], Loose[], string[]]>([
    ["a local", ["local.gateway"], [made("mcpstack_gateway.new", evil)], ["cannot-be-reviewed"]],
    [
      "a condition of which one branch is strange",
      ["mcpstack_gateway.fine.id", "mcpstack_gateway.fine", "mcpstack_gateway.new.id", "mcpstack_gateway.new"],
      [made("mcpstack_gateway.fine", own), made("mcpstack_gateway.new", evil)],
      ["sign-in-moved"],
    ],
    [
      "a condition on something else",
      ["mcpstack_gateway.fine.id", "mcpstack_gateway.fine", "terraform_data.x.output", "terraform_data.x"],
      [made("mcpstack_gateway.fine", own)],
      ["cannot-be-reviewed"],
    ],
    [
      "an instance that an expression chooses",
      ["mcpstack_gateway.all", "each.value"],
      [made('mcpstack_gateway.all["api"]', own), made('mcpstack_gateway.all["other"]', evil)],
      ["sign-in-moved"],
    ],
    [
      "instances that are all alike",
      ["mcpstack_gateway.all", "each.key"],
      [made('mcpstack_gateway.all["api"]', own), made('mcpstack_gateway.all["other"]', own)],
      ["cannot-be-reviewed"],
    ],
    [
      "another attribute than the id",
      ["mcpstack_gateway.new.description", "mcpstack_gateway.new"],
      [made("mcpstack_gateway.new", own)],
      ["cannot-be-reviewed"],
    ],
    [
      "a new gateway with the same issuer",
      ["mcpstack_gateway.new.id", "mcpstack_gateway.new"],
      [made("mcpstack_gateway.new", own)],
      // The text around the reference may be anything, and no plan holds it.
      ["cannot-be-reviewed"],
    ],
  ])("is judged by all that it may be: %s", async (_, references, gateways, expected) => {
    const codes = (await review(moved(references, gateways))).map(({ code }) => code);
    expect(codes.filter((code) => code === "sign-in-moved" || code === "cannot-be-reviewed")).toEqual(expected);
  });

  test("is tied through a module's variable", async () => {
    const made = plan((p) => {
      p.resource_changes = [
        gateway("mcpstack_gateway.support"),
        attachment("module.a.mcpstack_server_gateway_attachment.api"),
      ];
      p.configuration.root_module = {
        module_calls: {
          a: {
            source: "./a",
            expressions: { gateway: { references: ["mcpstack_gateway.support.id", "mcpstack_gateway.support"] } },
            module: { resources: [configured(["var.gateway"])], variables: { gateway: {} } },
          },
        },
      };
    });
    expect(await serversOf(made)).toEqual([["mcpstack_gateway.support", ["api"]]]);
  });

  test("is tied through a module's output", async () => {
    const made = plan((p) => {
      p.resource_changes = [
        gateway("module.a.mcpstack_gateway.support"),
        attachment("mcpstack_server_gateway_attachment.api"),
      ];
      p.configuration.root_module = {
        resources: [configured(["module.a.id", "module.a"])],
        module_calls: {
          a: {
            source: "./a",
            module: {
              outputs: {
                id: { expression: { references: ["mcpstack_gateway.support.id", "mcpstack_gateway.support"] } },
              },
              resources: [],
            },
          },
        },
      };
    });
    expect(await serversOf(made)).toEqual([["module.a.mcpstack_gateway.support", ["api"]]]);
  });

  test("is left alone where references run in a circle", async () => {
    const made = plan((p) => {
      p.resource_changes = [gateway("mcpstack_gateway.support"), attachment("mcpstack_server_gateway_attachment.api")];
      p.configuration.root_module = {
        resources: [configured(["module.a.id"])],
        module_calls: {
          a: {
            expressions: { x: { references: ["module.a.id"] } },
            module: { outputs: { id: { expression: { references: ["var.x"] } } } },
          },
        },
      };
    });
    expect(await serversOf(made)).toEqual([["mcpstack_gateway.support", []]]);
  });
});

describe("the provider's configuration", () => {
  const provider = (expressions: Loose, variables: Loose = {}, declared: Loose = {}) =>
    plan(
      (p) => {
        p.variables = variables;
        p.configuration.root_module.variables = declared;
        p.configuration.provider_config.mcpstack.expressions = expressions;
      },
      { before: support, after: support },
    );

  test("is read through a variable", async () => {
    const made = provider({ api_url: { references: ["var.api"] } }, { api: { value: "http://api.petalpal.com" } });
    expect(await review(made)).toMatchObject([
      { code: "api-insecure", address: "provider.mcpstack", after: "http://api.petalpal.com" },
    ]);
  });

  test("is not shown where the variable is sensitive", async () => {
    const made = provider(
      { api_url: { references: ["var.api"] } },
      { api: { value: "http://api.petalpal.com" } },
      { api: { sensitive: true } },
    );
    const findings = await review(made);
    expect(findings).toMatchObject([{ code: "api-insecure", after: "(secret)" }]);
    expect(JSON.stringify(findings)).not.toContain("petalpal");
  });

  test("that is dangerous by itself is told without a base, more softly", async () => {
    expect(await review(provider({ allow_insecure_metadata: { constant_value: true } }))).toMatchObject([
      { code: "insecure-metadata-allowed", severity: "warn" },
    ]);
  });
});

describe("the provider's configuration against a plan of the base branch", () => {
  const configuredWith = (expressions: Loose | undefined) =>
    plan(
      (p) => {
        if (expressions === undefined) p.configuration.provider_config = {};
        else p.configuration.provider_config.mcpstack = { name: "mcpstack", ...expressions };
      },
      { before: support, after: support },
    );
  const off = { expressions: { metadata_check: { constant_value: "off" } } };
  const strict = { expressions: { metadata_check: { constant_value: "error" } } };

  test.each<[string, Loose | undefined, Loose | undefined, string[]]>([
    ["gains a setting where it had no arguments", {}, off, ["metadata-check-lowered"]],
    ["gains a setting where it was not written at all", undefined, off, ["metadata-check-lowered"]],
    ["loses its only setting", strict, {}, ["metadata-check-lowered"]],
    ["is no longer written at all", strict, undefined, ["metadata-check-lowered"]],
    ["stays without arguments", {}, {}, []],
    ["is written without arguments", undefined, {}, []],
  ])("that %s", async (_, before, after, codes) => {
    expect((await review(configuredWith(after), configuredWith(before))).map(({ code }) => code)).toEqual(codes);
  });
});

test("a resource of which nothing is known yet is said to be unknown", async () => {
  const made = plan(
    (p) => {
      p.resource_changes[0].change.after = null;
      p.resource_changes[0].change.after_unknown = true;
    },
    { after: support },
  );
  expect(await review(made)).toMatchObject([{ code: "unknown-until-apply", severity: "warn" }]);
});

test("what is sensitive in what a refresh alone has found is not printed", async () => {
  const made = plan(
    (p) => {
      const [current] = p.resource_changes;
      const { before } = current.change;
      const after = { ...before, authorization_server_url: "https://login.evil.example/" };
      const marks = { authorization_server_url: true };
      const change = { actions: ["update"], before, after, before_sensitive: marks, after_sensitive: marks };
      p.resource_drift = [{ ...current, change }];
      p.resource_changes = [];
    },
    { before: support, after: support },
  );
  const said = await review(made);
  expect(said.map(({ code }) => code)).toContain("changed-outside");
  expect(JSON.stringify(said)).not.toMatch(/evil\.example|petalpal\.com\//);
});

test("an issuer that was put there outside of the program is an error, and is no known one", async () => {
  const evil = "https://login.evil.example/";
  const made = plan(
    (p) => {
      const [current] = p.resource_changes;
      const drifted = { ...current.change.before, authorization_server_url: evil };
      p.resource_drift = [
        { ...current, change: { actions: ["update"], before: current.change.before, after: drifted } },
      ];
      current.change.before = drifted;
      current.change.after = drifted;
    },
    {
      before: support,
      after: { gateways: { support: supportGateway, second: { ...supportGateway, authorizationServerUrl: evil } } },
    },
  );
  expect((await review(made)).map(({ code, severity, address }) => [code, severity, address])).toEqual([
    ["authorization-server-new", "error", "mcpstack_gateway.support"],
    ["changed-outside", "error", "mcpstack_gateway.support"],
    ["authorization-server-new", "warn", "mcpstack_gateway.second"],
    ["client-kept-for-new-issuer", "warn", "mcpstack_gateway.support"],
  ]);
});

describe("what was deleted outside of the program", () => {
  const partner = { ...supportGateway, name: "Partner", authorizationServerUrl: "https://partner.example/" };
  const both = { gateways: { support: supportGateway, partner }, attachments: attached.attachments };
  /** A plan in which the resource of an address was deleted since the last apply, and is made again if the program still has it. */
  const deleted = (address: string, scenario: Loose) =>
    plan((p) => {
      const current = p.resource_changes.find((change: Loose) => change.address === address);
      p.resource_drift = [{ ...current, change: { actions: ["delete"], before: current.change.before, after: null } }];
      if (current.change.after === null) p.resource_changes.splice(p.resource_changes.indexOf(current), 1);
      else Object.assign(current.change, { actions: ["create"], before: null });
    }, scenario);
  const said = async (made: Loose) =>
    (await review(made)).map(({ code, severity, address }) => `${severity} ${code} ${address}`);
  const gateway = "mcpstack_gateway.support";
  const attachment = "mcpstack_server_gateway_attachment.api";

  test.each<[string, string, Loose, string[]]>([
    [
      "an attachment, which now goes to a gateway outside of the program",
      attachment,
      { ...both, attachments: { api: { serverId: "api", gateway: "gw_outside" } } },
      [`error cannot-be-reviewed ${attachment}`, `warn attachment-moved ${attachment}`],
    ],
    [
      "an attachment, which now goes to another issuer",
      attachment,
      { ...both, attachments: { api: { serverId: "api", gateway: "partner" } } },
      [`error sign-in-moved ${attachment}`, `warn attachment-moved ${attachment}`],
    ],
    [
      "an attachment, in whose place another one goes to another issuer",
      attachment,
      { ...both, attachments: { again: { serverId: "api", gateway: "partner" } } },
      ["error sign-in-moved mcpstack_server_gateway_attachment.again"],
    ],
    ["an attachment, which is made again as it was", attachment, both, []],
    [
      "a gateway, which is made again with another issuer",
      gateway,
      {
        ...both,
        gateways: { partner, support: { ...supportGateway, authorizationServerUrl: "https://evil.example/" } },
      },
      [`error authorization-server-new ${gateway}`],
    ],
    [
      "a gateway, in whose place another one of its name comes",
      gateway,
      { ...both, gateways: { partner, again: { ...supportGateway, authorizationServerUrl: "https://evil.example/" } } },
      ["error sign-in-moved mcpstack_gateway.again"],
    ],
    ["a gateway, which is made again as it was", gateway, both, []],
  ])("%s, is compared with what it was", async (_, address, after, told) => {
    const found = await said(deleted(address, { before: both, after }));
    expect(found).toEqual(expect.arrayContaining([...told, `warn changed-outside ${address}`]));
    if (told.length === 0) expect(found).toEqual([`warn changed-outside ${address}`]);
  });
});

test("what was changed outside of the program and is put back is no further change", async () => {
  const made = plan(
    (p) => {
      const [current] = p.resource_changes;
      const drifted = { ...current.change.before, authorization_server_url: "https://login.evil.example/" };
      p.resource_drift = [
        { ...current, change: { actions: ["update"], before: current.change.before, after: drifted } },
      ];
      Object.assign(current.change, { actions: ["update"], before: drifted });
    },
    { before: support, after: support },
  );
  expect(await review(made)).toMatchObject([{ code: "changed-outside", severity: "error" }]);
});

describe("which provider configuration is in force for which resource", () => {
  type Configurations = Readonly<Record<string, Loose>>;
  /** A program of one gateway with its attachment. Configurations are called as in the plan; `use` says which one each resource has. */
  const program = (
    configurations: Configurations,
    use: Readonly<Record<string, string>>,
    change?: (p: Loose) => void,
  ) =>
    plan(
      (p) => {
        p.configuration.provider_config = Object.fromEntries(
          Object.entries(configurations).map(([key, settings]) => [
            key,
            {
              name: key.split(".")[0],
              full_name: "registry.terraform.io/mcpstack/mcpstack",
              expressions: Object.fromEntries(
                Object.entries(settings).map(([name, value]) => [name, { constant_value: value }]),
              ),
            },
          ]),
        );
        for (const resource of p.configuration.root_module.resources)
          resource.provider_config_key = use[resource.address] ?? use.all ?? "mcpstack";
        change?.(p);
      },
      { before: attached, after: attached },
    );
  const said = async (head: Loose, base: Loose, policy: Loose = {}) =>
    (
      await reviewPlan(inputOf(head), {
        now: today,
        base: inputOf(base),
        policy: { policy: { version: 1, default: policy }, file: "mcpstack-review.yaml" },
      })
    ).findings.map(({ code, severity, address }) => `${severity} ${code} ${address}`);
  const gateway = "mcpstack_gateway.support";
  const weak = { metadata_check: "off", trusted_origins: ["https://evil.example"] };
  const other = { organization: "org_other", api_url: "https://api.other.example" };
  const both = { mcpstack: {}, "mcpstack.weak": weak, "mcpstack.other": other };

  test.each<[string, string, string[]]>([
    [
      "that trusts more",
      "mcpstack.weak",
      [`warn metadata-check-lowered ${gateway}`, `warn trusted-origin-added ${gateway}`],
    ],
    ["of another API", "mcpstack.other", [`error api-changed ${gateway}`, `error organization-changed ${gateway}`]],
  ])("a gateway that goes over to a configuration %s is told", async (_, key, told) => {
    const base = program(both, {});
    expect(await said(program(both, { [gateway]: key }), base)).toEqual(told);
    expect(await said(program(both, { [gateway]: key }), program(both, { [gateway]: key }))).toEqual([]);
  });

  test("a gateway that goes over is held against the policy by itself, whatever is excused of the configuration", async () => {
    const head = program(both, { [gateway]: "mcpstack.weak" });
    expect(await said(head, program(both, {}), { metadata_check: "warn", trusted_origins: [] })).toEqual(
      expect.arrayContaining([`error metadata-check-required ${gateway}`, `error trust-not-allowed ${gateway}`]),
    );
  });

  test("an attachment goes over as a gateway does, and a moved one as one that stays", async () => {
    const attachment = "mcpstack_server_gateway_attachment.api";
    const told = `error api-changed ${attachment}`;
    expect(await said(program(both, { [attachment]: "mcpstack.other" }), program(both, {}))).toContain(told);
    const moved = program(both, { all: "mcpstack.other" }, (p) => {
      const change = p.resource_changes.find(({ address }: Loose) => address === attachment);
      Object.assign(change, { address: `${attachment}s["a"]`, previous_address: attachment });
      p.configuration.root_module.resources.find(({ address }: Loose) => address === attachment).name = "apis";
    });
    expect(await said(moved, program(both, {}))).toContain(`${told}s`);
  });

  const named = { organization: "org_petalpal" };
  const elsewhere = {
    mcpstack: {},
    "mcpstack.old": { organization: "org_other", trusted_origins: ["https://a.example"] },
  };
  test.each<[string, [Configurations, string], [Configurations, string]]>([
    [
      "an alias is renamed",
      [elsewhere, "mcpstack.old"],
      [{ mcpstack: {}, "mcpstack.new": elsewhere["mcpstack.old"] }, "mcpstack.new"],
    ],
    [
      "an alias becomes the default",
      [elsewhere, "mcpstack.old"],
      [{ mcpstack: elsewhere["mcpstack.old"] }, "mcpstack"],
    ],
    [
      "the provider has another local name",
      [elsewhere, "mcpstack.old"],
      [{ mcp: {}, "mcp.old": elsewhere["mcpstack.old"] }, "mcp.old"],
    ],
    ["an alias that nothing uses goes", [elsewhere, "mcpstack"], [{ mcpstack: {} }, "mcpstack"]],
    [
      "resources go over to one that says the same",
      [{ ...both, "mcpstack.b": weak }, "mcpstack.weak"],
      [{ ...both, "mcpstack.b": weak }, "mcpstack.b"],
    ],
    [
      "another alias of the same organization comes",
      [{ mcpstack: named }, "mcpstack"],
      [{ mcpstack: named, "mcpstack.b": named }, "mcpstack"],
    ],
    [
      "the organization that the environment gave is written out",
      [{ mcpstack: {} }, "mcpstack"],
      [{ mcpstack: named }, "mcpstack"],
    ],
    [
      "the organization's id takes its slug's place",
      [{ mcpstack: { organization: "petalpal" } }, "mcpstack"],
      [{ mcpstack: named }, "mcpstack"],
    ],
  ])("%s: nothing is told", async (_, [before, used], [after, uses]) => {
    expect(await said(program(after, { all: uses }), program(before, { all: used }))).toEqual([]);
  });

  test("a renamed alias that says something else is told at its new name", async () => {
    const renamed = { mcpstack: {}, "mcpstack.new": { ...other, metadata_check: "off" } };
    expect(await said(program(renamed, { all: "mcpstack.new" }), program(both, { all: "mcpstack.other" }))).toEqual([
      "warn metadata-check-lowered provider.mcpstack.new",
    ]);
  });

  describe("a configuration that no resource used before", () => {
    const withNew = (settings: Loose, isUsed: boolean) =>
      program({ mcpstack: {}, "mcpstack.new": settings }, {}, (p) => {
        if (!isUsed) return;
        const [first] = p.configuration.root_module.resources;
        p.configuration.root_module.resources.push({ ...first, name: "fresh", provider_config_key: "mcpstack.new" });
      });
    const base = program({ mcpstack: {} }, {});
    const at = "provider.mcpstack.new";

    test.each<[string, Loose, boolean, Loose, string[]]>([
      ["of another organization", { organization: "org_eu" }, true, {}, [`warn organization-changed ${at}`]],
      [
        "of an organization that the policy allows",
        { organization: "org_eu" },
        true,
        { organizations: ["org_eu"] },
        [],
      ],
      [
        "of an organization that the policy does not allow",
        { organization: "org_eu" },
        true,
        { organizations: ["org_petalpal"] },
        [`error trust-not-allowed ${at}`, `warn organization-changed ${at}`],
      ],
      ["of another API", { api_url: "https://eu.example" }, true, {}, [`error api-changed ${at}`]],
      [
        "of an API that the policy allows",
        { api_url: "https://eu.example" },
        true,
        { api_urls: ["https://eu.example"] },
        [],
      ],
      ["that trusts much", weak, true, {}, [`warn metadata-check-lowered ${at}`, `warn trusted-origin-added ${at}`]],
      ["of the resources' own organization", { organization: "org_petalpal" }, true, {}, []],
      [
        "of another organization and used by nothing",
        { organization: "org_eu" },
        false,
        {},
        [`info organization-changed ${at}`],
      ],
      ["of another API and used by nothing", { api_url: "https://eu.example" }, false, {}, [`info api-changed ${at}`]],
      [
        "of an allowed API and used by nothing",
        { api_url: "https://eu.example" },
        false,
        { api_urls: ["https://eu.example"] },
        [],
      ],
      [
        "that trusts much and is used by nothing",
        weak,
        false,
        {},
        [`info metadata-check-lowered ${at}`, `info trusted-origin-added ${at}`],
      ],
    ])("%s", async (_, settings, isUsed, policy, told) => {
      expect(await said(withNew(settings, isUsed), base, policy)).toEqual(told);
    });

    test("is used by a data source, too", async () => {
      const head = program({ mcpstack: {}, "mcpstack.new": { api_url: "https://eu.example" } }, {}, (p) => {
        p.configuration.root_module.resources.push({
          address: "data.mcpstack_server.one",
          mode: "data",
          type: "mcpstack_server",
          name: "one",
          provider_config_key: "mcpstack.new",
          expressions: {},
        });
      });
      expect(await said(head, base)).toEqual([`error api-changed ${at}`]);
    });
  });

  test("another organization is an error, softened only by a policy that allows it or by what tells that it is the same", async () => {
    const base = program({ mcpstack: { organization: "org_petalpal" } }, {});
    const head = (change?: (p: Loose) => void) => program({ mcpstack: { organization: "petalpal" } }, {}, change);
    expect(await said(head(), base)).toEqual(["error organization-changed provider.mcpstack"]);
    expect(await said(head(), base, { organizations: ["petalpal", "org_petalpal"] })).toEqual([
      "warn organization-changed provider.mcpstack",
    ]);
    const found = (organization_id: string) =>
      head((p) => {
        p.prior_state.values.root_module.resources.push({
          address: "data.mcpstack_gateway.one",
          mode: "data",
          type: "mcpstack_gateway",
          name: "one",
          values: { id: "gw_support", organization_id },
        });
      });
    expect(await said(found("org_petalpal"), base)).toEqual([]);
    expect(await said(found("org_other"), base)).toEqual(["error organization-changed provider.mcpstack"]);
  });
});

describe("whoever publishes the provider", () => {
  /** A plan as engines write one: every entry, and the state before it, names the provider of the program. */
  const served = (source: string, change?: (p: Loose) => void) =>
    plan(
      (p) => {
        for (const entry of p.resource_changes) entry.provider_name = source;
        p.prior_state.values.root_module.resources = p.resource_changes.map(({ change: _change, ...entry }: Loose) => ({
          ...entry,
          values: {},
        }));
        p.configuration.provider_config.mcpstack.full_name = source;
        change?.(p);
      },
      { before: attached, after: attached },
    );
  /** The same beside the good provider: a gateway has a configuration of another local name. */
  const beside = (source: string, settings: Loose = {}) =>
    served("registry.terraform.io/mcpstack/mcpstack", (p) => {
      const [gateway] = p.resource_changes;
      gateway.provider_name = source;
      p.configuration.root_module.resources[0].provider_config_key = "evil";
      p.configuration.provider_config.evil = {
        name: "evil",
        full_name: source,
        expressions: Object.fromEntries(
          Object.entries(settings).map(([name, constant_value]) => [name, { constant_value }]),
        ),
      };
    });
  const told = async (head: Loose, base?: Loose) =>
    (await review(head, base)).map(({ code, severity, summary }) => `${severity} ${code} ${summary}`);
  const ours = "registry.terraform.io/mcpstack/mcpstack";
  const stranger = "registry.terraform.io/evil/mcpstack";
  const mirror = "tf.petalpal.com/mcpstack/mcpstack";
  const from = (source: string, was = "mcpstack/mcpstack") =>
    `error cannot-be-reviewed The provider comes from ${source} instead of ${was}`;

  test.each<[string, Loose, Loose | undefined, string[]]>([
    ["is told where it is a stranger, without a base", served(stranger), undefined, [from("evil/mcpstack")]],
    ["is told where it becomes a stranger", served(stranger), served(ours), [from("evil/mcpstack")]],
    ["is told beside the good one", beside("registry.terraform.io/evil/evil"), undefined, [from("evil/evil")]],
    [
      "is told beside the good one of the base",
      beside("registry.terraform.io/evil/evil"),
      served(ours),
      [from("evil/evil")],
    ],
    ["is told where only its host becomes another", served(mirror), served(ours), [from(mirror)]],
    ["is told where it goes back from a mirror", served(ours), served(mirror), [from("mcpstack/mcpstack", mirror)]],
    ["may have a mirror on another host", served(mirror), undefined, []],
    ["may keep the mirror that it had", served(mirror), served(mirror), []],
    ["may keep the name that the base had reviewed", served(stranger), served(stranger), []],
    ["is the same in both engines' registries", served("registry.opentofu.org/mcpstack/mcpstack"), served(ours), []],
  ])("%s", async (_, head, base, expected) => {
    expect(await told(head, base)).toEqual(expected);
  });

  test("of a resource that is moved is compared with that of its earlier address", async () => {
    const moved = (source: string) =>
      served(source, (p) => {
        Object.assign(p.resource_changes[0], {
          address: "mcpstack_gateway.new",
          previous_address: "mcpstack_gateway.support",
        });
        p.configuration.root_module.resources[0].name = "new";
      });
    expect(await told(moved(mirror), served(mirror))).toEqual([]);
    expect(await told(moved(stranger), served(ours))).toEqual([from("evil/mcpstack")]);
  });

  test("what a stranger's provider block trusts is held against the policy, whatever it is called", async () => {
    const settings = {
      metadata_check: "off",
      trusted_origins: ["https://evil.example"],
      allow_insecure_metadata: true,
    };
    const policy = {
      version: 1 as const,
      default: { metadata_check: "warn" as const, trusted_origins: [], insecure_metadata: false as const },
    };
    const { findings } = await reviewPlan(inputOf(beside("registry.terraform.io/evil/evil", settings)), {
      now: today,
      policy: { policy, file: "mcpstack-review.yaml" },
    });
    expect(findings.map(({ code, address, fields }) => `${code} ${address} ${fields}`)).toEqual(
      expect.arrayContaining([
        "metadata-check-required provider.evil metadata_check",
        "trust-not-allowed provider.evil trusted_origins",
        "trust-not-allowed provider.evil allow_insecure_metadata",
      ]),
    );
  });
});
