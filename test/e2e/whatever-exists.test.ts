// Whatever the service holds can be imported: the program that is written for it plans nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LocalApi, type ServerBehaviour, startLocalApi } from "@mcpstack/local-api";
import ts from "typescript";
import { closing, mcpstackIac } from "../cli/command-line";
import { makeOddGateways, oddGateways } from "../existing/gateways";
import { readText } from "../faults/workspace";
import { type Engine, succeeded, Workspace } from "./workspace";

const engines: Engine[] = ["terraform", "terraform-next", "opentofu"];
/** Nothing is published for what is in the table, so nothing is asked for. */
const provider = `provider "mcpstack" {\n  metadata_check = "off"\n}\n`;
const behaviours: Record<Engine, Partial<ServerBehaviour>> = {
  terraform: {},
  "terraform-next": { unsetFields: "null", scopesForm: "shuffled", urls: "whatwg" },
  opentofu: { unsetFields: "empty", listItems: "four-fields" },
};
const amount = Object.keys(oddGateways).length;

async function workspaceFor(
  engine: Engine,
  behaviour = behaviours[engine],
): Promise<{ api: LocalApi; workspace: Workspace }> {
  const api = closing(await startLocalApi({ behaviour }));
  const workspace = await Workspace.create({ api, engine });
  closing({ close: () => workspace.remove() });
  return { api, workspace };
}

const writes = (api: LocalApi) => api.requests.filter(({ method }) => method !== "GET");

async function expectNothingToDo(api: LocalApi, workspace: Workspace) {
  const plan = await workspace.plan();
  expect([plan.status, plan.text]).toEqual([0, expect.stringContaining("No changes.")]);
  expect((await workspace.plan("-refresh-only")).status).toBe(0);
  expect(writes(api)).toEqual([]);
}

/** What a CDKTF program synthesises, with a provider that asks for no metadata. */
function synthesized(program: string): object {
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-cdktf-"));
  closing({ close: () => rmSync(folder, { recursive: true, force: true }) });
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = folder;
  try {
    const modules: Record<string, () => unknown> = {
      "@mcpstack/cdktf": () => require("@mcpstack/cdktf"),
      cdktf: () => require("cdktf"),
    };
    const { outputText } = ts.transpileModule(program, { compilerOptions });
    new Function("require", "exports", outputText)((name: string) => modules[name]?.(), {});
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
  }
  const text = readFileSync(path.join(folder, "stacks/gateways/cdk.tf.json"), "utf8");
  // The workspace names the provider's source itself.
  const { terraform: _, ...stack } = JSON.parse(text) as Record<string, object>;
  return { ...stack, provider: { mcpstack: [{ metadata_check: "off" }] } };
}

