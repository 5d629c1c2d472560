// The Pulumi program of pulumi-project, previewed and updated by the real command line. Its state is a folder; no account is needed.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { command, DemoFailed, heading, promise, say } from "./narrate.mjs";
import { makeByHand, moveWithinOrigin } from "./surroundings.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const { startIssuer, startLocalApi } = require("@mcpstack/local-api");

/** @param {{engines: {pulumi: {path: string, folder: string}}}} options */
export async function run({ engines }) {
  const api = await startLocalApi();
  const issuer = await startIssuer();
  const stops = [() => api.close(), () => issuer.close()];
  try {
    const project = prepareFolder({ api, issuer, engine: engines.pulumi });
    say(`An embedded MCP Stack API listens at ${api.url}, a real OpenID issuer at ${issuer.url}.`);
    await createAndLeaveAlone(project, api);
    await update(project, api);
    await adoptExisting(project, api);
    await issuer.close();
    await moveTheIssuer(project, issuer, stops);
    await destroy(project, api);
    console.log("\nThat was the whole job. To do it in your own organization:\n");
    console.log("  export MCPSTACK_ORG_ID=…  MCPSTACK_ACCESS_TOKEN=…");
    console.log("  cp -r examples/pulumi-environments my-gateways; docs/pulumi says how to go on\n");
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

/** A folder of the demo's own, made anew at each run: a killed demo leaves nothing that the next one trips over. */
function prepareFolder({ api, issuer, engine }) {
  const folder = path.join(root, ".cache/demo-pulumi");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "state"), { recursive: true });
  cpSync(path.join(import.meta.dirname, "pulumi-project"), folder, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI_|MCPSTACK_|AGENETIX_)/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    ...api.environment(),
    PATH: `${engine.folder}${path.delimiter}${process.env.PATH}`,
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    PULUMI_HOME: path.join(root, ".cache/pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  return { folder, env, program: engine.path, issuer: issuer.url };
}

/** Runs the engine; `expect` lists the exit statuses that are fine. */
async function pulumi(project, args, { expect = [0], quiet = false } = {}) {
  const shown = ["pulumi", ...args];
  const plain = process.stdout.isTTY && !process.env.NO_COLOR ? ["--color=always"] : ["--color=never"];
  const options = { cwd: project.folder, env: project.env, shown, quiet };
  const outcome = await command(project.program, [...args, "--non-interactive", ...plain], options);
  if (!expect.includes(outcome.status)) throw new DemoFailed(`${shown.join(" ")} ended with status ${outcome.status}`);
  return outcome;
}

const configure = (project, ...args) => pulumi(project, ["config", "set", ...args], { quiet: true });
const up = (project, options) => pulumi(project, ["up", "--yes", "--skip-preview"], options);
// The engine's own display wraps nothing, but paints: the figures are in the text without its colours.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken out
const plainly = ({ stdout }) => stdout.replace(/\u001b\[[0-9;]*m/g, "");

async function createAndLeaveAlone(project, api) {
  heading("A Pulumi program becomes a preview: one gateway, two servers attached to it");
  await pulumi(project, ["stack", "init", "demo"], { quiet: true });
  await configure(project, "issuer", project.issuer);
  await configure(project, "--path", "scopes[0]", "openid");
  await configure(project, "--path", "scopes[1]", "tickets.read");
  const preview = await pulumi(project, ["preview"]);
  promise(plainly(preview).includes("/oauth/callback"), "the callback URLs are in the preview, before anything exists");

  heading("The program is brought about");
  await up(project);
  const [gateway] = api.store.gateways();
  const attached = api.store.attachments().filter(({ gatewayId }) => gatewayId === gateway?.id);
  promise(gateway?.name === "Support API" && attached.length === 2, "the API has the gateway and both attachments");
  const state = await pulumi(project, ["stack", "export", "--show-secrets"], { quiet: true });
  promise(!state.stdout.includes(api.accessToken), "the credential is nowhere in the state");

  heading("Nothing changed, so the next preview is empty, also after a look at what is there");
  await pulumi(project, ["preview", "--refresh", "--expect-no-changes"]);
  promise(true, "no changes");
}

async function update(project, api) {
  heading("A scope is added to the program: an update in place, of that property alone");
  await configure(project, "--path", "scopes[2]", "tickets.write");
  const preview = plainly(await pulumi(project, ["preview", "--diff"]));
  promise(
    /~ scopes/.test(preview) && !/[~+-] (clientId|metadata|name|authorizationServerUrl|callbackUrl)/.test(preview),
    "the preview changes the gateway's scopes and nothing else",
  );
  await up(project);
  promise(api.store.gateways()[0]?.scopes?.includes("tickets.write"), "the API has the new scope");
}

async function adoptExisting(project, api) {
  heading("A gateway and an attachment that somebody made through the API are taken over by the program");
  const made = await makeByHand(api, project.issuer);
  await configure(project, "billing", "true");
  const preview = plainly(await pulumi(project, ["preview"]));
  promise(
    preview.includes(`takes over the existing gateway ${made.id}`),
    "the preview says which gateway it takes over",
  );
  await up(project);
  promise(api.store.gateways().length === 2, "no second gateway was made");
  await pulumi(project, ["preview", "--refresh", "--expect-no-changes"], { quiet: true });
  promise(true, "the preview after it is empty");
}

async function moveTheIssuer(project, issuer, stops) {
  const moved = await moveWithinOrigin(issuer.url);
  stops.push(moved.close);

  heading("The issuer's operator moves its endpoints: the next preview says so, and an update accepts it");
  const preview = plainly(await pulumi(project, ["preview", "--diff"]));
  promise(
    /~ tokenEndpoint\s*: ".*" => ".*\/v2\/token"/.test(preview),
    "the preview shows the move as a change of the accepted metadata",
  );
  await up(project);
  await pulumi(project, ["preview", "--expect-no-changes"], { quiet: true });
  promise(true, "accepted: the preview after it is empty");

  heading("It moves to another origin: that is never accepted by an update");
  moved.moveAway();
  const warned = plainly(await pulumi(project, ["preview", "--expect-no-changes"]));
  promise(warned.includes("attacker.example"), "the preview changes nothing and warns");
  await up(project, { quiet: true });
  const state = await pulumi(project, ["stack", "export"], { quiet: true });
  promise(!state.stdout.includes("attacker.example"), "an update did not accept it either");

  heading("Something else in the program is edited: the refused move stays refused, and is still said");
  await configure(project, "resource", "urn:example:support-api:v2");
  const edited = plainly(await pulumi(project, ["preview", "--diff"]));
  promise(
    /[~+] resource/.test(edited) && !/[~+-] metadata/.test(edited),
    "the preview changes the resource, and keeps the metadata that was accepted",
  );
  const updated = plainly(await up(project, { quiet: true }));
  const kept = await pulumi(project, ["stack", "export"], { quiet: true });
  promise(
    updated.includes("attacker.example") && !kept.stdout.includes("attacker.example"),
    "the update warns, and nothing of the move was accepted",
  );

  heading('With metadataCheck "error" such a move fails the preview');
  await configure(project, "metadataCheck", "error");
  const failed = await pulumi(project, ["preview"], { expect: [0, 1, 255] });
  promise(failed.status !== 0, "the preview fails");
}

async function destroy(project, api) {
  heading("Everything is destroyed");
  await pulumi(project, ["destroy", "--yes", "--skip-preview"]);
  promise(api.store.gateways().length === 0 && api.store.attachments().length === 0, "the API is empty again");
}
