import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import type { ReviewCommandOptions } from "./options";
import { reviewOptions } from "./options";
import { type ReviewIo, runReview } from "./run";
import { cdktfStack } from "./testing/cdktf-stack";
import { today } from "./testing/review-scenario";
import { type Scenario, supportGateway } from "./testing/scenario";
import { terraformPlan } from "./testing/terraform-plan";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mcpstack-review-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, typeof content === "string" ? content : JSON.stringify(content));
};
const written = (name: string) => readFileSync(path.join(folder, name), "utf8");

async function run(options: Partial<ReviewCommandOptions>, io: Partial<ReviewIo> = {}) {
  let stdout = "";
  let stderr = "";
  const code = await runReview(
    { input: "plan.json", ...options },
    {
      cwd: folder,
      env: {},
      stdin: Readable.from([]),
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      now: today,
      version: "0.1.0",
      ...io,
    },
  );
  return { code, stdout, stderr };
}

const to = (changed: object): Scenario => ({
  before: { gateways: { support: supportGateway } },
  after: { gateways: { support: { ...supportGateway, ...changed } } },
});
const warning = terraformPlan(to({ clientId: "other" }));
const failing = terraformPlan(to({ authorizationServerUrl: "https://login.other.example/" }));
const note = terraformPlan(to({ scopes: ["openid"] }));

describe("exit codes", () => {
  test.each([
    ["an error", failing, "error", 1],
    ["a warning", warning, "error", 0],
    ["a warning", warning, "warn", 1],
    ["a note", note, "warn", 0],
    ["a note", note, "info", 1],
    ["an error", failing, "never", 0],
    ["nothing", terraformPlan(to({})), "info", 0],
  ])("%s with --fail-on %4$s", async (_, plan, failOn, code) => {
    file("plan.json", plan);
    expect((await run({ failOn })).code).toBe(code);
  });

  test.each<[string, unknown, Partial<ReviewCommandOptions>, string]>([
    ["a file that is not there", undefined, {}, "plan.json cannot be read: ENOENT [input-unreadable]"],
    ["a folder", undefined, { input: "." }, "cannot be read: EISDIR [input-unreadable]"],
    ["an empty file", "", {}, "plan.json is empty [input-truncated]"],
    ["half a plan", JSON.stringify(failing).slice(0, -40), {}, "ends in the middle of the JSON"],
    ["text", "Terraform will perform", {}, "plan.json is not JSON: line 1"],
    ["JSON that is no plan", { hello: 1 }, {}, "is JSON, but neither the output of"],
    ["a log of plan -json", '{"@level":"info"}\n{"@level":"info"}', {}, "write the plan with -out"],
    ["an unknown format version", { ...failing, format_version: "3.0" }, {}, "[input-unsupported-version]"],
    ["a policy that is not there", failing, { policy: "nope.yaml" }, "nope.yaml cannot be read: ENOENT"],
    ["a severity that is none", failing, { failOn: "loud" }, '--fail-on "loud" is none of error, warn, info, never'],
    ["a format that is none", failing, { format: "pdf" }, '--format "pdf" is none of'],
    ["a further output that is none", failing, { also: ["sarif"] }, "is not FORMAT=FILE"],
    ["a size that is none", failing, { maxBytes: "1e9" }, "is not a whole number of 1000 or more"],
    ["an output that cannot be written", failing, { output: "no/such/folder/x" }, "cannot be written: ENOENT"],
    [
      "an environment without a policy",
      failing,
      { environment: "prod" },
      'the policy has no environment "prod"; it has none',
    ],
  ])("%s is 2, with a message and nothing else", async (_, content, options, message) => {
    if (content !== undefined) file("plan.json", content);
    const { code, stdout, stderr } = await run(options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^(?:mcpstack-iac review: [^\n]*\[[a-z-]+\]\n)+$/);
  });

  test("a stream that breaks is 2", async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error("gone"));
      },
    });
    expect(await run({ input: "-" }, { stdin })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("standard input cannot be read"),
    });
  });

  test("a policy with an error names line and column", async () => {
    file("plan.json", failing);
    file("mcpstack-review.yaml", "version: 1\nseverity:\n  client-changed: loud\n");
    expect((await run({})).stderr).toContain("mcpstack-review.yaml:3:19: ");
  });
});

