// What the Action is given that it cannot use: each ends with 2 and a code, and is never taken for something else.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import {
  action,
  comments,
  commit,
  defaults,
  file,
  folder,
  git,
  marker,
  outside,
  plan,
  program,
  pullRequest,
  root,
} from "./action-checkout";

const home = path.join(root, "packages/review/action");

/** Runs a script as GitLab's job does, with the variables that it is given and no other. */
const started = (env: Record<string, string>, script = "review.mjs") =>
  new Promise<{ code: number; text: string }>((resolve) =>
    execFile(
      path.join(home, "start.sh"),
      [script],
      { cwd: folder, env: { PATH: process.env.PATH, HOME: outside, RUNNER_TEMP: outside, ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    ),
  );
const asked = (base: string) => ({ REVIEW_BASE_REVISION: base, REVIEW_PLAN: "plan.json", REVIEW_PREFLIGHT: "false" });

test("action.yml sets every variable that is the scripts' own", () => {
  const texts = new Map(
    readdirSync(home)
      .filter((name) => /\.(mjs|sh)$/.test(name))
      .map((name) => [name, readFileSync(path.join(home, name), "utf8")]),
  );
  const namesIn = (names: string[]) =>
    new Set(
      names.flatMap((name) => texts.get(name)?.match(/\b(?:REVIEW_[A-Z_]*[A-Z]|PULL_REQUEST|COMMENT_FILE)\b/g) ?? []),
    );
  const { steps } = parse(readFileSync(path.join(root, "action.yml"), "utf8")).runs as {
    steps: { env: Record<string, string> }[];
  };
  const [review, comment] = steps.map(({ env }) => Object.keys(env));
  const ofComment = ["start.sh", "comment.mjs", "identity.mjs"];
  const ofReview = [...texts.keys()].filter((name) => name !== "comment.mjs");
  expect(namesIn(ofReview).size).toBeGreaterThan(10);
  expect([...namesIn(ofReview)].filter((name) => !review?.includes(name))).toEqual([]);
  expect(namesIn(ofComment).size).toBeGreaterThan(2);
  expect([...namesIn(ofComment)].filter((name) => !comment?.includes(name))).toEqual([]);
});

describe("an input that is neither true nor false is refused", () => {
  test.each([
    ["preflight", "True"],
    ["preflight", "no"],
    ["preflight", "false "],
    ["comment", "yes"],
    ["comment", "False\n::warning::x"],
  ])("%s: %j", async (input, value) => {
    comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
    const base = commit("base");
    file("plan.json", plan("support-mcp"));
    const { steps } = await action({ ...defaults, [input]: value }, pullRequest(base));
    expect(steps).toMatchObject([
      { code: 2, stdout: expect.stringMatching(`${input} is .*neither true nor false.*\\[input-invalid\\]`) },
      { code: 0 },
    ]);
    expect(steps[0]?.stdout).not.toMatch(/^::warning/m);
    expect(comments.list[0]?.body).toContain("could not be reviewed");
  });

  test.each([
    ["false", 1],
    ["true", 2],
  ])("comment: %j is none", async (comment, count) => {
    const base = commit("base");
    file("plan.json", plan("support-mcp"));
    const { steps } = await action({ ...defaults, comment }, pullRequest(base));
    expect(steps.map(({ code }) => code)).toEqual(Array(count).fill(0));
  });
});

describe("a file that has no end is refused, and not waited for", () => {
  const pipe = (file: string) => execFileSync("mkfifo", [file]);
  test.each<[string, () => Record<string, string>]>([
    [
      "plan",
      () => {
        pipe(path.join(folder, "pipe"));
        return { plan: "pipe" };
      },
    ],
    [
      "plan",
      () => {
        pipe(path.join(outside, "pipe"));
        return { plan: path.join(outside, "pipe") };
      },
    ],
    ["plan", () => ({ plan: "/dev/zero" })],
    ["plan", () => ({ plan: "." })],
    [
      "base",
      () => {
        pipe(path.join(folder, "pipe"));
        return { base: "pipe" };
      },
    ],
    [
      "policy",
      () => {
        pipe(path.join(folder, "mcpstack-review.yaml"));
        return {};
      },
    ],
  ])("%s", async (input, prepare) => {
    const base = commit("base");
    file("plan.json", plan("other"));
    const { steps } = await action({ ...defaults, ...prepare() }, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringMatching(`${input} .*\\[not-a-file\\]`) });
  });

  test("a repository that is a pipe", async () => {
    const base = commit("base");
    file("plan.json", plan("other"));
    rmSync(path.join(folder, ".git"), { recursive: true });
    pipe(path.join(folder, ".git"));
    const { steps } = await action(defaults, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringContaining("[base-unreadable]") });
  });
});

