import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { closing, mcpstackIac } from "./command-line";
import { allowed, organization } from "./organization";

// What the command writes is run: the constructs synthesise, and the Pulumi resources register.

// biome-ignore lint/suspicious/noTemplateCurlyInString: a name that looks like a template
const hostile = '${file("/etc/passwd")} `x` \\ */ end';

async function programFor(to: string): Promise<string> {
  const { api, env, issuer } = await organization();
  api.store.createGateway({ name: hostile, providerType: "manual", authorizationServerUrl: issuer.url, clientId: "x" });
  const { stdout } = await mcpstackIac(["import", allowed, "--to", to], { env });
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(stdout, { compilerOptions: options }).outputText;
}

/** The modules that a program names, as jest maps them. */
const modules: Record<string, () => unknown> = {
  "@mcpstack/cdktf": () => require("@mcpstack/cdktf"),
  "@mcpstack/pulumi": () => require("@mcpstack/pulumi"),
  cdktf: () => require("cdktf"),
};

const run = (program: string) => new Function("require", "exports", program)((name: string) => modules[name]?.(), {});

test("CDKTF synthesises import blocks beside the resources, and a name with ${ stays a text", async () => {
  const program = await programFor("cdktf");
  const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-cdktf-"));
  closing({ close: () => rmSync(folder, { recursive: true, force: true }) });
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = folder;
  try {
    run(program);
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
  }
  const stack = JSON.parse(readFileSync(path.join(folder, "stacks/gateways/cdk.tf.json"), "utf8")) as {
    import: { to: string; id: string }[];
    resource: { mcpstack_gateway: Record<string, { name: string }> };
  };
  expect(stack.import.map(({ id }) => id).sort()).toEqual(["gtw_000001", "gtw_000002", "srv_petalpal_api"]);
  const written = Object.values(stack.resource.mcpstack_gateway).map(({ name }) => name);
  expect(written.sort()).toEqual([hostile.replace("${", () => "$${"), "Plants"].sort());
});

test("Pulumi registers each gateway with the id that it adopts", async () => {
  const registered: { type: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, inputs, name }) => {
      registered.push({ type, inputs });
      return { id: `${name}-id`, state: inputs };
    },
    call: () => ({}),
  });
  const program = await programFor("pulumi");
  await pulumi.runtime.runInPulumiStack(async () => run(program));
  // Waits for every registration.
  await pulumi.runtime.disconnect();
  const of = (type: string) => registered.filter((one) => one.type.endsWith(type)).map(({ inputs }) => inputs);
  expect(
    of("mcpstack:Gateway")
      .map(({ name, adopt }) => [adopt, name])
      .sort(),
  ).toEqual([
    ["gtw_000001", "Plants"],
    ["gtw_000002", hostile],
  ]);
  expect(of("mcpstack:ServerGatewayAttachment")).toEqual([
    expect.objectContaining({ serverId: "srv_petalpal_api", adopt: true, publicId: "gw_plants" }),
  ]);
});