test("standard input is read, and the default policy is found", async () => {
  file("mcpstack-review.yaml", "version: 1\nseverity:\n  client-changed: error\n");
  const { code, stdout } = await run({ input: "-" }, { stdin: Readable.from([JSON.stringify(warning)]) });
  expect({ code, first: stdout.split("\n")[0] }).toEqual({ code: 1, first: "MCP Stack: 1 error. 1 gateway changes." });
});

test("one review writes several outputs", async () => {
  file("plan.json", failing);
  const { stdout } = await run({
    format: "markdown",
    output: "comment.md",
    also: ["sarif=review.sarif", "gitlab=quality.json"],
  });
  expect(stdout).toBe("");
  expect(written("comment.md")).toMatch(/^<!-- mcpstack-review -->/);
  expect(JSON.parse(written("review.sarif"))).toMatchObject({ version: "2.1.0" });
  expect(JSON.parse(written("quality.json"))).toHaveLength(2);
});

test.each([
  ["a terminal", { isTTY: true }, {}, {}, true],
  ["a pipe", {}, {}, {}, false],
  ["a terminal with NO_COLOR", { isTTY: true }, { NO_COLOR: "1" }, {}, false],
  ["a terminal with --no-color", { isTTY: true }, {}, { color: false }, false],
])("colour on %s", async (_, terminal, env, options, isColoured) => {
  file("plan.json", failing);
  let text = "";
  await run(options, { env, stdout: { write: (part) => (text += part), ...terminal } });
  expect(text.includes("\u001b[")).toBe(isColoured);
});

test("a base policy holds in the place of the one that the change brings", async () => {
  file("plan.json", warning);
  file("mcpstack-review.yaml", 'version: 1\nseverity:\n  client-changed: "off"\n');
  file("base.yaml", "version: 1\nseverity:\n  client-changed: error\n");
  const { code, stdout } = await run({ basePolicy: "base.yaml" });
  expect(code).toBe(1);
  expect(stdout).toContain("policy-changed");
  expect((await run({ basePolicy: "none" })).stdout).toContain("warning client-changed");
});

test("a base policy of which a part is not valid stops nobody from mending it, and is called by its name", async () => {
  file("plan.json", terraformPlan(to({})));
  file("mcpstack-review.yaml", "version: 1\n");
  file("tmp/base-policy.yaml", "version: 1\nexceptions:\n  - code: client-changed\n");
  const { code, stdout } = await run({ basePolicy: "tmp/base-policy.yaml" });
  expect({ code, isTold: stdout.includes("base-policy-invalid") }).toEqual({ code: 0, isTold: true });
  file("tmp/base-policy.yaml", "version: 2\n");
  const failed = await run({ basePolicy: "tmp/base-policy.yaml" });
  expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining("mcpstack-review.yaml of the base:1:10: ") });
  expect(failed.stderr).not.toContain("tmp/");
});

test("a new stack is compared with nothing", async () => {
  file("cdk.tf.json", cdktfStack({ gateways: { support: supportGateway } }));
  expect((await run({ input: "cdk.tf.json", base: "none" })).stdout).toContain("authorization-server-new");
});

describe("the blast radius", () => {
  const changed = terraformPlan(to({ clientId: "other" }));

  test("is asked for, once for each gateway with a finding", async () => {
    file("plan.json", changed);
    const asked: string[] = [];
    const reach = async (id: string) => {
      asked.push(id);
      return { servers: ["b", "a"], grants: 7 };
    };
    expect((await run({}, { blastRadius: { reach } })).stdout).toContain("2 servers, 7 grants: a, b");
    expect(asked).toEqual(["gw_support"]);
    await run({ blastRadius: false }, { blastRadius: { reach } });
    expect(asked).toEqual(["gw_support"]);
  });

  test("that cannot be asked for is said, and the plan's view is used", async () => {
    file("plan.json", changed);
    const reach = () => Promise.reject(Object.assign(new Error("secret text"), { code: "unauthorized" }));
    const { code, stdout } = await run({}, { blastRadius: { reach } });
    expect(code).toBe(0);
    expect(stdout).toContain("The API could not be asked about 1 gateway (unauthorized)");
    expect(stdout).not.toContain("secret text");
  });
});