describe("no review, and 2, where there is no place for it", () => {
  test.each<[string, () => string]>([
    ["is not there", () => path.join(outside, "gone")],
    [
      "is a file",
      () => {
        writeFileSync(path.join(outside, "file"), "");
        return path.join(outside, "file");
      },
    ],
  ])("a folder for temporary files that %s", async (_name, make) => {
    comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
    const base = commit("base");
    file("plan.json", plan("other"));
    const { steps, outputs, summary } = await action(defaults, pullRequest(base), { env: { RUNNER_TEMP: make() } });
    expect(steps).toMatchObject([
      { code: 2, stdout: expect.stringMatching(/RUNNER_TEMP.*\[folder-unusable\]/) },
      { code: 0 },
    ]);
    expect(outputs["steps.review.outputs.exit-code"]).toBe("2");
    expect(summary).toContain("could not be reviewed");
    expect(comments.list[0]?.body).toContain("could not be reviewed");
  });

  test.each<[string, RegExp, () => Record<string, string>]>([
    ["a folder of reports that is not there", /REVIEW_OUTPUT.*\[folder-unusable\]/, () => ({ REVIEW_OUTPUT: "gone" })],
    [
      "a report in whose place is a folder",
      /REVIEW_OUTPUT.*\[folder-unusable\]/,
      () => {
        mkdirSync(path.join(outside, "reports/review.md"), { recursive: true });
        return { REVIEW_OUTPUT: path.join(outside, "reports") };
      },
    ],
    ["outputs that cannot be written", /outputs.*\[folder-unusable\]/, () => ({ GITHUB_OUTPUT: folder })],
    ["a host that is not known", /"bitbucket".*\[host-unknown\]/, () => ({ REVIEW_HOST: "bitbucket" })],
    ["a host that every object has", /"constructor".*\[host-unknown\]/, () => ({ REVIEW_HOST: "constructor" })],
    ["a checkout that is not there", /\[checkout-missing\]/, () => ({ REVIEW_CHECKOUT: path.join(outside, "gone") })],
    [
      "no Node but a link to the checkout's",
      /\[node-missing\]/,
      () => {
        program("bin/node", "#!/bin/sh\nexit 0\n");
        symlinkSync(path.join(folder, "bin/node"), path.join(outside, "node"));
        return { PATH: `${folder}/bin:${outside}` };
      },
    ],
    ["no Node", /\[node-missing\]/, () => ({ PATH: "/nowhere:bin" })],
  ])("%s", async (_name, words, prepare) => {
    const base = commit("base");
    file("plan.json", plan("other"));
    const { code, text } = await started({ ...asked(base), ...prepare() });
    expect([code, text]).toEqual([2, expect.stringMatching(words)]);
  });

  test("a report of an earlier run, or a link in its place, is not this one's", async () => {
    const reports = path.join(outside, "reports");
    mkdirSync(reports);
    writeFileSync(path.join(outside, "kept"), "kept");
    symlinkSync(path.join(outside, "kept"), path.join(reports, "review.md"));
    execFileSync("mkfifo", [path.join(reports, "review.sarif")]);
    const base = commit("base");
    file("plan.json", plan("other"));
    const { code } = await started({ ...asked(base), REVIEW_OUTPUT: reports });
    expect(code).toBe(0);
    expect(readFileSync(path.join(outside, "kept"), "utf8")).toBe("kept");
    expect(readFileSync(path.join(reports, "review.md"), "utf8")).toContain("Client id changed");
    expect(JSON.parse(readFileSync(path.join(reports, "review.sarif"), "utf8")).version).toBe("2.1.0");
    expect(git("status", "--porcelain")).toBe("?? plan.json");
    expect(existsSync(path.join(folder, "review.md"))).toBe(false);
  });
});
