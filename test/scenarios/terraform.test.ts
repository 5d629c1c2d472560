import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { snakeCase } from "@mcpstack/model";
import { Workspace } from "../e2e/workspace";
import { runScenario } from "./run-scenario";
import type { Desired, Driver } from "./scenario";
import { scenarios } from "./scenarios";

describe("the scenarios, with Terraform", () => {
  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_, scenario) => {
    let workspace: Workspace | undefined;
    try {
      await runScenario(scenario, async (api) => {
        workspace = await Workspace.create({ api });
        return terraformDriver(workspace);
      });
    } finally {
      await workspace?.remove();
    }
  });
});

function terraformDriver(workspace: Workspace): Driver {
  const program = path.join(workspace.folder, "main.tf.json");
  const write = (desired: Desired) => writeFile(program, JSON.stringify(programOf(desired)));
  return {
    apply: async (desired) => {
      await write(desired);
      const { status, text } = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
      // Lines are wrapped for a terminal, within a frame.
      return { ok: status === 0, output: text.replace(/\n[│ ]*/g, " ") };
    },
    isSettled: async (desired) => {
      await write(desired);
      return (await workspace.plan()).status === 0;
    },
    destroy: async () => {
      await rm(program, { force: true });
      await workspace.apply();
    },
  };
}

function programOf({ gateways, attachments = {} }: Desired) {
  const attributes = (values: object) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        snakeCase(name),
        name === "settings" || name === "settingsWo" ? JSON.stringify(value) : value,
      ]),
    );
  const resources = {
    mcpstack_gateway: Object.fromEntries(
      Object.entries(gateways).map(([name, profile]) => [name, attributes(profile)]),
    ),
    mcpstack_server_gateway_attachment: Object.fromEntries(
      Object.entries(attachments).map(([name, { gateway, ...rest }]) => [
        name,
        { ...attributes(rest), gateway_id: `\${mcpstack_gateway.${gateway}.id}` },
      ]),
    ),
  };
  return { resource: Object.fromEntries(Object.entries(resources).filter(([, made]) => Object.keys(made).length > 0)) };
}
