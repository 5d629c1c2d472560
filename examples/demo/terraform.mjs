// The CDKTF stack of examples/cdktf, planned and applied by a real Terraform or OpenTofu.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { command, DemoFailed, heading, promise, say } from "./narrate.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const { startIssuer, startLocalApi, startTableIssuer } = require("@mcpstack/local-api");

export async function run({ engine, name }) {
  const api = await startLocalApi();
  const issuer = await startIssuer();
  const stops = [() => api.close(), () => issuer.close()];
  try {
    const stack = prepareFolder({ api, issuer, program: engine.path, name });
    say(`An embedded MCP Stack API listens at ${api.url}, a real OpenID issuer at ${issuer.url}.`);
    await createAndLeaveAlone(stack, api);
    await update(stack, api);
    await importExisting(stack, api);
    await issuer.close();
    await moveTheIssuer(stack, issuer, stops);
    await destroy(stack, api);
    console.log("\nThat was the whole job. To do it in your own organization:\n");
    console.log("  export MCPSTACK_ORG_ID=…  MCPSTACK_ACCESS_TOKEN=…");
    console.log("  npx cdktf synth           # examples/cdktf/main.ts → cdktf.out; README.md says how to go on\n");
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

/** A folder of the demo's own, made anew at each run: a killed demo leaves nothing that the next one trips over. */
function prepareFolder({ api, issuer, program, name }) {
  const folder = path.join(root, ".cache/demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "import"), { recursive: true });
  const json = { language: "typescript", app: "node --import tsx ../../examples/cdktf/main.ts", output: "cdktf.out" };
  writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify({ ...json, sendCrashReports: "false" }));
  const mirror = path.join(root, "packages/terraform-provider/dist/mirror/executable");
  const config = path.join(folder, "mirror.tfrc");
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  const inherited = Object.entries(process.env).filter(([variable]) => !/^(TF_|MCPSTACK_|AGENETIX_)/.test(variable));
  const env = {
    ...Object.fromEntries(inherited),
    ...api.environment(),
    TF_CLI_CONFIG_FILE: config,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    MCPSTACK_EXAMPLE_ISSUER: issuer.url,
    MCPSTACK_EXAMPLE_CLIENT_ID: "mcpstack-gateway",
    MCPSTACK_EXAMPLE_RESOURCE: "urn:example:support-api",
  };
  return { folder, program, name, env, at: path.join(folder, "cdktf.out/stacks/support") };
}

async function synth(stack, env = {}) {
  const cli = path.join(path.dirname(require.resolve("cdktf-cli/package.json")), "bundle/bin/cdktf.js");
  say("$ npx cdktf synth");
  // Its progress is drawn for a terminal, over and over; what went wrong is in its output all the same.
  const options = { cwd: stack.folder, env: { ...stack.env, ...env }, quiet: true };
  const { status, stdout } = await command(process.execPath, [cli, "synth"], options);
  if (status !== 0) throw new DemoFailed(`cdktf synth failed:\n${stdout}`);
  promise(existsSync(path.join(stack.at, "cdk.tf.json")), "cdktf.out/stacks/support/cdk.tf.json is written");
}

/** Runs the engine; `expect` lists the exit statuses that are fine. */
async function engine(stack, args, { cwd = stack.at, env = {}, expect = [0], quiet = false } = {}) {
  const shown = [stack.name, ...args.filter((arg) => arg !== "-input=false")];
  const plain = process.stdout.isTTY && !process.env.NO_COLOR ? [] : ["-no-color"];
  const [verb, ...rest] = args;
  const outcome = await command(stack.program, [verb, ...plain, ...rest], {
    cwd,
    env: { ...stack.env, ...env },
    shown,
    quiet,
  });
  if (!expect.includes(outcome.status)) throw new DemoFailed(`${shown.join(" ")} ended with status ${outcome.status}`);
  return outcome;
}

/** The changes of a saved plan. */
async function planned(stack, file, cwd = stack.at) {
  const { stdout } = await engine(stack, ["show", "-json", file], { quiet: true, cwd });
  const changes = JSON.parse(stdout).resource_changes ?? [];
  return changes.filter(({ change }) => change.actions.join() !== "no-op" || change.importing);
}

async function createAndLeaveAlone(stack, api) {
  heading("A CDKTF stack becomes a plan: one gateway, two servers attached to it");
  await synth(stack);
  await engine(stack, ["init", "-input=false"]);
  const plan = await engine(stack, ["plan", "-input=false", "-out=first"]);
  promise(plan.stdout.includes("/oauth/callback"), "the callback URLs are in the plan, before anything exists");

  heading("The plan is applied");
  await engine(stack, ["apply", "-input=false", "first"]);
  const [gateway] = api.store.gateways();
  const attached = api.store.attachments().filter(({ gatewayId }) => gatewayId === gateway?.id);
  promise(gateway?.name === "Support API" && attached.length === 2, "the API has the gateway and both attachments");

  heading("Nothing changed, so the next plan is empty");
  const second = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { expect: [0, 2] });
  promise(second.status === 0, "no changes");
}

async function update(stack, api) {
  heading("A scope is added to the program: an update in place, of that attribute alone");
  stack.env.MCPSTACK_EXAMPLE_SCOPES = "openid,profile,email,tickets.read,tickets.write";
  await synth(stack);
  await engine(stack, ["plan", "-input=false", "-out=update"]);
  const changes = await planned(stack, "update");
  const [only] = changes;
  const differing = Object.keys(only?.change.after ?? {}).filter(
    (attribute) => JSON.stringify(only.change.before[attribute]) !== JSON.stringify(only.change.after[attribute]),
  );
  promise(
    changes.length === 1 && differing.join() === "scopes",
    "the plan changes the gateway's scopes and nothing else",
  );
  await engine(stack, ["apply", "-input=false", "update"]);
  promise(api.store.gateways()[0]?.scopes?.includes("tickets.write"), "the API has the new scope");
}

async function importExisting(stack, api) {
  heading("A gateway and an attachment that somebody made through the API are imported, and written as configuration");
  const organization = `${api.url}/api/v1/organizations/${api.organization.id}`;
  const made = await send(api, "POST", `${organization}/gateways`, {
    name: "Billing API",
    providerType: "manual",
    authorizationServerUrl: stack.env.MCPSTACK_EXAMPLE_ISSUER,
    clientId: "mcpstack-gateway",
    scopes: ["openid", "orders.read"],
  });
  await send(api, "PUT", `${organization}/mcp-servers/orders-api/gateway`, { gatewayId: made.id });

  const cwd = path.join(stack.folder, "import");
  cpSync(path.join(root, "examples/terraform-import"), cwd, { recursive: true });
  const env = { TF_VAR_gateway: "Billing API", TF_VAR_server: "orders-api" };
  await engine(stack, ["init", "-input=false"], { cwd, quiet: true });
  await engine(stack, ["plan", "-input=false", "-generate-config-out=generated.tf", "-out=import"], { cwd, env });
  const imported = await planned(stack, "import", cwd);
  promise(
    imported.length === 2 && imported.every(({ change }) => change.importing && change.actions.join() === "no-op"),
    "the plan imports both and changes nothing",
  );
  await engine(stack, ["apply", "-input=false", "import"], { cwd });
  const again = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { cwd, env, expect: [0, 2] });
  promise(again.status === 0, "the plan after the import is empty");
  stack.imported = { cwd, env };
}