describe.each(engines)("with %s", (engine) => {
  test("configuration that the engine generates imports everything and changes nothing", async () => {
    const { api, workspace } = await workspaceFor(engine);
    const blocks = Object.values(makeOddGateways(api)).map(
      (id, at) => `import {\n  to = mcpstack_gateway.odd_${at}\n  id = "${id}"\n}\n`,
    );
    await workspace.write(provider + blocks.join(""));
    const plan = await workspace.plan("-generate-config-out=generated.tf", "-out=planned");
    expect(readText(plan)).toContain(`Plan: ${amount} to import, 0 to add, 0 to change, 0 to destroy.`);
    await workspace.apply("planned");
    await expectNothingToDo(api, workspace);
    // What was generated is a program of its own, that a state can be begun anew with.
    await rm(path.join(workspace.folder, "terraform.tfstate"));
    await workspace.apply();
    await expectNothingToDo(api, workspace);
  });

  test("but a password in a URL, which reaches no program, plan or state", async () => {
    const { api, workspace } = await workspaceFor(engine);
    const authorizationServerUrl = "https://me:pw-1947@auth.example.com/";
    const { id } = api.store.createGateway({ name: "Support", authorizationServerUrl });
    await workspace.write(`${provider}import {\n  to = mcpstack_gateway.g\n  id = "${id}"\n}\n`);
    const plan = await workspace.run("plan", "-input=false", "-generate-config-out=generated.tf", "-out=planned");
    expect([plan.status, readText(plan)]).toEqual([
      1,
      expect.stringMatching(
        /authorization_server_url.*Take it out of the gateway in MCP Stack first.*\(user_information\)/,
      ),
    ]);
    expect(plan.text).not.toContain("1947");
    const files = readdirSync(workspace.folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const texts = files.map((file) => readFileSync(path.join(file.parentPath, file.name), "utf8"));
    expect(texts.filter((text) => text.includes("pw-1947"))).toEqual([]);
    const command = await mcpstackIac(["import", "--no-metadata"], { env: api.environment() });
    expect([command.code === 0, command.stdout, command.stderr]).toEqual([
      false,
      "",
      expect.stringContaining("user_information"),
    ]);
    expect(command.stderr).not.toContain("1947");
  });

  test("what the command writes imports everything and changes nothing", async () => {
    const { api, workspace } = await workspaceFor(engine);
    const ids = Object.values(makeOddGateways(api));
    const { code, stdout } = await mcpstackIac(["import", "--no-metadata"], { env: api.environment() });
    expect(code).toBe(0);
    await workspace.write(provider + stdout);
    expect((await workspace.plan()).text).toContain(`Plan: ${amount} to import, 0 to add, 0 to change, 0 to destroy.`);
    await workspace.apply();
    const state = Object.values(await workspace.state());
    expect(state.map(({ id }) => id).sort()).toEqual([...ids].sort());
    await expectNothingToDo(api, workspace);
  });

  test("the constructs that the command writes import everything and change nothing", async () => {
    const { api, workspace } = await workspaceFor(engine);
    const ids = Object.values(makeOddGateways(api));
    const { stdout } = await mcpstackIac(["import", "--no-metadata", "--to", "cdktf"], { env: api.environment() });
    const stack = synthesized(stdout);
    await workspace.write("");
    await writeFile(path.join(workspace.folder, "main.tf.json"), JSON.stringify(stack));
    expect((await workspace.plan()).text).toContain(`Plan: ${amount} to import, 0 to add, 0 to change, 0 to destroy.`);
    await workspace.apply();
    expect(
      Object.values(await workspace.state())
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    await expectNothingToDo(api, workspace);
  });

  test("what a person edits of it is judged, and what they leave is not", async () => {
    const { api, workspace } = await workspaceFor(engine, {});
    const { id } = api.store.createGateway({
      name: " led",
      authorizationServerUrl: "http://auth.example.com",
      tokenEndpoint: "https://auth.example.com/token",
      scopes: ['say"hi"'],
    });
    const program = ({ issuer = "http://auth.example.com", scopes = `["say\\"hi\\""]`, more = "" } = {}) => `${provider}
resource "mcpstack_gateway" "odd" {
  name                     = " led"
  provider_type            = "manual"
  authorization_server_url = "${issuer}"
  token_endpoint           = "https://auth.example.com/token"
  scopes                   = ${scopes}
  ${more}
}
`;
    await workspace.write(program());
    succeeded(await workspace.run("import", "-no-color", "mcpstack_gateway.odd", id));
    await expectNothingToDo(api, workspace);
    await workspace.write(
      program({ issuer: "http://login.example.com", scopes: `["say\\"hi\\"", "a b"]`, more: `client_id = "x "` }),
    );
    succeeded(await workspace.run("validate"));
    const refused = await workspace.run("plan", "-no-color", "-input=false");
    expect(refused.status).toBe(1);
    for (const says of [
      /authorization_server_url must be an https URL: plain http is taken only for the loopback host. \(invalid_value\)/,
      /scopes must be one scope token \(RFC 6749 §3.3\)/,
      /client_id must not begin or end with white space. \(invalid_value\)/,
    ])
      expect(readText(refused)).toMatch(says);
    expect(readText(refused)).not.toMatch(/authorization_endpoint|name must/);
    await workspace.write(program({ scopes: `["openid", "say\\"hi\\""]`, more: `client_id = "x"` }));
    await workspace.apply();
    expect(api.store.gateway(id)).toMatchObject({
      name: " led",
      authorizationServerUrl: "http://auth.example.com",
      clientId: "x",
      scopes: ["openid", 'say"hi"'],
    });
    expect((await workspace.plan()).status).toBe(0);
    // One that takes its place has what it had.
    await workspace.apply("-replace=mcpstack_gateway.odd");
    expect((await workspace.plan()).status).toBe(0);
    // What speaks against a write does not speak against taking away.
    await workspace.write(program({ issuer: "http://login.example.com" }));
    succeeded(await workspace.run("destroy", "-auto-approve", "-no-color"));
    expect(api.store.gateways()).toEqual([]);
  });
});
