import { readFileSync } from "node:fs";
import { startTableIssuer } from "@mcpstack/local-api";
import { closing, driftReport, mcpstackIac, temporaryFile } from "./command-line";
import { onLoopback, organization } from "./organization";

describe("the exit code", () => {
  test("a warning counts by default, and not with --fail-on error", async () => {
    const { env, issuer } = await organization();
    issuer.setMetadata({ issuer: `${issuer.url}/` });
    expect((await driftReport(onLoopback, { env })).code).toBe(1);
    const lenient = await driftReport([...onLoopback, "--fail-on", "error"], { env });
    expect(lenient.code).toBe(0);
    expect(lenient.report.summary).toEqual({ error: 0, warn: 1, info: 0 });
  });

  test("what is only worth knowing never counts, and is listed with --info", async () => {
    const { env, issuer } = await organization();
    issuer.setMetadata({ code_challenge_methods_supported: undefined });
    expect((await driftReport(onLoopback, { env })).report.findings).toEqual([]);
    const { code, report } = await driftReport([...onLoopback, "--info"], { env });
    expect(report.findings.map((finding) => finding.code)).toEqual(["pkce-not-listed"]);
    expect(code).toBe(0);
  });

  test("--finding and --metadata-check change what counts", async () => {
    const { env, issuer } = await organization();
    issuer.setMetadata({ issuer: "https://login.example.com" });
    const of = async (...args: string[]) => {
      const { code, report } = await driftReport([...onLoopback, "--fail-on", "error", ...args], { env });
      return [code, report.findings.map(({ severity }) => severity)];
    };
    expect(await of()).toEqual([1, ["error"]]);
    expect(await of("--metadata-check", "warn")).toEqual([0, ["warn"]]);
    expect(await of("--finding", "issuer-mismatch=info")).toEqual([0, []]);
    expect(await of("--metadata-check", "off")).toEqual([0, []]);
  });

  test("nothing that is published is read with --metadata-check off", async () => {
    const { env, issuer } = await organization();
    issuer.clearRequests();
    await driftReport(["--metadata-check", "off"], { env });
    expect(issuer.requests).toEqual([]);
  });

  test("a server that cannot be read makes it 2, unless there are findings, and is named", async () => {
    const { api, env, issuer } = await organization();
    api.faults.add({ match: { path: "/mcp-servers/srv_orders_api/gateway" }, action: { status: 403 } });
    const { code, report } = await driftReport(onLoopback, { env });
    expect(report.unchecked.map(({ subject }) => subject.address)).toEqual(["srv_orders_api"]);
    expect(code).toBe(2);
    issuer.setMetadata({ issuer: `${issuer.url}/` });
    expect((await driftReport(onLoopback, { env })).code).toBe(1);
  });

  test("agents that the credential may not see are left out, with a note", async () => {
    const { api, env } = await organization();
    api.faults.add({ match: { path: "/agents" }, action: { status: 403 } });
    const { code, report } = await driftReport(onLoopback, { env });
    expect(report.notes).toEqual([expect.stringContaining("may not see agents")]);
    expect(code).toBe(0);
  });
});

describe("what cannot be checked ends with 2, one line and no stack", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["no credential", ["drift"], /no credential .* \[credential_missing\]$/],
    ["a missing file", ["drift", "--state", "nowhere.tfstate"], /nowhere\.tfstate cannot be read \(ENOENT\)/],
    ["two inputs", ["drift", "--state", "a", "--plan", "b"], /Give one thing to check/],
    ["a target and a file", ["drift", "x", "--state", "a"], /Give one thing to check/],
    ["a URL with a query", ["drift", "https://id.example.com/?x=1"], /must not have a query/],
    ["another scheme", ["drift", "ftp://id.example.com"], /must be an https URL, not ftp:\/\//],
    ["an unknown code", ["drift", "https://x.example", "--finding", "no-such=warn"], /docs\/findings/],
    [
      "an origin with a path",
      ["drift", "https://x.example", "--trusted-origin", "https://a.example/b"],
      /not an origin/,
    ],
    ["a use that is none", ["drift", "--use", "agent"], /AGENT=SERVER/],
    ["--use with a file", ["drift", "--state", "x", "--use", "a=b"], /--use needs the organization's agents/],
    ["a format for a watch", ["drift", "--watch", "5", "--format", "sarif"], /use --format terminal or json/],
    ["a further output that is none", ["drift", "https://x.example", "--also", "pdf=x"], /is not FORMAT=FILE/],
    ["a watch with a file", ["drift", "--watch", "--output", "x"], /leave --output and --also out/],
    ["a missing CA file", ["drift", "https://x.example", "--ca-file", "no.pem"], /no\.pem/],
    ["an unknown option", ["drift", "--nothing"], /unknown option '--nothing'/],
    ["no command", [], /Usage: mcpstack-iac/],
    ["an unknown command", ["drifft"], /unknown command 'drifft'/],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await mcpstackIac(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr.trim()).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("an API that does not answer", async () => {
    const { env, api } = await organization();
    await api.close();
    const { code, stderr } = await mcpstackIac(["drift"], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mcpstack-iac drift: .*\[unavailable\]$/m);
  });

  test("a wrong credential never stands in what is said", async () => {
    const { env } = await organization();
    const wrong = { ...env, MCPSTACK_ACCESS_TOKEN: "not-the-right-one" };
    const { code, stderr, stdout } = await mcpstackIac(["drift"], { env: wrong });
    expect(code).toBe(2);
    expect(stderr).toContain("[unauthenticated]");
    expect(stderr + stdout).not.toContain("not-the-right-one");
  });
});

test("one check writes several outputs", async () => {
  const issuer = closing(await startTableIssuer());
  const [sarif, junit] = [temporaryFile("drift.sarif", ""), temporaryFile("drift.xml", "")];
  const args = ["drift", issuer.url, "--also", `sarif=${sarif}`, "--also", `junit=${junit}`];
  const { stdout } = await mcpstackIac(args, { columns: 100 });
  expect(stdout).toContain("nothing found");
  expect(readFileSync(sarif, "utf8")).toContain('"version": "2.1.0"');
  expect(readFileSync(junit, "utf8")).toContain(
    '<testsuites name="mcpstack-iac drift" tests="1" failures="0" errors="0">',
  );
  expect(issuer.count("/jwks")).toBe(1);
});

test("help and version end with 0", async () => {
  for (const args of [["--help"], ["drift", "--help"], ["--version"]]) {
    const { code, stdout } = await mcpstackIac(args);
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
  }
});

test("a report is written to the file of --output, and what cannot be written is said", async () => {
  const issuer = closing(await startTableIssuer());
  const file = temporaryFile("report.json", "");
  const { stdout, code } = await mcpstackIac(["drift", issuer.url, "--format", "json", "--output", file]);
  expect([stdout, code]).toEqual(["", 0]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 1, findings: [] });
  const bad = await mcpstackIac(["drift", issuer.url, "--output", `${file}/x`]);
  expect(bad.stderr).toContain("cannot be written (ENOTDIR)");
  expect(bad.code).toBe(2);
});