/** Somebody with a script and the API. */
async function send(api, method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  promise(answer.ok, `${method} ${new URL(url).pathname}: ${answer.status}`);
  return answer.json();
}

/** At the same address there is now an issuer whose operator moves things; the real one cannot be made to. */
async function moveTheIssuer(stack, issuer, stops) {
  const { origin, port } = new URL(issuer.url);
  const moved = await startTableIssuer({ port: Number(port) });
  stops.push(() => moved.close());

  heading("The issuer's operator moves its endpoints: the next plan says so, and applying accepts it");
  moved.setMetadata({ token_endpoint: `${origin}/v2/token`, jwks_uri: `${origin}/v2/keys` });
  moved.set("/v2/keys", { body: { keys: [{ kty: "EC", kid: "1", use: "sig", alg: "ES256" }] } });
  await engine(stack, ["plan", "-input=false", "-out=moved"]);
  const [only] = await planned(stack, "moved");
  promise(
    only?.change.after.metadata?.token_endpoint === `${origin}/v2/token` && only.change.actions.join() === "update",
    "the plan shows the move as a change of the accepted metadata",
  );
  await engine(stack, ["apply", "-input=false", "moved"]);
  const settled = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { expect: [0, 2], quiet: true });
  promise(settled.status === 0, "accepted: the plan after it is empty");

  heading("It moves to another origin: that is never accepted by an apply");
  moved.setMetadata({ token_endpoint: "https://login.attacker.example/token" });
  const warned = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { expect: [0, 2] });
  promise(warned.status === 0 && warned.stdout.includes("attacker.example"), "the plan changes nothing and warns");
  await engine(stack, ["apply", "-input=false", "-auto-approve"], { quiet: true });
  const still = await engine(stack, ["show"], { quiet: true });
  promise(!still.stdout.includes("attacker.example"), "an apply did not accept it either");

  heading('With metadata_check = "error" such a move fails the plan');
  await synth(stack, { MCPSTACK_EXAMPLE_METADATA_CHECK: "error" });
  const failed = await engine(stack, ["plan", "-input=false"], { expect: [0, 1] });
  promise(failed.status === 1, "the plan fails");
  moved.setMetadata({ token_endpoint: `${origin}/v2/token` });
}

async function destroy(stack, api) {
  heading("Everything is destroyed again");
  await synth(stack);
  await engine(stack, ["destroy", "-input=false", "-auto-approve"]);
  const { cwd, env } = stack.imported;
  await engine(stack, ["destroy", "-input=false", "-auto-approve"], { cwd, env });
  promise(api.store.gateways().length === 0 && api.store.attachments().length === 0, "nothing is left at the API");
}
