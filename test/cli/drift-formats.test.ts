import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startTableIssuer } from "@mcpstack/local-api";
import Ajv from "ajv";
import { closing, driftReport, mcpstackIac } from "./command-line";
import { allowed, type Organization, onLoopback, organization } from "./organization";

/** An organization with a finding of each severity, one finding that two gateways share, an event, and a server that cannot be read. */
async function faulty(): Promise<Organization> {
  const of = await organization();
  const { api, issuer, gatewayId } = of;
  api.store.putGateway(gatewayId, { scopes: ["openid", "plants.read"], authorizationServerUrl: `${issuer.url}/` });
  api.store.createGateway({
    name: "Orders",
    providerType: "manual",
    authorizationServerUrl: `${issuer.url}/`,
    clientId: "orders",
    scopes: ["openid"],
  });
  issuer.setMetadata({ code_challenge_methods_supported: undefined });
  api.store.addLogEvent(gatewayId, {
    at: "2026-02-03T04:05:06.000Z",
    type: "tool_call",
    outcome: "failure",
    message: "insufficient_scope: plants.write",
  });
  api.faults.add({ match: { path: "/mcp-servers/srv_orders_api/gateway" }, action: { status: 403 } });
  return of;
}

/** Ports differ from run to run. */
function settled(text: string, { api, issuer }: Organization): string {
  const origins = [
    [issuer.origin, "http://issuer.test"],
    [api.url, "http://api.test"],
  ] as const;
  return origins
    .flatMap(([from, to]) => [
      [from, to],
      [encodeURIComponent(from), encodeURIComponent(to)],
      [from.replaceAll(":", "&#58;"), to.replaceAll(":", "&#58;")],
    ])
    .reduce((before, [from = "", to = ""]) => before.replaceAll(from, to), text)
    .replace(/"mcpstackDrift\/v1": "[0-9a-f]{64}"/g, '"mcpstackDrift/v1": "(a hash)"');
}

/** Compares with a file under golden/, which `UPDATE_GOLDEN=1` writes; read what it wrote. */
function expectGolden(text: string, name: string): void {
  const file = path.join(__dirname, "golden", name);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

test.each([
  ["terminal", "drift.txt"],
  ["json", "drift.json"],
  ["markdown", "drift.md"],
  ["sarif", "drift.sarif"],
  ["junit", "drift.xml"],
])("--format %s writes what was reviewed by eye", async (format, golden) => {
  const of = await faulty();
  const { code, stdout } = await mcpstackIac(["drift", "--info", "--format", format, ...onLoopback], { env: of.env });
  expect(code).toBe(1);
  expectGolden(settled(stdout, of), golden);
});

test("the SARIF is valid by the standard's schema", async () => {
  const { env } = await faulty();
  const { stdout } = await mcpstackIac(["drift", "--info", "--format", "sarif", allowed], { env });
  const { $schema: _, id: __, ...schema } = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
  expect([validate(JSON.parse(stdout)), validate.errors]).toEqual([true, null]);
});

test("the terminal has colour on a terminal alone, and never where NO_COLOR or --no-color says so", async () => {
  const of = await faulty();
  const run = async (env: Record<string, string>, args: readonly string[], columns?: number) =>
    (await mcpstackIac(["drift", allowed, ...args], { env: { ...of.env, ...env }, ...(columns ? { columns } : {}) }))
      .stdout;
  expect(await run({}, [], 100)).toContain("\u001b[31merror");
  expect(await run({}, [])).not.toContain("\u001b");
  expect(await run({ NO_COLOR: "1" }, [], 100)).not.toContain("\u001b");
  expect(await run({}, ["--no-color"], 100)).not.toContain("\u001b");
});

test("a progress bar is drawn on a terminal's standard error, and taken away again", async () => {
  const { env } = await organization();
  const shown = (await mcpstackIac(["drift", allowed], { env, columns: 100 })).stderr;
  expect(shown).toContain("] 2/2");
  expect(shown).toMatch(/\r +\r$/);
  expect((await mcpstackIac(["drift", "--no-progress", allowed], { env, columns: 100 })).stderr).toBe("");
  expect((await mcpstackIac(["drift", allowed], { env })).stderr).toBe("");
});

describe("hostile text", () => {
  const hostile = [
    "\u001b[2J\u001b]0;owned\u0007",
    "\u202egnp.exe",
    "\n::error::injected",
    "##[group]x ##vso[task.setvariable]y",
    "</code></details><script>alert(1)</script><img src=x onerror=y>",
    "| a | b |\n| --- | --- |",
    "`code` **bold** [link](https://evil.example) ![x](https://evil.example/x.png)",
    "@everyone #1 GH-2 www.evil.example https://evil.example mail@evil.example",
    "]]><failure/>&amp;\u0000\ufffe\ud800",
    "a".repeat(20_000),
  ];

  test.each(["terminal", "json", "markdown", "sarif", "junit"])("breaks nothing in the format %s", async (format) => {
    const { api, env, issuer, gatewayId } = await organization();
    for (const text of hostile) {
      api.store.createGateway({
        name: text,
        providerType: "manual",
        authorizationServerUrl: `${issuer.url}/`,
        clientId: text,
      });
    }
    issuer.setMetadata({ issuer: `https://login.example.com/${hostile.slice(0, 9).join("")}` });
    api.store.addLogEvent(gatewayId, {
      type: "token",
      outcome: "failure",
      message: `invalid audience ${hostile.join(" ")}`,
    });
    api.publicLeg.plant("wrong-issuer");
    const { code, stdout } = await mcpstackIac(["drift", "--info", "--format", format, allowed], { env });
    expect(code).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe]/);
    expect(stdout).not.toMatch(/\p{Cs}/u);
    expect(stdout).not.toMatch(/^\s*::/m);
    expect(stdout).not.toMatch(/##(?=[\w[])/);
    if (format === "json" || format === "sarif") expect(() => JSON.parse(stdout)).not.toThrow();
    if (format === "markdown") {
      const prose = stdout.replace(/`[^`\n]*`|<code>.*?<\/code>/g, "");
      expect(prose).not.toMatch(/<(?!br>|!-- -->)/);
      expect(prose).not.toMatch(/\]\(|https?:\/\/|(?<![\w&])@\w/);
      const rows = prose.split("\n").filter((line) => line.startsWith("|"));
      expect(new Set(rows.map((row) => row.split("|").length))).toEqual(new Set([5]));
    }
    if (format === "junit") {
      expect(stdout.match(/<failure /g)?.length).toBe(stdout.match(/<\/failure>/g)?.length);
      expect(stdout).not.toContain("<script");
    }
  });

  test("is cut where it is long", async () => {
    const issuer = closing(await startTableIssuer());
    issuer.setMetadata({ issuer: `https://login.example.com/${"x".repeat(5000)}` });
    const { report } = await driftReport([issuer.url]);
    expect(report.findings[0]?.summary.length).toBeLessThan(1500);
  });
});
