import { reviewPlan } from "../../review";
import type { Loose } from "../../testing/loose";
import { pulumiPreview, urnOf } from "../../testing/pulumi-preview";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";

const program = {
  gateways: { support: supportGateway },
  attachments: { api: { serverId: "api", gateway: "support", publicId: "gw_api" } },
};
const gatewayUrn = urnOf("Gateway", "support");
const type = "pulumi:providers:pulumi-nodejs";
const providerUrn = (name: string) => `urn:pulumi:dev::petalpal::${type}::${name}`;
const evil = "https://api.evil.example";
const own = "https://api.petalpal.com";

/** A preview as current engines write it: without the step of the default provider. */
function preview(config: Loose = {}, change: (gateway: Loose, made: Loose) => void = () => {}): Loose {
  const made = pulumiPreview({ before: program, after: program }) as Loose;
  made.config = config;
  change(
    made.steps.find(({ urn }: Loose) => urn === gatewayUrn),
    made,
  );
  return made;
}

function madeProvider(name: string, before: Loose | undefined, after: Loose): Loose {
  const state = (inputs: Loose) => ({ urn: providerUrn(name), custom: true, id: "9b", type, inputs });
  return {
    op: before === undefined ? "create" : "same",
    urn: providerUrn(name),
    ...(before === undefined ? {} : { oldState: state(before) }),
    newState: state(after),
  };
}

const review = (made: Loose, options: Loose = {}) => reviewPlan(inputOf(made), { now: today, ...options });
const told = async (made: Loose, options: Loose = {}) =>
  (await review(made, options)).findings.map(({ severity, code, address }) => `${severity} ${code} ${address}`);

const unseen = `error cannot-be-reviewed ${gatewayUrn}`;

describe("the code that serves a resource", () => {
  const served = (before: unknown, after: unknown) =>
    preview({}, (gateway) => {
      gateway.op = "update";
      gateway.oldState.inputs.__provider = before;
      gateway.newState.inputs.__provider = after;
    });
  const ours = "exports.handler = () => require('@mcpstack/pulumi/provider').gateway;";

  test.each([
    ["a module of the program", "exports.handler = () => require('./mcpstack-evil').gateway;"],
    ["another package of a like name", "exports.handler = () => require('@mcpstack-evil/pulumi/provider').gateway;"],
    ["a way out of the package", "exports.handler = () => require('@mcpstack/pulumi/../../evil').gateway;"],
    ["more than the package", `${ours} exports.handler = () => require('./evil');`],
    ["something before it", `require('./evil'); ${ours}`],
    ["a closure", "exports.handler = __f0; /* @mcpstack/pulumi/provider */"],
    ["a secret", "[secret]"],
    ["nothing", undefined],
  ])("cannot be reviewed when it becomes %s", async (_, text) => {
    expect(await told(served(ours, text))).toContain(unseen);
  });

  test("cannot be reviewed where both sides hide it", async () => {
    expect(await told(served("[secret]", "[secret]"))).toContain(unseen);
  });

  test.each([
    [
      "that of another version of the package",
      ours,
      "exports.handler = () => require('@mcpstack/pulumi/provider/v2').gateway;",
    ],
    ["the package's again", "exports.handler = () => require('./other').gateway;", ours],
    ["other code as before", "exports.handler = () => require('./own');", "exports.handler = () => require('./own');"],
  ])("is no news as %s", async (_, before, after) => {
    expect(await told(served(before, after))).toEqual([]);
  });

  test("cannot be reviewed for what is new", async () => {
    const made = pulumiPreview({ after: program }) as Loose;
    for (const { newState } of made.steps) if (newState.inputs) newState.inputs.__provider = "exports.handler = x";
    expect(await told(made)).toEqual(
      expect.arrayContaining([unseen, `error cannot-be-reviewed ${urnOf("ServerGatewayAttachment", "api")}`]),
    );
  });

  test("decides what a resource is, whatever its type says", async () => {
    const made = pulumiPreview({ before: program, after: program }) as Loose;
    const inputs = {
      __provider: ours.replace(".gateway", ".attachment"),
      name: "Innocent",
      serverId: "api",
      gatewayId: "gw_evil",
      adopt: true,
    };
    const urn = urnOf("Gateway", "innocent");
    const state = { urn, custom: true, type: "pulumi-nodejs:dynamic/mcpstack:Gateway", inputs, outputs: {} };
    made.steps.push({ op: "create", urn, newState: state });
    expect(await told(made)).toContain(`error cannot-be-reviewed ${urn}`);
    expect(await told(served(ours, inputs.__provider))).toContain(unseen);
  });

  test("makes a resource of any type one of MCP Stack's, also when it was so before", async () => {
    const made = served(ours, "exports.handler = () => require('./evil');");
    const gateway = made.steps.find(({ urn }: Loose) => urn === gatewayUrn);
    const urn = gatewayUrn.replace("mcpstack:Gateway", "other:Type");
    gateway.urn = urn;
    for (const state of [gateway.oldState, gateway.newState])
      Object.assign(state, { urn, type: "pulumi-nodejs:dynamic/other:Type" });
    expect(await told(made)).toContain(`error cannot-be-reviewed ${urn}`);
  });
});

