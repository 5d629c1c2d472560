import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";

// The example's own steps, run with a stand-in for the command that notes its arguments and ends as it is told.
const file = path.resolve(__dirname, "../../examples/workflows/drift.yml");
interface Step {
  readonly name?: string;
  readonly run?: string;
}
const workflow = parse(readFileSync(file, "utf8")) as { jobs: { drift: { steps: Step[] } } };
const step = (name: string): string => workflow.jobs.drift.steps.find((one) => one.name === name)?.run ?? "";

const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-workflow-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runStep(name: string, ends: number, env: Record<string, string> = {}) {
  const home = mkdtempSync(path.join(folder, "step-"));
  const bin = path.join(home, "bin");
  mkdirSync(bin);
  for (const program of ["mcpstack-iac", "gh"]) {
    const answer =
      program === "gh" ? 'case "$*" in *list*) printf %s "$OPEN_ISSUE";; esac' : `echo report > drift.md; exit ${ends}`;
    writeFileSync(path.join(bin, program), `#!/bin/sh\necho ${program} "$@" >> "${home}/calls"\n${answer}\n`);
    chmodSync(path.join(bin, program), 0o755);
  }
  const [output, summary] = [path.join(home, "output"), path.join(home, "summary")];
  let status = 0;
  try {
    execFileSync("bash", ["-e", "-o", "pipefail", "-c", step(name)], {
      cwd: home,
      env: { PATH: `${bin}:${process.env.PATH}`, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...env },
      stdio: "pipe",
    });
  } catch (error) {
    status = (error as { status: number }).status;
  }
  const read = (at: string) => {
    try {
      return readFileSync(at, "utf8");
    } catch {
      return "";
    }
  };
  return { status, output: read(output), summary: read(summary), calls: read(path.join(home, "calls")) };
}

test.each([
  [0, 0],
  [1, 0],
  [2, 2],
])("a check that ends with %d makes its step end with %d, and its report is the job's summary", (ends, expected) => {
  const { status, output, summary } = runStep("Check", ends);
  expect([status, output, summary]).toEqual([expected, `status=${ends}\n`, "report\n"]);
});

test.each([
  // An issue of a like title, or of somebody else, is not the workflow's own.
  ["0", "", /^gh issue list .*--author app\/github-actions .*select\(\.title == "MCP Stack drift"\).*\n$/],
  ["0", "7", /gh issue close 7 /],
  ["1", "", /gh issue create --title MCP Stack drift --body-file drift\.md/],
  ["1", "7", /gh issue edit 7 --body-file drift\.md/],
])("status %s with the open issue %j keeps one issue", (status, open, calls) => {
  const outcome = runStep("Keep one issue", 0, { STATUS: status, OPEN_ISSUE: open });
  expect(outcome.status).toBe(0);
  expect(outcome.calls).toMatch(calls);
});

test("every option that the workflow gives exists", () => {
  const reference = readFileSync(path.resolve(__dirname, "../../docs/cli/drift.md"), "utf8");
  const flags = [...readFileSync(file, "utf8").matchAll(/mcpstack-iac drift (.*)/g)].flatMap(
    ([, rest]) => rest?.match(/--[a-z-]+/g) ?? [],
  );
  expect(flags.length).toBeGreaterThan(3);
  for (const flag of flags) expect(reference).toContain(`\`${flag}`);
});
