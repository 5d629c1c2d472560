// Runs the carried review over a checkout, for action.yml and for GitLab's job; start.sh starts it. The checkout is data: nothing in it is
// run, or asked how to run anything. Ends with 0 nothing at or above fail-on, 1 findings, 2 not reviewed.
//
// Takes from the environment, beside what base-revision.mjs and git-objects.mjs name:
//   REVIEW_PLAN, REVIEW_BASE, REVIEW_POLICY, REVIEW_ENVIRONMENT, REVIEW_FAIL_ON, REVIEW_SOURCE, REVIEW_PREFLIGHT   inputs of action.yml
//   REVIEW_CHECKOUT   the checkout. Default: GITHUB_WORKSPACE, else the working directory
//   REVIEW_HOST       github or gitlab: what the reports are. Default: github
//   REVIEW_OUTPUT     folder of the reports. Default: a new one outside of the checkout
//   REVIEW_TOKEN      may read the repository; it is used to fetch the base and given to nothing else
//   GITHUB_OUTPUT, GITHUB_STEP_SUMMARY   files to which outputs and the summary are added
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fileAt } from "./base-policy.mjs";
import { baseRevision } from "./base-revision.mjs";
import { checkoutAt, plainPath, policyPlace } from "./checkout-paths.mjs";
import { GitObjects } from "./git-objects.mjs";
import { Problem } from "./problem.mjs";
import { unreviewed } from "./unreviewed.mjs";

const program = fileURLToPath(new URL("bundle/mcpstack-iac.cjs", import.meta.url));
const hosts = {
  github: { format: "github", report: "sarif", file: "review.sarif" },
  gitlab: { format: "terminal", report: "gitlab", file: "gl-code-quality-report.json" },
};

const { env } = process;
const host = hosts[env.REVIEW_HOST || "github"];
const work = mkdtempSync(path.join(env.RUNNER_TEMP || tmpdir(), "mcpstack-review."));
const output = path.resolve(env.REVIEW_OUTPUT || work);
const comment = path.join(output, "review.md");
const report = path.join(output, host.file);

let code = 2;
try {
  code = await review();
} catch (error) {
  tell(error instanceof Problem ? error.message : `An unexpected error: ${error.stack}`);
}
if (!existsSync(comment)) code = 2;
// What was written before it failed is half a review.
if (code === 2) {
  rmSync(report, { force: true });
  writeFileSync(comment, unreviewed);
}
append(env.GITHUB_STEP_SUMMARY, readFileSync(comment, "utf8"));
append(env.GITHUB_OUTPUT, `exit-code=${code}\ncomment-file=${comment}\n`);
if (existsSync(report)) append(env.GITHUB_OUTPUT, `${host.report}-file=${report}\n`);
process.exitCode = code;

async function review() {
  const checkout = await checkoutAt(env.REVIEW_CHECKOUT || env.GITHUB_WORKSPACE || ".");
  const at = (input, value) => plainPath(checkout, input, value);
  const plan = await at("plan", env.REVIEW_PLAN || "");
  const base = env.REVIEW_BASE === "none" ? "none" : env.REVIEW_BASE && (await at("base", env.REVIEW_BASE));
  const source = await at("source", env.REVIEW_SOURCE || ".");
  const policy = await policies(checkout);
  return run(checkout, [
    `--format=${host.format}`,
    `--also=markdown=${comment}`,
    `--also=${host.report}=${report}`,
    `--fail-on=${env.REVIEW_FAIL_ON || "error"}`,
    `--source=${source}`,
    `--policy=${policy.head}`,
    `--base-policy=${policy.base}`,
    ...(base ? [`--base=${base}`] : []),
    ...(env.REVIEW_ENVIRONMENT ? [`--environment=${env.REVIEW_ENVIRONMENT}`] : []),
    ...((env.REVIEW_PREFLIGHT || "true") === "true" ? [] : ["--no-preflight"]),
    "--",
    plan,
  ]);
}

/** The policy as the base has it, which holds, so that nobody excuses himself; and as the change has it, to tell what it does to it. */
async function policies(checkout) {
  const revision = baseRevision(env);
  const { repository, steps, file } = await policyPlace(checkout, env.REVIEW_POLICY || "mcpstack-review.yaml");
  const objects = new GitObjects({ repository, revision, work, env, token: env.REVIEW_TOKEN });
  const held = await fileAt(objects, revision, steps);
  const place = steps.join("/");
  console.log(
    `The policy that holds: ${held === undefined ? "none, since there is no" : "the"} ${place} at ${revision}.`,
  );
  return {
    head: file ?? written("removed-policy.yaml", "version: 1\n"),
    base: held ? written("base-policy.yaml", held) : "none",
  };
}

function written(name, content) {
  const file = path.join(work, name);
  writeFileSync(file, content);
  return file;
}

/** Runs the review with the variables that it takes, and no other: a library or Node itself may read more than is meant. */
function run(checkout, args) {
  const known = /^(?:(?:MCPSTACK|AGENETIX)_.*|HTTPS?_PROXY|NO_PROXY|NO_COLOR|NODE_EXTRA_CA_CERTS|SYSTEMROOT)$/i;
  const given = Object.fromEntries(Object.entries(env).filter(([name]) => known.test(name)));
  const child = spawn(process.execPath, [program, "review", ...args], {
    cwd: checkout.name,
    env: given,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status === 0 || status === 1 ? status : 2));
  });
}

function tell(message) {
  const data = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  console.log(host === hosts.github ? `::error title=MCP Stack review::${data}` : `MCP Stack review: ${message}`);
}

function append(file, text) {
  if (file) appendFileSync(file, text);
}
