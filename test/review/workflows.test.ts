// What people copy: the example workflows, GitLab's job, and the commands in the documentation.
import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import {
  commit,
  copyOfAction,
  file,
  folder,
  git,
  lax,
  link,
  outside,
  owned,
  plan,
  program,
  root,
  strict,
} from "./action-checkout";

/** An expression of GitHub's, as it is written in a workflow. */
const expression = (text: string) => `$\{{ ${text} }}`;

interface Step {
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly id?: string;
  readonly "continue-on-error"?: boolean;
}
interface Job {
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>> & { readonly review: Job };
}

const workflowFolder = path.join(root, "examples/workflows");
const textOf = (name: string) => readFileSync(path.join(workflowFolder, name), "utf8");
const workflowOf = (name: string) => parse(textOf(name)) as Workflow;
const ours = (uses: string | undefined) => uses?.startsWith("mcpstack/") === true;
const reviews = ["terraform.yml", "cdktf.yml", "pulumi.yml"];

test.each(reviews)("%s gives the Action only inputs that it has, and pastes nothing into a script", (name) => {
  const { inputs } = parse(readFileSync(path.join(root, "action.yml"), "utf8"));
  const { jobs } = workflowOf(name);
  const steps = jobs.review.steps.filter(({ uses }) => ours(uses));
  expect(steps).toHaveLength(1);
  expect(Object.keys(steps[0]?.with ?? {}).filter((key) => inputs[key] === undefined)).toEqual([]);
  expect(steps[0]?.with?.plan).toMatch(/^\$\{\{ runner\.temp \}\}\/.*\.json$/);
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ""));
  expect(scripts.join("\n")).not.toContain(expression("").slice(0, 3));
});

test.each(reviews)("%s reviews every change, also in a merge queue", (name) => {
  expect(workflowOf(name).on).toEqual({ pull_request: null, merge_group: null });
});

test.each(reviews)("%s runs nothing of the pull request where it judges and may write", (name) => {
  const { jobs, permissions } = workflowOf(name);
  expect(permissions).toEqual({ contents: "read" });
  for (const [key, job] of Object.entries(jobs)) {
    const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual([false]);
    if (key !== "review") expect(job.permissions).toBeUndefined();
  }
  const { steps, needs, if: condition } = jobs.review;
  expect(steps.map(({ run }) => run ?? "").join("\n")).not.toMatch(/npm|npx|terraform|pulumi|cdktf synth/);
  const at = (action: string) => steps.findIndex(({ uses }) => uses?.startsWith(action));
  expect(at("actions/setup-node@")).toBeLessThan(at("actions/checkout@"));
  expect(needs?.length).toBeGreaterThan(0);
  // Skipped, it would count as passed.
  expect(condition).toBe(expression("!cancelled()"));
});

test.each(readdirSync(workflowFolder))(
  "%s gives its secrets to the steps that need them, and to none that installs",
  (name) => {
    const isSecret = (env: object | undefined) => JSON.stringify(env ?? {}).includes("secrets.");
    const { env, jobs } = workflowOf(name);
    expect(isSecret(env)).toBe(false);
    const steps = Object.values(jobs).flatMap((job) => {
      expect(isSecret(job.env)).toBe(false);
      return job.steps;
    });
    const given = steps.filter((step) => isSecret(step.env));
    expect(given.length > 0).toBe(textOf(name).includes("secrets."));
    for (const { run } of given) expect(run ?? "").not.toMatch(/npm (?:ci|i|install)\b|npx -y/);
  },
);

test.each([
  ["terraform.yml", "steps.plans.outputs.base"],
  ["cdktf.yml", "steps.base.outputs.file"],
])("%s compares with the base, which a job of its own makes", (name, value) => {
  const { jobs } = workflowOf(name);
  expect(jobs.review.steps.find(({ uses }) => ours(uses))?.with?.base).toBe(expression(value));
  const ref = jobs.base?.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"))?.with?.ref;
  expect(ref).toBe(expression("github.event.pull_request.base.sha || github.event.merge_group.base_sha"));
});

