import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { supportGateway } from "../../packages/review/src/testing/scenario";
import { terraformPlan } from "../../packages/review/src/testing/terraform-plan";
import {
  action,
  comments,
  commit,
  copyOfAction,
  defaults,
  file,
  git,
  lax,
  marker,
  outside,
  plan,
  pullRequest,
  root,
  strict,
} from "./action-checkout";

test("the review is run, commented once, and updated by the next run", async () => {
  comments.list = [
    ...Array.from({ length: 100 }, (_, index) => ({ id: 1000 + index, body: "hello", user: { type: "User" } })),
    { id: 2000, body: `${marker} approved, says the author`, user: { type: "User" } },
  ];
  const base = commit("base");
  file("plan.json", plan("other"));
  const first = await action(defaults, pullRequest(base));
  expect(first.steps).toMatchObject([
    { code: 0, stdout: expect.stringContaining("::warning title=Client id changed") },
    { code: 0, stdout: "The comment was written.\n" },
  ]);
  expect(first.summary).toContain("Client id changed");
  file("plan.json", plan("support-mcp"));
  await action(defaults, pullRequest(base));
  const own = comments.list.filter(({ user }) => user.type === "Bot");
  expect(own.map(({ body }) => body)).toEqual([
    `${marker}\n**MCP Stack: no gateway is touched (1 resource in the plan); nothing to review.**\n`,
  ]);
  expect(comments.list.find(({ id }) => id === 2000)?.body).toContain("says the author");
});

test("findings fail the job, after the comment's file and the SARIF log are written", async () => {
  const base = commit("base");
  file("plan.json", plan("other"));
  const { steps, outputs } = await action({ ...defaults, "fail-on": "warn" }, pullRequest(base));
  expect(steps.map(({ code }) => code)).toEqual([1, 0]);
  expect(outputs["steps.review.outputs.exit-code"]).toBe("1");
  expect(JSON.parse(readFileSync(outputs["steps.review.outputs.sarif-file"] ?? "", "utf8")).version).toBe("2.1.0");
});

test("the base branch's policy holds, and the change to it is told", async () => {
  file("mcpstack-review.yaml", strict);
  const base = commit("base");
  file("mcpstack-review.yaml", lax);
  file("plan.json", plan("other"));
  commit("head");
  const { steps } = await action(defaults, pullRequest(base));
  expect(steps[0]).toMatchObject({ code: 1, stdout: expect.stringContaining("The review's policy changed") });
});

test("a base without a policy excuses nothing either", async () => {
  const base = commit("base");
  file("mcpstack-review.yaml", lax);
  file("plan.json", plan("other"));
  expect((await action({ ...defaults, "fail-on": "warn" }, pullRequest(base))).steps[0]?.code).toBe(1);
});

test("a base that cannot be fetched is 2, and no review", async () => {
  comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
  commit("base");
  file("plan.json", plan("other"));
  const { steps } = await action(defaults, pullRequest("0123456789012345678901234567890123456789"));
  expect(steps).toMatchObject([
    { code: 2, stdout: expect.stringContaining("the policy that holds is not known") },
    { code: 0 },
  ]);
  expect(comments.list[0]?.body).toContain("could not be reviewed");
});

test("a plan that is not understood fails the job and says so in the comment", async () => {
  comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
  const base = commit("base");
  file("plan.json", "{");
  const { steps } = await action(defaults, pullRequest(base));
  expect(steps.map(({ code }) => code)).toEqual([2, 0]);
  expect(comments.list[0]?.body).toContain("could not be reviewed");
});

test("nothing in an input is run by the shell", async () => {
  const base = commit("base");
  const evil = "$(touch owned) `touch owned`; touch owned #";
  file(evil.replaceAll("/", ""), plan("other"));
  const { steps } = await action({ ...defaults, plan: evil, environment: evil, source: evil }, pullRequest(base));
  expect(steps[0]?.code).toBe(2);
  expect(git("status", "--porcelain", "--", "owned")).toBe("");
});

test("comments that look like the review's, of people and other bots, do not keep it from being written and updated", async () => {
  comments.list = [
    { id: 2000, body: `${marker}\nall is well`, user: { type: "User" } },
    { id: 2001, body: `${marker}\nall is well`, user: { type: "Bot" }, foreign: true },
  ];
  const base = commit("base");
  file("plan.json", plan("other"));
  await action(defaults, pullRequest(base));
  comments.list.push({ id: 2002, body: `${marker}\nall is well`, user: { type: "Bot" }, foreign: true });
  file("plan.json", plan("another"));
  await action(defaults, pullRequest(base));
  const own = comments.list.filter(({ id }) => id < 2000);
  expect(own.map(({ body }) => body)).toEqual([expect.stringContaining("another")]);
});

test("a token that may not write is a warning, not a failure", async () => {
  comments.status = 403;
  const base = commit("base");
  file("plan.json", plan("other"));
  const { steps } = await action(defaults, pullRequest(base));
  expect(steps).toMatchObject([
    { code: 0 },
    {
      code: 0,
      stdout: expect.stringContaining(
        "::warning title=MCP Stack review::The comment was not written: GitHub answered 403",
      ),
    },
  ]);
});

test("a review that did not start says so in place of the last one", async () => {
  comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
  const home = copyOfAction(path.join(outside, "action"));
  rmSync(path.join(home, "packages/review/action/review.mjs"));
  const { steps } = await action(defaults, pullRequest(commit("base")), { home });
  expect(steps.map(({ code }) => code)).toEqual([1, 0, 1]);
  expect(comments.list[0]?.body).toContain("could not be reviewed");
});

test.each([
  [{ base: "base.json" }, "The provider's configuration was compared with that of the base."],
  [{}, "give --base with a plan of the base branch to have it compared"],
])("the comment says whether the provider's configuration was compared: %j", async (inputs, words) => {
  const base = commit("base");
  const configured = (metadataCheck: string) =>
    terraformPlan({
      before: { provider: { metadataCheck: "error" }, gateways: { support: supportGateway } },
      after: { provider: { metadataCheck }, gateways: { support: { ...supportGateway, clientId: "other" } } },
    });
  file("base.json", configured("error"));
  file("plan.json", configured("warn"));
  const { summary } = await action({ ...defaults, ...inputs }, pullRequest(base));
  expect(summary).toContain(words);
  expect(summary.includes("Metadata check lowered")).toBe("base" in inputs);
});

test("the carried command is what the sources give, byte for byte", async () => {
  const made = path.join(outside, "made.cjs");
  const script = path.join(root, "packages/review/action/bundle.mjs");
  // An ES module that jest cannot load. Another working directory, which the bytes must not depend on.
  const code = `import(${JSON.stringify(script)}).then(({ makeBundle }) => makeBundle(${JSON.stringify(made)}))`;
  execFileSync(process.execPath, ["-e", code], { cwd: outside });
  const committed = readFileSync(path.join(root, "packages/review/action/bundle/mcpstack-iac.cjs"));
  // Not toEqual, which would print both. After a change of the sources: npm run bundle -w packages/review
  expect(committed.equals(readFileSync(made))).toBe(true);
});
