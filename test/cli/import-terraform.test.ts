import { type Engine, Workspace } from "../e2e/workspace";
import { closing, driftReport, mcpstackIac, temporaryFile } from "./command-line";
import { allowed, onLoopback, organization } from "./organization";

// What the command writes, put in front of the real engines: the plan must name imports and nothing else.

// biome-ignore lint/suspicious/noTemplateCurlyInString: names that look like templates
const names = ['a "quoted" \\ name', "${template} %{ if true }", "$${doubled} $$${more} %%{x}", "日本 ünïcode ✓"];

test.each<Engine>(["terraform", "opentofu"])(
  "with %s, the first plan imports everything and changes nothing",
  async (engine) => {
    const { api, env, issuer } = await organization();
    for (const name of names) {
      api.store.createGateway({ name, providerType: "manual", authorizationServerUrl: issuer.url, description: name });
    }
    const { stdout } = await mcpstackIac(["import", allowed], { env });
    const workspace = await Workspace.create({ api, engine, form: "script" });
    closing({ close: () => workspace.remove() });
    // What an import reads out of the API names no private host; the program does, by trusting the origin.
    await workspace.write(`provider "mcpstack" {\n  trusted_origins = ["${issuer.origin}"]\n}\n${stdout}`);
    const { text } = await workspace.plan();
    expect(text).toContain(`Plan: ${names.length + 2} to import, 0 to add, 0 to change, 0 to destroy.`);
    await workspace.apply();
    const state = await workspace.state();
    const gateways = Object.values(state).filter(({ provider_type }) => provider_type !== undefined);
    expect(gateways.map(({ name }) => name).sort()).toEqual([...names, "Plants"].sort());
    expect(Object.keys(state)).toContain("mcpstack_server_gateway_attachment.petalpal_api");

    // The state that this engine wrote, and what it shows of it, are read by drift.
    for (const text of [await workspace.read("terraform.tfstate"), (await workspace.run("show", "-json")).stdout]) {
      const { code, report } = await driftReport([...onLoopback, "--state", temporaryFile("state.json", text)]);
      expect(report.checked).toEqual({ gateways: names.length + 1, routes: 1, agents: 0 });
      expect([report.findings, code]).toEqual([[], 0]);
    }
  },
);