test.each(readdirSync(workflowFolder))("every action that %s uses is named by its commit", (name) => {
  const uses = [...textOf(name).matchAll(/uses: (\S+)(.*)/g)].map(([, action, rest]) => ({
    action: action ?? "",
    rest,
  }));
  expect(uses.length).toBeGreaterThan(1);
  for (const { action, rest } of uses) {
    expect(action).toMatch(/^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$/);
    // Nothing of this project is released: no commit can be meant, and no tag may be anybody's.
    if (ours(action)) expect(action).toMatch(/@0{40}$/);
    else expect(rest).toMatch(/^ # v\d+\.\d+\.\d+$/);
  }
});

test("nothing that people copy has npm look for a name that is not published", () => {
  const tracked = execFileSync("git", ["ls-files", "-z", "*.md", "*.yml", "*.yaml", "*.sh"], { cwd: root }).toString();
  const found = tracked.split("\0").filter((name) => {
    if (name === "" || !existsSync(path.join(root, name))) return false;
    return /\b(?:npx|npm (?:exec|i|install)) (?:[^\n|&;`]*\s)?(?:@mcpstack\/|mcpstack-)/.test(
      readFileSync(path.join(root, name), "utf8"),
    );
  });
  expect(found).toEqual([]);
});

describe("plans on their way from one job to the other", () => {
  const script = (job: "plan" | "base" | "review", name: string) => {
    const { jobs } = parse(textOf("terraform.yml")) as {
      jobs: Record<string, { steps: Step[] }>;
    };
    return jobs[job]?.steps.find((step) => step.name === name)?.run ?? "";
  };
  const run = (text: string, key: string) =>
    execFileSync("bash", ["-e", "-o", "pipefail", "-c", text], {
      env: { PATH: process.env.PATH, RUNNER_TEMP: outside, PLAN_KEY: key, GITHUB_OUTPUT: path.join(outside, "output") },
      stdio: "pipe",
    });

  test.each([[["plan"]], [["plan", "base"]]] as const)("are read again by who has the key: %j", (names) => {
    mkdirSync(path.join(outside, "plans"));
    for (const name of names) {
      writeFileSync(path.join(outside, `${name}.json`), `{"secret":"hush-${name}"}`);
      run(script(name, "Encrypt"), "key");
      cpSync(path.join(outside, `${name}.json.enc`), path.join(outside, "plans", `${name}.json.enc`));
      expect(readFileSync(path.join(outside, `${name}.json.enc`), "latin1")).not.toContain("hush");
    }
    run(script("review", "Decrypt"), "key");
    const outputs = names.map((name) => `${name}=${path.join(outside, "plans", `${name}.json`)}\n`);
    expect(readFileSync(path.join(outside, "output"), "utf8")).toBe(outputs.join(""));
    for (const name of names)
      expect(readFileSync(path.join(outside, "plans", `${name}.json`), "utf8")).toContain(`hush-${name}`);
    expect(() => run(script("review", "Decrypt"), "another key")).toThrow();
  });

  test("are not encrypted with no key at all", () => {
    writeFileSync(path.join(outside, "plan.json"), "{}");
    expect(() => run(script("plan", "Encrypt"), "")).toThrow(/MCPSTACK_PLAN_KEY is not set/);
  });
});

describe("GitLab's job", () => {
  /** Runs the job's script, with repositories on this machine in the place of GitLab's. */
  function job(variables: Record<string, string> = {}) {
    const { script } = (parse(readFileSync(path.join(root, "examples/gitlab/review.gitlab-ci.yml"), "utf8")) as never)[
      "mcpstack-review"
    ] as { script: string[] };
    const reviewer = copyOfAction(path.join(outside, "reviewer"));
    const inReviewer = (...args: string[]) =>
      execFileSync("git", args, { cwd: reviewer, stdio: "pipe" }).toString().trim();
    inReviewer("init", "-q");
    inReviewer("add", "-A", "-f");
    inReviewer("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "reviewer");
    const env = {
      PATH: process.env.PATH,
      HOME: outside,
      TMPDIR: outside,
      OWNED: owned,
      CI_PROJECT_DIR: folder,
      CI_PROJECT_ID: "1",
      CI_MERGE_REQUEST_PROJECT_ID: "1",
      CI_REPOSITORY_URL: `file://${folder}`,
      CI_COMMIT_SHA: git("rev-parse", "change"),
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      MCPSTACK_REVIEWER_URL: `file://${reviewer}`,
      MCPSTACK_REVIEWER_COMMIT: inReviewer("rev-parse", "HEAD"),
      ...variables,
    };
    // No test depends on the network.
    const text = script.join("\n").replace("REVIEW_PREFLIGHT=true", "REVIEW_PREFLIGHT=false");
    return new Promise<{ code: number; text: string }>((resolve) =>
      execFile("bash", ["-eo", "pipefail", "-c", text], { cwd: folder, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
      ),
    );
  }
  const made = (name: string) => path.join(folder, "mcpstack-review", name);
  const change = (content: () => void) => {
    file("mcpstack-review.yaml", strict);
    commit("target");
    git("checkout", "-q", "-b", "change");
    file("mcpstack-review.yaml", lax);
    content();
    commit("change");
    // What the job `plan` made takes the place of what was there.
    rmSync(path.join(folder, "plan.json"), { force: true });
    file("plan.json", plan("other"));
  };

  test("reviews with the target branch's policy, and writes both reports", async () => {
    change(() => {});
    const { code, text } = await job();
    expect([code, text]).toEqual([1, expect.stringContaining("error client-changed")]);
    expect(readFileSync(made("review.md"), "utf8")).toMatch(/Client id changed[\s\S]*policy changed/);
    expect(JSON.parse(readFileSync(made("gl-code-quality-report.json"), "utf8"))).not.toEqual([]);
  });

  test("runs nothing of the change, and takes none of its reports", async () => {
    change(() => {
      program("node_modules/mcpstack-iac/run.sh", '#!/bin/sh\ntouch "$OWNED"\n');
      file("node_modules/mcpstack-iac/package.json", { name: "mcpstack-iac", version: "0.1.0", bin: "run.sh" });
      file(".npmrc", "node-options=--require=./evil.cjs\n");
      file("evil.cjs", 'require("node:fs").writeFileSync(process.env.OWNED, "");\n');
      file("elsewhere/review.md", "forged: all is well");
      file("elsewhere/gl-code-quality-report.json", "[]");
      link("elsewhere", "mcpstack-review");
    });
    const { code } = await job();
    expect(code).toBe(1);
    expect(existsSync(owned)).toBe(false);
    expect(readFileSync(path.join(folder, "elsewhere/review.md"), "utf8")).toContain("forged");
    expect(readFileSync(made("review.md"), "utf8")).toContain("Client id changed");
  });

  test("takes no variable of the script's from the environment", async () => {
    change(() => {});
    const { code } = await job({
      REVIEW_FAIL_ON: "never",
      REVIEW_POLICY: "elsewhere.yaml",
      REVIEW_HOST: "github",
      REVIEW_CHECKOUT: outside,
      REVIEW_OUTPUT: outside,
      REVIEW_PUSH_BEFORE: git("rev-parse", "change"),
    });
    expect(code).toBe(1);
    expect(readFileSync(made("review.md"), "utf8")).toMatch(/Client id changed[\s\S]*policy changed/);
  });

  test.each<[string, Record<string, string>, () => void, RegExp]>([
    [
      "what the environment calls the base, where there is no target branch",
      { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "gone", REVIEW_PULL_REQUEST_BASE: "1".repeat(40) },
      () => {},
      /no base revision/,
    ],
    ["a fork's own target branch", { CI_MERGE_REQUEST_PROJECT_ID: "2" }, () => {}, /in its target project/],
    [
      "a target branch that is not there",
      { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "gone" },
      () => {},
      /no base revision/,
    ],
    ["a committed plan", {}, () => file("plan.json", plan("support-mcp")), /plan\.json is committed/],
    ["a committed base", {}, () => file("base.json", plan("support-mcp")), /base\.json is committed/],
    ["a plan that is committed as a link", {}, () => link("elsewhere.json", "plan.json"), /plan\.json is committed/],
  ])("does not review %s", async (_name, variables, content, words) => {
    change(content);
    const { code, text } = await job(variables);
    expect([code, text]).toEqual([2, expect.stringMatching(words)]);
    expect(existsSync(made("gl-code-quality-report.json"))).toBe(false);
  });

  test("compares with a base that a job made", async () => {
    change(() => {});
    file("base.json", plan("support-mcp"));
    await job();
    expect(readFileSync(made("review.md"), "utf8")).toContain("was compared with that of the base");
  });
});

test("docs/review/action.md has the code of every reason for which there is no review", () => {
  const home = path.join(root, "packages/review/action");
  const texts = readdirSync(home)
    .filter((name) => /\.(mjs|sh)$/.test(name))
    .map((name) => readFileSync(path.join(home, name), "utf8"));
  const codes = texts.flatMap((text) =>
    [...text.matchAll(/new Problem\(\s*"([a-z-]+)"|\[([a-z]+-[a-z-]+)\]"/g)].map(([, one, other]) => one ?? other),
  );
  const page = readFileSync(path.join(root, "docs/review/action.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)]
    .map(([, code]) => code)
    .filter((code) => code?.includes("-"));
  expect(listed.sort()).toEqual([...new Set(codes)].sort());
});

test("the carried command starts under its name, from a folder of the path", () => {
  const bin = path.join(root, "packages/review/action/bin");
  const env = { PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}` };
  expect(execFileSync("mcpstack-iac", ["--version"], { cwd: outside, env }).toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
});
