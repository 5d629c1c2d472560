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
    "<!-- mcpstack-review: plan.json -->\n**MCP Stack (`plan.json`): no gateway is touched (1 resource in the plan); nothing to review.**\n",
  ]);
  expect(comments.list.find(({ id }) => id === 2000)?.body).toContain("says the author");
});

describe("Two reviews of one change", () => {
  const bodies = () => comments.list.map(({ body }) => body.split("\n").slice(0, 2).join(" "));
  const both = async (one: Record<string, string>, other: Record<string, string>) => {
    file("mcpstack-review.yaml", "version: 1\nenvironments: { staging: {}, production: {} }\n");
    const base = commit("base");
    for (const clientId of ["first", "second"]) {
      file("staging/plan.json", plan(clientId));
      file("production/plan.json", plan("support-mcp"));
      await action({ ...defaults, ...one }, pullRequest(base));
      await action({ ...defaults, ...other }, pullRequest(base));
    }
  };

  test.each([
    ["name", { plan: "staging/plan.json", name: "a" }, { plan: "production/plan.json", name: "b" }],
    ["plan", { plan: "staging/plan.json" }, { plan: "production/plan.json" }],
    [
      "environment",
      { plan: "staging/plan.json", environment: "staging" },
      { plan: "staging/plan.json", environment: "production" },
    ],
    ["source", { plan: "staging/plan.json", source: "staging" }, { plan: "staging/plan.json", source: "production" }],
  ])("of another %s have a comment each, which their next runs update", async (_, one, other) => {
    await both(one, other);
    expect(comments.list).toHaveLength(2);
    expect(comments.list[0]?.body).toContain("second");
    expect(bodies()[0]).not.toBe(bodies()[1]);
  });

  test("take a comment of an earlier version once, and no more", async () => {
    comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
    await both({ plan: "staging/plan.json", name: "a" }, { plan: "production/plan.json", name: "b" });
    expect(bodies()).toEqual([
      expect.stringMatching("mcpstack-review: a -->.*MCP Stack .`a`.: 1 warning"),
      expect.stringMatching("mcpstack-review: b -->.*MCP Stack .`b`.: no gateway is touched"),
    ]);
  });

  test("that take it at the same moment leave a comment of each", async () => {
    comments.list = [{ id: 1, body: `${marker}\nall is well`, user: { type: "Bot" } }];
    comments.overtaken = "<!-- mcpstack-review: b -->\nof the other";
    file("plan.json", plan("other"));
    await action({ ...defaults, name: "a" }, pullRequest(commit("base")));
    expect(bodies()).toEqual(["<!-- mcpstack-review: b --> of the other", expect.stringContaining("review: a -->")]);
  });

  test("are told apart where there is no review, too, whatever they are called", async () => {
    file("plan.json", "{");
    const base = commit("base");
    const names = ["a--b -->", "ä, ö/ü", "`x` @y"];
    for (const name of names) for (const _ of [1, 2]) await action({ ...defaults, name }, pullRequest(base));
    const unreviewed = bodies();
    file("plan.json", plan("other"));
    for (const name of names) await action({ ...defaults, name }, pullRequest(base));
    expect(comments.list.map(({ body }) => body.includes("Client id changed"))).toEqual([true, true, true]);
    expect(unreviewed).toEqual([
      "<!-- mcpstack-review: a%2D%2Db%20%2D%2D%3E --> **MCP Stack (`a--b --?`): the plan could not be reviewed.** The log of the job says why.",
      "<!-- mcpstack-review: %C3%A4%2C%20%C3%B6%2F%C3%BC --> **MCP Stack (`ä, ö/ü`): the plan could not be reviewed.** The log of the job says why.",
      "<!-- mcpstack-review: %60x%60%20%40y --> **MCP Stack (`?x? ?y`): the plan could not be reviewed.** The log of the job says why.",
    ]);
  });

  test("have a log of findings each, which code scanning tells apart", async () => {
    file("plan.json", plan("other"));
    const { outputs } = await action({ ...defaults, name: "a" }, pullRequest(commit("base")));
    const log = JSON.parse(readFileSync(outputs["steps.review.outputs.sarif-file"] ?? "", "utf8"));
    expect(log.runs[0].automationDetails).toEqual({ id: "mcpstack-review/a/" });
  });
});

test("a plan that is not understood is an annotation that says why", async () => {
  file("plan.json", "{");
  const { steps } = await action(defaults, pullRequest(commit("base")));
  expect(steps[0]?.stdout).toMatch(/^::error title=MCP Stack review::plan\.json ends .*\[input-truncated\]$/m);
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
