import type { LocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs, ServerGatewayAttachment } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "../pulumi/inline-project";
import { runScenario } from "./run-scenario";
import type { Desired, Driver } from "./scenario";
import { scenarios } from "./scenarios";

describe("the scenarios, with Pulumi", () => {
  // One stack for all: each scenario ends with nothing in it.
  let project: InlineProject;
  beforeAll(async () => {
    project = await inlineProject("scenarios", {});
  });
  afterAll(() => project.remove());

  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_, scenario) => {
    await runScenario(scenario, async (api) => pulumiDriver(project, api));
  });
});

function pulumiDriver(project: InlineProject, api: LocalApi): Driver {
  const env = api.environment();
  return {
    apply: (desired) => project.up(programOf(desired), { env, refresh: true, mayFail: true }),
    isSettled: async (desired) => {
      const { changes } = await project.preview(programOf(desired), { env, refresh: true });
      return Object.keys(changes).every((kind) => kind === "same");
    },
    destroy: async () => void (await project.destroy({ env })),
  };
}

const programOf = (desired: Desired) => async () => {
  const gateways = Object.fromEntries(
    Object.entries(desired.gateways).map(([name, profile]) => [name, new Gateway(name, profile as GatewayArgs)]),
  );
  for (const [name, { gateway, ...args }] of Object.entries(desired.attachments ?? {})) {
    const gatewayId = gateways[gateway]?.id ?? "";
    new ServerGatewayAttachment(name, { ...args, gatewayId });
  }
};