describe("a provider that the program makes itself", () => {
  const goesOver = (name: string, ...steps: Loose[]) =>
    preview({ "mcpstack:apiUrl": own }, (gateway, made) => {
      gateway.newState.provider = `${providerUrn(name)}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`;
      made.steps.splice(1, 0, ...steps);
    });

  test.each(["evil", "default_1", "default::x"])(
    "called %s leads what goes over to it to another API",
    async (name) => {
      const found = await told(goesOver(name, madeProvider(name, undefined, { "mcpstack:apiUrl": evil })));
      expect(found).toContain(`error api-changed ${gatewayUrn}`);
      expect(found).toContain(`error api-changed ${providerUrn(name)}`);
    },
  );

  test("is told when it changes, and weighs with what uses it", async () => {
    const made = goesOver(
      "own",
      madeProvider(
        "own",
        { "mcpstack:apiUrl": own, "mcpstack:metadataCheck": "error" },
        { "mcpstack:apiUrl": evil, "mcpstack:metadataCheck": "off" },
      ),
    );
    const gateway = made.steps.find(({ urn }: Loose) => urn === gatewayUrn);
    gateway.oldState.provider = gateway.newState.provider;
    const found = await told(made);
    expect(found).toContain(`error api-changed ${providerUrn("own")}`);
    expect(found).toContain(`warn metadata-check-lowered ${providerUrn("own")}`);
  });

  test("that stops saying anything is told, too", async () => {
    expect(await told(goesOver("own", madeProvider("own", { "mcpstack:apiUrl": evil }, {})))).toContain(
      `error api-changed ${providerUrn("own")}`,
    );
  });

  test("with the same API and organization is no news", async () => {
    expect(
      await told(goesOver("own", madeProvider("own", undefined, { "mcpstack:apiUrl": own })), {
        base: inputOf(preview({ "mcpstack:apiUrl": own })),
      }),
    ).toEqual([]);
  });

  test("cannot be reviewed where a preview hides it, as it does those called default…", async () => {
    expect(await told(goesOver("default_1"))).toContain(unseen);
    const stays = goesOver("default_1");
    const gateway = stays.steps.find(({ urn }: Loose) => urn === gatewayUrn);
    gateway.oldState.provider = gateway.newState.provider;
    expect(await told(stays)).toContain(unseen);
  });

  test("is left out of a preview when it stays as it is", async () => {
    const stays = goesOver("own");
    const gateway = stays.steps.find(({ urn }: Loose) => urn === gatewayUrn);
    gateway.oldState.provider = gateway.newState.provider;
    expect(await told(stays)).toEqual([]);
  });

  test("is not taken for the stack's, wherever it is listed", async () => {
    const made = preview({ "mcpstack:apiUrl": evil }, (_, { steps }) => {
      steps.splice(
        1,
        0,
        madeProvider("aaa", { "mcpstack:apiUrl": evil }, { "mcpstack:apiUrl": evil }),
        madeProvider("default", { "mcpstack:apiUrl": own }, { "mcpstack:apiUrl": evil }),
      );
    });
    expect(await told(made)).toContain("error api-changed provider.mcpstack");
  });

  test("may not bring a plugin from elsewhere unseen", async () => {
    const made = goesOver("own", madeProvider("own", {}, { pluginDownloadURL: "https://evil.example" }));
    expect(await told(made)).toContain(`error cannot-be-reviewed ${providerUrn("own")}`);
  });
});

describe("the stack's configuration", () => {
  const plan = (inputDiff: Loose, state: Loose, name = "default", steps = ["update"]) => ({
    manifest: {},
    resourcePlans: {
      [providerUrn(name)]: { goal: { type, name, custom: true, inputDiff }, steps, state },
    },
  });

  test("before is that of a preview of the base", async () => {
    const made = preview({ "mcpstack:apiUrl": evil });
    expect(await told(made, { base: inputOf(preview({ "mcpstack:apiUrl": own })) })).toContain(
      "error api-changed provider.mcpstack",
    );
    expect(await told(made, { base: inputOf(made) })).toEqual([]);
  });

  test("is told to change by a saved plan, which does not hold what it was", async () => {
    const state = { "mcpstack:apiUrl": evil, "mcpstack:metadataCheck": "warn" };
    const made = preview(state);
    const saved = (updates: Loose) => ({ savedPlan: inputOf(plan({ updates }, state)) });
    expect(await told(made, saved({ "mcpstack:apiUrl": evil }))).toContain("error api-changed provider.mcpstack");
    expect(await told(made, saved({ "mcpstack:metadataCheck": "warn" }))).toEqual([
      "error cannot-be-reviewed provider.mcpstack",
    ]);
    expect(await told(made, saved({}))).toEqual([]);
  });

  test("that goes is told, too", async () => {
    const savedPlan = inputOf(plan({ deletes: ["mcpstack:apiUrl", "mcpstack:organization"] }, {}));
    expect(await told(preview(), { savedPlan })).toEqual([
      "error cannot-be-reviewed provider.mcpstack",
      "error cannot-be-reviewed provider.mcpstack",
    ]);
  });

  test("of a hidden provider is in a saved plan", async () => {
    const made = preview({}, (gateway) => {
      for (const state of [gateway.oldState, gateway.newState]) state.provider = `${providerUrn("default_1")}::9b`;
    });
    const inputs = { "mcpstack:apiUrl": evil };
    expect(await told(made, { savedPlan: inputOf(plan({ updates: inputs }, inputs, "default_1")) })).toContain(
      `error api-changed ${providerUrn("default_1")}`,
    );
    expect(await told(made, { savedPlan: inputOf(plan({}, inputs, "default_1", ["same"])) })).toEqual([]);
  });

  test("is noted where nothing tells what it was", async () => {
    expect((await review(preview({ "mcpstack:apiUrl": evil }))).notes.join()).toContain("--base");
    expect((await review(preview())).notes).toEqual([]);
    expect((await review(preview({ "mcpstack:apiUrl": own }), { base: inputOf(preview()) })).notes).toEqual([]);
  });
});
