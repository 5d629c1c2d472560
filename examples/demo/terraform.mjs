// The CDKTF stack of examples/cdktf, planned and applied by a real Terraform or OpenTofu.
import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { heading, promise, say } from "./narrate.mjs";
import { engine, planned, prepareStack, synth } from "./stack.mjs";
import { makeByHand, moveWithinOrigin } from "./surroundings.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const { startIssuer, startLocalApi } = require("@mcpstack/local-api");

export async function run({ engine: { path: program }, name }) {
  const api = await startLocalApi();
  const issuer = await startIssuer();
  const stops = [() => api.close(), () => issuer.close()];
  try {
    const stack = prepareStack({ api, issuer, program, name });
    say(`An embedded MCP Stack API listens at ${api.url}, a real OpenID issuer at ${issuer.url}.`);
    await createAndLeaveAlone(stack, api);
    await update(stack, api);
    await importExisting(stack, api);
    await issuer.close();
    await moveTheIssuer(stack, api, issuer, stops);
    await destroy(stack, api);
    console.log("\nThat was the whole job. To do it in your own organization:\n");
    console.log("  export MCPSTACK_ORG_ID=…  MCPSTACK_ACCESS_TOKEN=…");
    console.log("  npx cdktf synth           # examples/cdktf/main.ts → cdktf.out; README.md says how to go on\n");
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
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
  await makeByHand(api, stack.env.MCPSTACK_EXAMPLE_ISSUER);

  const cwd = path.join(stack.folder, "import");
  cpSync(path.join(root, "examples/terraform-import"), cwd, { recursive: true });
  // What an import reads out of the API leads to no private address, unless the program names it: this demo's issuer is on the loopback.
  const { origin } = new URL(stack.env.MCPSTACK_EXAMPLE_ISSUER);
  writeFileSync(path.join(cwd, "demo_override.tf"), `provider "mcpstack" {\n  trusted_origins = ["${origin}"]\n}\n`);
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

async function moveTheIssuer(stack, api, issuer, stops) {
  const moved = await moveWithinOrigin(issuer.url);
  stops.push(moved.close);

  heading("The issuer's operator moves its endpoints: the next plan says so, and applying accepts it");
  await engine(stack, ["plan", "-input=false", "-out=moved"]);
  const [only] = await planned(stack, "moved");
  promise(
    only?.change.after.metadata?.token_endpoint === moved.tokenEndpoint && only.change.actions.join() === "update",
    "the plan shows the move as a change of the accepted metadata",
  );
  await engine(stack, ["apply", "-input=false", "moved"]);
  const settled = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { expect: [0, 2], quiet: true });
  promise(settled.status === 0, "accepted: the plan after it is empty");

  heading("It moves to another origin: that is never accepted by an apply");
  moved.moveAway();
  const warned = await engine(stack, ["plan", "-input=false", "-detailed-exitcode"], { expect: [0, 2] });
  promise(warned.status === 0 && warned.stdout.includes("attacker.example"), "the plan changes nothing and warns");
  await engine(stack, ["apply", "-input=false", "-auto-approve"], { quiet: true });
  const still = await engine(stack, ["show"], { quiet: true });
  promise(!still.stdout.includes("attacker.example"), "an apply did not accept it either");

  heading("Something else in the program is edited: the refused move stays refused, and is still said");
  stack.env.MCPSTACK_EXAMPLE_RESOURCE = "urn:example:support-api:v2";
  await synth(stack);
  const edited = await engine(stack, ["plan", "-input=false", "-out=edited"]);
  const [edit] = await planned(stack, "edited");
  const accepted = JSON.stringify(edit?.change.before.metadata);
  promise(
    JSON.stringify(edit?.change.after.metadata) === accepted && edited.stdout.includes("attacker.example"),
    "the plan changes the resource, keeps the metadata that was accepted, and warns",
  );
  await engine(stack, ["apply", "-input=false", "edited"], { quiet: true });
  const kept = await engine(stack, ["show"], { quiet: true });
  promise(
    api.store.gateways()[0]?.resource === "urn:example:support-api:v2" && !kept.stdout.includes("attacker.example"),
    "the API has the new resource, and nothing of the move was accepted",
  );

  heading('With metadata_check = "error" such a move fails the plan');
  await synth(stack, { MCPSTACK_EXAMPLE_METADATA_CHECK: "error" });
  const failed = await engine(stack, ["plan", "-input=false"], { expect: [0, 1] });
  promise(failed.status === 1, "the plan fails");
}

async function destroy(stack, api) {
  heading("Everything is destroyed again: what an issuer publishes never stands in the way of that");
  await engine(stack, ["destroy", "-input=false", "-auto-approve"]);
  const { cwd, env } = stack.imported;
  await engine(stack, ["destroy", "-input=false", "-auto-approve"], { cwd, env });
  promise(api.store.gateways().length === 0 && api.store.attachments().length === 0, "nothing is left at the API");
}
