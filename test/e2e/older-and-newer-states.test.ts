// What other versions of the provider left in a state, and what is damaged in it.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { closing } from "../cli/command-line";
import { readText } from "../faults/workspace";
import { type Engine, succeeded, Workspace } from "./workspace";

interface Instance {
  schema_version: number;
  private?: string;
}

const program = `
provider "mcpstack" {
  metadata_check = "off"
}
resource "mcpstack_gateway" "g" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"
}
resource "mcpstack_server_gateway_attachment" "a" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.g.id
}
`;

describe.each<Engine>(["terraform", "terraform-next", "opentofu"])("with %s", (engine) => {
  let api: LocalApi;
  let workspace: Workspace;
  beforeEach(async () => {
    api = closing(await startLocalApi({ behaviour: { fills: "derived" } }));
    workspace = closing(
      Object.assign(await Workspace.create({ api, engine }), {
        close: () => workspace.remove(),
      }),
    );
    await workspace.write(program);
    await workspace.apply();
  });

  async function edit(change: (instance: Instance) => void) {
    const file = path.join(workspace.folder, "terraform.tfstate");
    const state = JSON.parse(await readFile(file, "utf8")) as { resources: { instances: Instance[] }[] };
    for (const { instances } of state.resources) for (const instance of instances) change(instance);
    await writeFile(file, JSON.stringify(state));
  }

  test.each<[string, string]>([
    ["of a newer version", JSON.stringify({ version: 99, written: [["name", "Support"]], filled: 7 })],
    ["of another provider", JSON.stringify({ e2bfb730: { create: 600 }, formerly: "x", discovered: { version: 1 } })],
    ["no JSON", "\u0000\u0001 not JSON"],
    ["a list", "[1]"],
    ["nothing", ""],
  ])("private state that is %s is ignored, and does no harm", async (_, text) => {
    await edit((instance) => {
      instance.private = Buffer.from(text, "latin1").toString("base64");
    });
    const plan = await workspace.plan();
    expect([plan.status, plan.text]).toEqual([0, expect.stringContaining("No changes.")]);
    await workspace.write(program.replace(`"Support"`, `"Support 2"`));
    await workspace.apply();
    expect(api.store.gateways()).toMatchObject([{ name: "Support 2" }]);
    expect((await workspace.plan()).status).toBe(0);
    succeeded(await workspace.run("destroy", "-auto-approve", "-no-color"));
    expect(api.store.gateways()).toEqual([]);
  });

  // Core compares the versions by itself and does not ask. Where it asks, the provider names both.
  test("a state of a newer schema version is refused in a sentence, and nothing is changed", async () => {
    await edit((instance) => {
      instance.schema_version = 7;
    });
    api.clearRequests();
    const refused = await workspace.run("plan", "-no-color", "-input=false");
    expect(refused.status).toBe(1);
    expect(readText(refused)).toMatch(/created by a newer provider version than is currently selected/);
    expect(readText(refused)).not.toMatch(/undefined|TypeError|panic/);
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});
