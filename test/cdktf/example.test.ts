// The stack of examples/cdktf as a person runs it: the command line of cdktf at the root, then the engine.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type Issuer, type LocalApi, startIssuer, startLocalApi } from "@mcpstack/local-api";
import { SynthesizedStack } from "./synthesized-stack";

const root = path.resolve(__dirname, "../..");
let output: string;

beforeEach(async () => {
  output = await mkdtemp(path.join(tmpdir(), "mcpstack-cdktf-example-"));
});
afterEach(async () => {
  await rm(output, { recursive: true, force: true });
});

/** Runs `cdktf synth` at the root with nothing set but what is given. */
function synth(env: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(MCPSTACK|TF)_/.test(name)));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(root, "node_modules/cdktf-cli/bundle/bin/cdktf"), "synth", "--output", output],
      { cwd: root, env: { ...inherited, CHECKPOINT_DISABLE: "1", CI: "1", ...env } },
      (error, stdout, stderr) => resolve({ status: error ? 1 : 0, text: `${stdout}${stderr}` }),
    );
  });
}

const stackFolder = () => path.join(output, "stacks/support");
const synthesized = async () => JSON.parse(await readFile(path.join(stackFolder(), "cdk.tf.json"), "utf8"));

test("it is synthesized with nothing set, and has the callback URLs already", async () => {
  expect(await synth()).toMatchObject({ status: 0 });
  const { output: outputs, resource } = await synthesized();
  expect(outputs["petalpal-api-callback-url"].value).toBe(
    "https://api.mcpstack.com/api/v1/gateway/gw_petalpal-api/oauth/callback",
  );
  expect(resource.mcpstack_gateway.support).toMatchObject({ name: "Support API", provider_type: "manual" });
});

test("it compiles under the strict options of the packages", async () => {
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", path.join(root, "examples/cdktf")]);
});

test("a scope that its policy does not allow ends the synth with the gateway's path", async () => {
  const { status, text } = await synth({ MCPSTACK_EXAMPLE_SCOPES: "openid,admin" });
  expect(status).toBe(1);
  expect(text).toContain('scope "admin" is not allowed here');
  expect(text).toContain("support/support");
});

describe("with an API and an issuer", () => {
  let api: LocalApi;
  let issuer: Issuer;
  let stack: SynthesizedStack | undefined;

  beforeEach(async () => {
    [api, issuer] = await Promise.all([startLocalApi(), startIssuer()]);
  });
  afterEach(async () => {
    await stack?.remove();
    await Promise.all([api.close(), issuer.close()]);
  });

  test("it is synthesized, planned, applied, left alone, updated in place and destroyed", async () => {
    const env = {
      MCPSTACK_API_URL: api.url,
      MCPSTACK_EXAMPLE_ISSUER: issuer.url,
      MCPSTACK_EXAMPLE_RESOURCE: `${issuer.url}/support`,
      MCPSTACK_EXAMPLE_CLIENT_ID: "mcpstack-gateway",
      MCPSTACK_EXAMPLE_SCOPES: "openid,tickets.read",
    };
    expect(await synth(env)).toMatchObject({ status: 0 });
    stack = await SynthesizedStack.init(stackFolder(), "terraform", api);

    const first = await stack.plan();
    const callback = (server: string) => `${api.url}/api/v1/gateway/gw_${server}/oauth/callback`;
    expect(first.status).toBe(2);
    expect(first.shown.planned_values.outputs).toMatchObject({
      "petalpal-api-callback-url": { value: callback("petalpal-api") },
      "support-api-callback-url": { value: callback("support-api") },
    });

    await stack.apply();
    const [gateway] = api.store.gateways();
    expect(gateway).toMatchObject({
      name: "Support API",
      authorizationServerUrl: issuer.url,
      clientId: "mcpstack-gateway",
    });
    for (const server of ["petalpal-api", "support-api"]) {
      expect(api.store.attachment(server)).toMatchObject({ gatewayId: gateway?.id, publicId: `gw_${server}` });
    }
    expect(await stack.outputs()).toMatchObject({ "gateway-id": gateway?.id });
    expect((await stack.plan()).status).toBe(0);

    expect(await synth({ ...env, MCPSTACK_EXAMPLE_SCOPES: "openid,tickets.read,tickets.write" })).toMatchObject({
      status: 0,
    });
    const { shown } = await stack.plan();
    const changes = (shown.resource_changes ?? []).filter(({ change }) => change.actions.join() !== "no-op");
    expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([
      ["mcpstack_gateway.support", ["update"]],
    ]);
    await stack.apply();
    expect(new Set(api.store.gateways()[0]?.scopes)).toEqual(new Set(["openid", "tickets.read", "tickets.write"]));

    await stack.destroy();
    expect(api.store.gateways()).toEqual([]);
    expect(api.store.attachment("petalpal-api")).toBeUndefined();
  });
});
