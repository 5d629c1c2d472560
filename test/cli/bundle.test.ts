import { execFile, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { selfSignedCertificate, startLocalApi, startTableIssuer } from "@mcpstack/local-api";

// The command as it is shipped: one file and the issuer's program, in a folder where nothing else is installed.
const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-bundle-"));
const program = path.join(folder, "mcpstack-iac.cjs");

beforeAll(async () => {
  const packageFolder = path.resolve(__dirname, "../../packages/cli");
  // An ES module that jest cannot load, as everything that runs before there is anything to test.
  const script = `import(${JSON.stringify(path.join(packageFolder, "build.mjs"))}).then((step) =>
    step.build({ root: ${JSON.stringify(path.resolve(packageFolder, "../.."))}, folder: ${JSON.stringify(packageFolder)}, outDir: ${JSON.stringify(folder)}, log() {} }))`;
  await promisify(execFile)(process.execPath, ["-e", script]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runWith({}, ...args);
const runWith = (env: Record<string, string>, ...args: string[]) =>
  promisify(execFile)(process.execPath, [program, ...args], { cwd: folder, env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

test.each(["drift", "checklist", "import", "local", "review"])("%s --help says how to use it", async (command) => {
  const { code, stdout, stderr } = await run(command, "--help");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(new RegExp(`^Usage: mcpstack-iac ${command} `));
});

test("without a credential drift ends with 2 and says which variables to set", async () => {
  const { code, stderr } = await run("drift");
  expect(code).toBe(2);
  expect(stderr).toContain("MCPSTACK_ACCESS_TOKEN");
});

test("local runs the API and a real issuer, drift finds the issuer in order, and an interrupt ends everything", async () => {
  const local = spawn(process.execPath, [program, "local", "--issuer-path", "/realms/support"], {
    cwd: folder,
    env: {},
  });
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => local.once("exit", resolve));
  for await (const line of createInterface(local.stdout)) {
    lines.push(line);
    if (line.includes("OpenID issuer")) break;
  }
  const issuer = /http:\S+$/.exec(lines.at(-1) ?? "")?.[0] ?? "";
  expect(lines.filter((line) => line.startsWith("export MCPSTACK_"))).toHaveLength(3);
  const { code, stdout } = await run("drift", issuer);
  expect([code, stdout]).toEqual([0, expect.stringContaining("nothing found")]);
  local.kill("SIGINT");
  expect(await ended).toBe(0);
  expect((await run("drift", issuer)).code).toBe(1);
});

test("a private authority is trusted by NODE_EXTRA_CA_CERTS", async () => {
  const tls = selfSignedCertificate();
  const issuer = await startTableIssuer({ tls });
  try {
    const file = path.join(folder, "ca.pem");
    writeFileSync(file, tls.cert);
    expect((await run("drift", issuer.url)).stdout).toContain("metadata-unreachable");
    const { code, stdout } = await runWith({ NODE_EXTRA_CA_CERTS: file }, "drift", issuer.url);
    expect([code, stdout]).toEqual([0, expect.stringContaining("nothing found")]);
  } finally {
    await issuer.close();
  }
});

test("the command is there for npx, from the sources on", () => {
  const manifest = require("../../packages/cli/package.json") as { bin: Record<string, string> };
  expect(manifest.bin).toEqual({ "mcpstack-iac": "bin/mcpstack-iac.cjs" });
  expect(existsSync(path.resolve(__dirname, "../../packages/cli", manifest.bin["mcpstack-iac"] ?? ""))).toBe(true);
});

describe("output that cannot be written", () => {
  const plan = path.join(folder, "plan.json");
  beforeAll(() => writeFileSync(plan, '{"format_version":"1.2","resource_changes":[]}'));

  /** Runs it with that file, or with a pipe that nobody reads, for its standard output. */
  const ended = (args: string[], env: Record<string, string>, stdout: number | "unread") =>
    new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
      const stdio = ["ignore", stdout === "unread" ? "pipe" : stdout, "pipe"] as const;
      const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: [...stdio] });
      let stderr = "";
      child.stderr?.on("data", (text) => {
        stderr += text;
      });
      child.stdout?.destroy();
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stderr }));
    });

  const cases: [string, string[]][] = [
    ["drift", ["drift"]],
    ["drift as JSON", ["drift", "--format", "json"]],
    ["import", ["import"]],
    ["checklist", ["checklist", "gtw_000001"]],
    ["review", ["review", plan]],
    ["review as JSON", ["review", plan, "--format", "json"]],
    ["--help", ["--help"]],
    ["--version", ["--version"]],
  ];

  test.each(cases)("is an error of %s, said in one line, and the code is 2", async (_, args) => {
    const api = await startLocalApi();
    api.store.createGateway({
      name: "G",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.invalid",
    });
    const full = openSync("/dev/full", "w");
    const outcome = await ended(args, api.environment(), full);
    closeSync(full);
    await api.close();
    expect(outcome).toEqual({ code: 2, stderr: "mcpstack-iac: standard output cannot be written (ENOSPC). [file]\n" });
  });

  test("is nobody's matter where the reader has closed the pipe", async () => {
    expect(await ended(["review", plan, "--format", "json"], {}, "unread")).toEqual({ code: 0, stderr: "" });
  });
});
