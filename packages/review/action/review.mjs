// Runs the carried review over a checkout, for action.yml and for GitLab's job; start.sh starts it. The checkout is data: nothing in it is
// run, or asked how to run anything. Ends with 0 nothing at or above fail-on, 1 findings, 2 not reviewed.
//
// Takes from the environment, beside what base-revision.mjs and git-objects.mjs name:
//   REVIEW_PLAN, REVIEW_BASE, REVIEW_SAVED_PLAN, REVIEW_NAME, REVIEW_POLICY, REVIEW_ENVIRONMENT, REVIEW_FAIL_ON, REVIEW_SOURCE,
//   REVIEW_COMMENT, REVIEW_PREFLIGHT  inputs of action.yml
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
import { checkoutAt, plainPath, policyPlace, regularFile } from "./checkout-paths.mjs";
import { GitObjects } from "./git-objects.mjs";
import { reviewName, unreviewed } from "./identity.mjs";
import { Problem } from "./problem.mjs";

const program = fileURLToPath(new URL("bundle/mcpstack-iac.cjs", import.meta.url));
const hosts = {
  github: { format: "github", report: "sarif", file: "review.sarif" },
  gitlab: { format: "terminal", report: "gitlab", file: "gl-code-quality-report.json" },
};

const { env } = process;
const name = reviewName(env);
const notReviewed = unreviewed(name);
/** The folder for what only this run needs, once there is one. */
let work;

process.exitCode = await main();

/** Reviews, and says of any failure that there is no review. */
async function main() {
  let place;
  try {
    place = preparedPlace();
    const code = await review(place);
    return publish(place, existsSync(place.comment) ? code : 2);
  } catch (error) {
    tell(error instanceof Problem ? error.message : `An unexpected error: ${error.stack}`);
  }
  try {
    return publish(place, 2);
  } catch (error) {
    tell(new Problem("folder-unusable", `The outputs cannot be written (${error.code ?? error.message}).`).message);
    return 2;
  }
}

/** Where the reports go. What an earlier run left there is not this one's. */
function preparedPlace() {
  const reader = env.REVIEW_HOST || "github";
  if (!Object.hasOwn(hosts, reader))
    throw new Problem("host-unknown", `REVIEW_HOST is ${JSON.stringify(reader)}, and neither github nor gitlab.`);
  const host = hosts[reader];
  const temporary = env.RUNNER_TEMP || tmpdir();
  work = usable("The folder for temporary files (RUNNER_TEMP)", () =>
    mkdtempSync(path.join(path.resolve(temporary), "mcpstack-review.")),
  );
  const output = path.resolve(env.REVIEW_OUTPUT || work);
  const place = { host, comment: path.join(output, "review.md"), report: path.join(output, host.file) };
  usable("The folder of the reports (REVIEW_OUTPUT)", () => {
    for (const file of [place.comment, place.report]) rmSync(file, { force: true });
    writeFileSync(place.comment, notReviewed);
    rmSync(place.comment);
  });
  return place;
}

function usable(what, use) {
  try {
    return use();
  } catch (error) {
    throw new Problem("folder-unusable", `${what} cannot be used (${error.code ?? error.message}).`);
  }
}

/**
 * Tells the host what came out.
 * @param place undefined where there is nowhere to write a report
 */
function publish(place, code) {
  // What was written before it failed is half a review.
  if (code === 2 && place !== undefined) {
    rmSync(place.report, { force: true });
    writeFileSync(place.comment, notReviewed);
  }
  append(env.GITHUB_STEP_SUMMARY, place === undefined ? notReviewed : readFileSync(place.comment, "utf8"));
  append(env.GITHUB_OUTPUT, `exit-code=${code}\n`);
  if (place === undefined) return code;
  append(env.GITHUB_OUTPUT, `comment-file=${place.comment}\n`);
  if (existsSync(place.report)) append(env.GITHUB_OUTPUT, `${place.host.report}-file=${place.report}\n`);
  return code;
}

async function review({ host, comment, report }) {
  // What decides on the comment is the workflow; a value that it does not know is told here.
  choice("comment", env.REVIEW_COMMENT);
  const preflight = choice("preflight", env.REVIEW_PREFLIGHT);
  const checkout = await checkoutAt(env.REVIEW_CHECKOUT || env.GITHUB_WORKSPACE || ".");
  const at = (input, value) => plainPath(checkout, input, value);
  const plan = await at("plan", env.REVIEW_PLAN || "");
  const base = env.REVIEW_BASE === "none" ? "none" : env.REVIEW_BASE && (await at("base", env.REVIEW_BASE));
  const saved = env.REVIEW_SAVED_PLAN && (await at("saved-plan", env.REVIEW_SAVED_PLAN));
  const source = await at("source", env.REVIEW_SOURCE || ".");
  await regularFile(checkout, "plan", plan);
  if (base && base !== "none") await regularFile(checkout, "base", base);
  if (saved) await regularFile(checkout, "saved-plan", saved);
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
    ...(saved ? [`--saved-plan=${saved}`] : []),
    ...(name ? [`--name=${name}`] : []),
    ...(env.REVIEW_ENVIRONMENT ? [`--environment=${env.REVIEW_ENVIRONMENT}`] : []),
    ...(preflight ? [] : ["--no-preflight"]),
    "--",
    plan,
  ]);
}

/** An input that is true or false, and true where it is empty. Another value may mean either. */
function choice(input, value) {
  if (value !== undefined && !["", "true", "false"].includes(value))
    throw new Problem("input-invalid", `${input} is ${JSON.stringify(value)}, and neither true nor false.`);
  return value !== "false";
}

/** The policy as the base has it, which holds, so that nobody excuses himself; and as the change has it, to tell what it does to it. */
async function policies(checkout) {
  const revision = baseRevision(env);
  const { repository, steps, file } = await policyPlace(checkout, env.REVIEW_POLICY || "mcpstack-review.yaml");
  const objects = new GitObjects({ repository, revision, work, env, token: env.REVIEW_TOKEN });
  const held = await fileAt(objects, revision, steps);
  if (file !== undefined) await regularFile(checkout, "policy", file);
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
  console.log(
    env.REVIEW_HOST === "gitlab" ? `MCP Stack review: ${message}` : `::error title=MCP Stack review::${data}`,
  );
}

function append(file, text) {
  if (file) appendFileSync(file, text);
}