test.each(["true", "1"])(
  "plain http that is allowed by the text %j is allowed, as the engine reads it",
  async (text) => {
    file("plan.json", terraformPlan({ after: { provider: { allowInsecureMetadata: text } } }));
    expect((await run({})).stdout).toContain("insecure-metadata-allowed");
  },
);

describe("source lines", () => {
  const sarif = async (options: Partial<ReviewCommandOptions>) => {
    const { stdout } = await run({ format: "sarif", ...options });
    return JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation;
  };

  test("of a Terraform block are found below the folder", async () => {
    file("plan.json", warning);
    file(
      "infra/main.tf",
      '# comment\nresource "mcpstack_gateway" "other" {\n}\n\nresource "mcpstack_gateway" "support" {\n}\n',
    );
    expect(await sarif({ source: "infra" })).toEqual({
      artifactLocation: { uri: "infra/main.tf" },
      region: { startLine: 5 },
    });
  });

  test.each(["infar", "plan.json"])("are looked for in no folder that is not there: %s", async (source) => {
    file("plan.json", warning);
    const { code, stderr } = await run({ source });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`--source "${source}" is no folder that is there`)]);
  });

  test("that are found twice are not guessed", async () => {
    file("plan.json", warning);
    file("a.tf", 'resource "mcpstack_gateway" "support" {}\n');
    file("b/b.tf", 'resource "mcpstack_gateway" "support" {}\n');
    expect(await sarif({})).toEqual({ artifactLocation: { uri: "plan.json" }, region: { startLine: 1 } });
  });

  test("of a provider with an alias are told from those of the other", async () => {
    const plan = terraformPlan({ after: { provider: { apiUrl: "http://api.petalpal.com" } } }) as {
      configuration: { provider_config: Record<string, unknown> };
    };
    plan.configuration.provider_config["mcpstack.eu"] = plan.configuration.provider_config.mcpstack;
    delete plan.configuration.provider_config.mcpstack;
    file("plan.json", plan);
    file(
      "main.tf",
      'provider "mcpstack" {\n  api_url = "https://x.example"\n}\nprovider "mcpstack" {\n  alias = "eu"\n}\n',
    );
    expect(await sarif({})).toMatchObject({ region: { startLine: 4 } });
  });

  test("of a construct are found by its id", async () => {
    const stack = (clientId: string) => cdktfStack({ gateways: { support: { ...supportGateway, clientId } } });
    file("base.json", stack("a"));
    file("cdktf.out/cdk.tf.json", stack("b"));
    file("main.ts", 'import { Gateway } from "x";\n\nnew Gateway(this, "support", {\n});\n');
    expect(await sarif({ input: "cdktf.out/cdk.tf.json", base: "base.json" })).toEqual({
      artifactLocation: { uri: "main.ts" },
      region: { startLine: 3 },
    });
  });
});

test("where there is no review, the annotations say why, and other formats nothing", async () => {
  file("plan.json", warning);
  file("mcpstack-review.yaml", "version: 2\nx: 1\n");
  const { code, stdout } = await run({ format: "github" });
  expect([code, stdout]).toEqual([
    2,
    expect.stringMatching(
      /^::error title=MCP Stack review::mcpstack-review\.yaml:1:10: version .* \[policy-invalid\]\n::error title=.*:2:4: .*\n$/,
    ),
  ]);
  expect((await run({ format: "json" })).stdout).toBe("");
});

test("every option of the command is described once, and every switch is one that the command reads", () => {
  const keys = reviewOptions.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { flag, key, value, description } of reviewOptions) {
    // The name that a parser of command lines gives it.
    const words = flag.replace(/^--(?:no-)?/, "").replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    expect(key).toBe(words);
    expect(flag).toMatch(/^--[a-z-]+$/);
    expect(description).toMatch(/^[A-Z`].*\.$/);
    if (value !== undefined) expect(value).toMatch(/^[A-Z=]+$/);
  }
});
