// A checkout, a GitHub that takes comments, and a runner of action.yml, for the tests of the Action. A test file that imports this has a new
// checkout for each of its tests.
import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
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

/** The project. */
export const root = path.resolve(__dirname, "../..");
/** How the review's comment began before reviews had names: one of an earlier version, which the next run finds. */
export const marker = "<!-- mcpstack-review -->";

interface Comment {
  id: number;
  body: string;
  user: { type: string };
  /** Whether it is another app's, which this token may not edit. */
  foreign?: boolean;
}

/** The part of GitHub's API that the Action uses: comments of pull request 7, a hundred a page. */
class Comments {
  list: Comment[] = [];
  status: number | undefined;
  /** What another review writes over the next comment that is updated. */
  overtaken: string | undefined;
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
    const id = Number(url.pathname.split("/").at(-1));
    if (method === "GET" && id) return this.list.find((comment) => comment.id === id);
    if (method === "GET") {
      const page = Number(url.searchParams.get("page"));
      return this.list.slice((page - 1) * 100, page * 100);
    }
    const { body } = JSON.parse(text);
    if (method === "POST") {
      this.list.push({ id: this.list.length + 1, body, user: { type: "Bot" } });
      return this.list.at(-1);
    }
    const found = this.list.find((comment) => comment.id === id);
    if (!found || found.foreign) return undefined;
    found.body = body;
    // Another review at the same moment.
    if (this.overtaken !== undefined) found.body = this.overtaken;
    this.overtaken = undefined;
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

/** The comments of the pull request. Each test begins with none. */
export const comments = new Comments();
let api: string;
/** The checkout, a folder that is not in it, and what is there once code of the checkout has run. */
export let folder: string;
export let outside: string;
export let owned: string;

beforeEach(async () => {
  comments.list = [];
  comments.status = undefined;
  comments.overtaken = undefined;
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

export const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" }).toString().trim();
export const file = (name: string, content: unknown) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
};
export const program = (name: string, content: string) => {
  file(name, content);
  chmodSync(path.join(folder, name), 0o755);
};
export const link = (target: string, name: string) => symlinkSync(target, path.join(folder, name));
export const commit = (message: string) => {
  git("add", "-A", "-f");
  git("commit", "-q", "--allow-empty", "-m", message);
  return git("rev-parse", "HEAD");
};

/** What GitHub says of a pull request onto a revision. */
export const pullRequest = (base: string | undefined): Record<string, string> => ({
  "github.event.pull_request.number": "7",
  "github.event.pull_request.base.sha": base ?? "",
});

export interface Ran {
  /** Of the review, of the comment where it is run, and of what fails where no review has answered. */
  steps: { code: number; stdout: string }[];
  summary: string;
  outputs: Record<string, string>;
}

/** The expressions that action.yml has, as GitHub evaluates them: what the event does not have is empty, and no JSON. */
const evaluated = (text: string, context: Record<string, string>) =>
  text.replace(/\$\{\{ (?:([\w.-]+)|fromJSON\(([\w.-]+)\)) \}\}/g, (_, key?: string, json?: string) =>
    json === undefined ? (context[key ?? ""] ?? "") : String(JSON.parse(context[json] ?? "")),
  );

/** A condition of action.yml. GitHub compares texts without regard to case. */
function isMet(condition: string, context: Record<string, string>): boolean {
  const terms = /^\$\{\{ always\(\) && (.*) \}\}$/.exec(condition)?.[1]?.split(" && ");
  if (terms === undefined) throw new Error(`This condition is not one that is known here: ${condition}`);
  return terms.every((term) => {
    const [, key = "", operator, value] = /^([\w.-]+)(?: (==|!=) '([^']*)')?$/.exec(term) ?? [];
    const held = context[key] ?? "";
    if (operator === undefined || value === undefined) return held !== "";
    return (held.toLowerCase() === value.toLowerCase()) === (operator === "==");
  });
}

/** Runs the steps of action.yml as a runner does: expressions of the environment filled in, the script given to the shell that is named. */
export async function action(
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
    if (step.if !== undefined && !isMet(step.if, context)) continue;
    let filled: string[][];
    try {
      filled = Object.entries<string>(step.env).map(([name, text]) => [name, evaluated(text, context)]);
    } catch (error) {
      steps.push({ code: 1, stdout: String(error) });
      continue;
    }
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

export const plan = (clientId: string) =>
  terraformPlan({
    before: { gateways: { support: supportGateway } },
    after: { gateways: { support: { ...supportGateway, clientId } } },
  });
/** The metadata of the plans' issuers is not asked for: no test depends on the network. */
export const defaults = { plan: "plan.json", preflight: "false" };
export const strict = "version: 1\nseverity:\n  client-changed: error\n";
export const lax = 'version: 1\nseverity:\n  client-changed: "off"\n';

/** A blob of the checkout's repository. @returns its id */
export const blob = (content: string) => {
  writeFileSync(path.join(outside, "blob"), content);
  return git("hash-object", "-w", path.join(outside, "blob"));
};

/** A copy of the Action, to lie elsewhere or be changed. @returns its folder */
export const copyOfAction = (home: string) => {
  cpSync(path.join(root, "packages/review/action"), path.join(home, "packages/review/action"), { recursive: true });
  cpSync(path.join(root, "action.yml"), path.join(home, "action.yml"));
  return home;
};
