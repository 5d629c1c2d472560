// The CDKTF stack of examples/cdktf in a folder of its own, and how it is synthesised and driven.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { command, DemoFailed, promise, say } from "./narrate.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** A folder of the demo's own, made anew at each run: a killed demo leaves nothing that the next one trips over. */
export function prepareStack({ api, issuer, program, name }) {
  const folder = path.join(root, ".cache/demo");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "import"), { recursive: true });
  writeApp(folder, "../../examples/cdktf/main.ts");
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

function writeApp(folder, program) {
  const json = { language: "typescript", app: `node --import tsx ${program}`, output: "cdktf.out" };
  writeFileSync(path.join(folder, "cdktf.json"), JSON.stringify({ ...json, sendCrashReports: "false" }));
}

/** Gives the stack another program from the next synth on. */
export function setProgram({ folder }, text) {
  writeFileSync(path.join(folder, "main.ts"), text);
  writeApp(folder, "main.ts");
}

export async function synth(stack, env = {}) {
  const cli = path.join(path.dirname(require.resolve("cdktf-cli/package.json")), "bundle/bin/cdktf.js");
  say("$ npx cdktf synth");
  // Its progress is drawn for a terminal, over and over; what went wrong is in its output all the same.
  const options = { cwd: stack.folder, env: { ...stack.env, ...env }, quiet: true };
  const { status, stdout } = await command(process.execPath, [cli, "synth"], options);
  if (status !== 0) throw new DemoFailed(`cdktf synth failed:\n${stdout}`);
  promise(existsSync(path.join(stack.at, "cdk.tf.json")), "cdktf.out/stacks/support/cdk.tf.json is written");
}

/** Runs the engine; `expect` lists the exit statuses that are fine. */
export async function engine(stack, args, { cwd = stack.at, env = {}, expect = [0], quiet = false } = {}) {
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
export async function planned(stack, file, cwd = stack.at) {
  const { stdout } = await engine(stack, ["show", "-json", file], { quiet: true, cwd });
  const changes = JSON.parse(stdout).resource_changes ?? [];
  return changes.filter(({ change }) => change.actions.join() !== "no-op" || change.importing);
}
