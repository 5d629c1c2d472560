import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { supportGateway } from "../../packages/review/src/testing/scenario";
import { terraformPlan } from "../../packages/review/src/testing/terraform-plan";

const root = path.resolve(__dirname, "../..");
const marker = "<!-- mcpstack-review -->";

interface Comment {
  id: number;
  body: string;
  user: { type: string };
}

/** The part of GitHub's API that the Action uses: comments of pull request 7, a hundred a page. */
class Comments {
  list: Comment[] = [];
  status: number | undefined;
  readonly calls: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      this.calls.push(`${request.method} ${url.pathname}`);
      const answer =
        request.headers.authorization === "Bearer write-token"
          ? this.answer(request.method ?? "", url, text)
          : undefined;
      response.writeHead(this.status ?? (answer ? 200 : 401)).end(JSON.stringify(answer ?? {}));
    });
  });

  private answer(method: string, url: URL, text: string): unknown {
    if (method === "GET") {
      const page = Number(url.searchParams.get("page"));
      return this.list.slice((page - 1) * 100, page * 100);
    }
    const { body } = JSON.parse(text);
    if (method === "POST") {
      this.list.push({ id: this.list.length + 1, body, user: { type: "Bot" } });
      return this.list.at(-1);
    }
    const found = this.list.find(({ id }) => id === Number(url.pathname.split("/").at(-1)));
    if (found) found.body = body;
    return found;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

const comments = new Comments();
let api: string;
/** The checkout, a folder that is not in it, and what is there once code of the checkout has run. */
let folder: string;
let outside: string;
let owned: string;

beforeEach(async () => {
  comments.list = [];
  comments.status = undefined;
  const place = realpathSync(mkdtempSync(path.join(tmpdir(), "mcpstack-action-")));
  folder = path.join(place, "checkout");
  outside = path.join(place, "outside");
  owned = path.join(outside, "owned");
  mkdirSync(folder);
  mkdirSync(outside);
  git("init", "-q", "-b", "main");
  git("config", "user.email", "test@example.com");
  git("config", "user.name", "Test");
});
beforeAll(async () => (api = await comments.start()));
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));
afterAll(() => comments.stop());

const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" }).toString().trim();
const file = (name: string, content: unknown) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
};
const program = (name: string, content: string) => {
  file(name, content);
  chmodSync(path.join(folder, name), 0o755);
};
const link = (target: string, name: string) => symlinkSync(target, path.join(folder, name));
const commit = (message: string) => {
  git("add", "-A", "-f");
  git("commit", "-q", "--allow-empty", "-m", message);
  return git("rev-parse", "HEAD");
};

/** What GitHub says of a pull request onto a revision. */
const pullRequest = (base: string | undefined): Record<string, string> => ({
  "github.event.pull_request.number": "7",
  "github.event.pull_request.base.sha": base ?? "",
});

interface Ran {
  /** Of the review, and of the comment where it is run. */
  steps: { code: number; stdout: string }[];
  summary: string;
  outputs: Record<string, string>;
}

/** Runs the steps of action.yml as a runner does: expressions of the environment filled in, the script given to the shell that is named. */
async function action(
  inputs: Record<string, string>,
  event: Record<string, string>,
  { env = {}, home = root }: { env?: Record<string, string>; home?: string } = {},
): Promise<Ran> {
  const { inputs: declared, runs } = parse(readFileSync(path.join(home, "action.yml"), "utf8"));
  const outputFile = path.join(outside, "github-output");
  const summaryFile = path.join(outside, "github-summary");
  writeFileSync(outputFile, "");
  writeFileSync(summaryFile, "");
  const context: Record<string, string> = { "github.token": "write-token", ...event };
  for (const [name, { default: fallback }] of Object.entries<{ default?: string }>(declared)) {
    context[`inputs.${name}`] = (inputs[name] ?? fallback ?? "").replace(/^\$\{\{ github\.token \}\}$/, "write-token");
  }
  const steps: Ran["steps"] = [];
  for (const step of runs.steps) {
    const isComment = step.if !== undefined;
    if (isComment && (context["inputs.comment"] !== "true" || !context["github.event.pull_request.number"])) continue;
    const filled = Object.entries<string>(step.env).map(([name, text]) => [
      name,
      // What the event does not have is empty.
      text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, key: string) => context[key] ?? ""),
    ]);
    const script = path.join(outside, "step.sh");
    writeFileSync(script, step.run);
    const template = step.shell === "bash" ? "bash --noprofile --norc -eo pipefail {0}" : String(step.shell);
    const [shell, ...args] = template.split(" ").map((word) => word.replace("{0}", script));
    steps.push(
      await new Promise((resolve) => {
        const given = {
          PATH: process.env.PATH,
          HOME: outside,
          RUNNER_TEMP: outside,
          GITHUB_WORKSPACE: folder,
          GITHUB_ACTION_PATH: home,
          GITHUB_OUTPUT: outputFile,
          GITHUB_STEP_SUMMARY: summaryFile,
          GITHUB_API_URL: api,
          GITHUB_REPOSITORY: "petalpal/infra",
          OWNED: owned,
          ...env,
          ...Object.fromEntries(filled),
        };
        execFile(shell ?? "", args, { cwd: folder, env: given }, (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, stdout: stdout + stderr }),
        );
      }),
    );
    for (const line of readFileSync(outputFile, "utf8").trim().split("\n").filter(Boolean)) {
      const [name, ...value] = line.split("=");
      context[`steps.review.outputs.${name}`] = value.join("=");
    }
  }
  return { steps, summary: readFileSync(summaryFile, "utf8"), outputs: context };
}

const plan = (clientId: string) =>
  terraformPlan({
    before: { gateways: { support: supportGateway } },
    after: { gateways: { support: { ...supportGateway, clientId } } },
  });
/** The metadata of the plans' issuers is not asked for: no test depends on the network. */
const defaults = { plan: "plan.json", preflight: "false" };
const strict = "version: 1\nseverity:\n  client-changed: error\n";
const lax = 'version: 1\nseverity:\n  client-changed: "off"\n';

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
  file("mcpstack-review.yaml", "version: 1\nseverity:\n  client-changed: error\n");
  const base = commit("base");
  file("mcpstack-review.yaml", 'version: 1\nseverity:\n  client-changed: "off"\n');
  file("plan.json", plan("other"));
  commit("head");
  const { steps } = await action(defaults, pullRequest(base));
  expect(steps[0]).toMatchObject({ code: 1, stdout: expect.stringContaining("The review's policy changed") });
});

test("a base without a policy excuses nothing either", async () => {
  const base = commit("base");
  file("mcpstack-review.yaml", 'version: 1\nseverity:\n  client-changed: "off"\n');
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

test.each(["terraform", "cdktf", "pulumi"])(
  "the example workflow for %s gives the Action only inputs that it has",
  (name) => {
    const { inputs } = parse(readFileSync(path.join(root, "action.yml"), "utf8"));
    const workflow = parse(readFileSync(path.join(root, `examples/workflows/${name}.yml`), "utf8"));
    const steps = workflow.jobs.review.steps.filter(({ uses }: { uses?: string }) => uses?.startsWith("mcpstack/"));
    expect(steps).toHaveLength(1);
    expect(Object.keys(steps[0].with).filter((key) => inputs[key] === undefined)).toEqual([]);
    expect(steps[0].with.plan).toMatch(/\.json$/);
    // Values that an author chooses must not be pasted into a script.
    const scripts = workflow.jobs.review.steps.map(({ run }: { run?: string }) => run ?? "").join("\n");
    expect(scripts).not.toContain("${{");
  },
);
