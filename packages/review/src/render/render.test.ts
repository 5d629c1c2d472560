import Ajv from "ajv";
import type { ReviewResult } from "../result";
import { reviewScenario } from "../testing/review-scenario";
import { type Program, supportGateway } from "../testing/scenario";
import { render } from "./render";
import { headline } from "./words";

const options = { colour: false, maxBytes: 65_536, version: "0.1.0" };
const server = { serverId: "petalpal-api", gateway: "support", publicId: "gw_petalpal-api" };
const before: Program = { gateways: { support: supportGateway }, attachments: { api: server } };
const risky: Program = {
  gateways: {
    support: {
      ...supportGateway,
      authorizationServerUrl: "https://login.other.example/",
      scopes: ["openid", "orders:write"],
    },
  },
  attachments: { api: { ...server, publicId: "gw_new" } },
};
const review = (after: Program = risky) => reviewScenario({ before, after }, "terraform");
const many = (count: number): Promise<ReviewResult> => {
  const gateways = (clientId: string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `g${i}`,
        {
          ...supportGateway,
          clientId,
          resource: `https://api${i}.petalpal.com`,
          metadataCheck: i % 2 === 0 ? "warn" : "error",
        },
      ]),
    );
  const lowered = Object.fromEntries(
    Object.entries(gateways("new")).map(([key, gateway]) => [
      key,
      { ...gateway, scopes: [...gateway.scopes, "email"], metadataUrl: "http://x.example/" },
    ]),
  );
  return reviewScenario({ before: { gateways: gateways("old") }, after: { gateways: lowered } }, "terraform");
};

describe("SARIF", () => {
  // The schema is of draft 4; nothing in it means another thing in draft 7.
  const { $schema: _schema, id: _id, ...schema } = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  );

  test.each([
    ["with findings", () => review()],
    ["with none", () => review(before)],
    ["with hundreds", () => many(100)],
  ])("%s is valid against the schema of OASIS", async (_, made) => {
    const log = JSON.parse(render(await made(), "sarif", options));
    expect({ valid: validate(log), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  test("that is damaged is not valid, so the test above could fail", async () => {
    const log = JSON.parse(render(await review(), "sarif", options));
    log.runs[0].results[0].level = "loud";
    expect(validate(log)).toBe(false);
  });

  test("points at a line, names the resource and gives rules that every result refers to", async () => {
    const log = JSON.parse(render(await review(), "sarif", options));
    for (const result of log.runs[0].results) {
      expect(log.runs[0].tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.locations[0]).toMatchObject({
        physicalLocation: { artifactLocation: { uri: "plan.json" }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: expect.stringContaining("mcpstack_") }],
      });
    }
  });
});

test("GitLab's report has what its format demands, with unique fingerprints", async () => {
  const issues = JSON.parse(render(await review(), "gitlab", options));
  expect(issues.length).toBeGreaterThan(3);
  for (const issue of issues) {
    expect(issue).toEqual({
      description: expect.any(String),
      check_name: expect.any(String),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}/),
      severity: expect.stringMatching(/^(?:info|minor|critical)$/),
      location: { path: "plan.json", lines: { begin: 1 } },
    });
  }
  expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(issues.length);
});

test("annotations are one command a finding", async () => {
  const result = await review();
  const lines = render(result, "github", options).trimEnd().split("\n");
  expect(lines.filter((line) => /^::(?:error|warning|notice) title=/.test(line))).toHaveLength(result.findings.length);
  expect(lines.at(-1)).toBe(headline(result));
});

test.each(["terminal", "markdown", "json", "sarif", "gitlab", "github"] as const)(
  "the same plan gives the same bytes as %s",
  async (format) => {
    expect(render(await review(), format, options)).toBe(render(await review(), format, options));
  },
);

test("a review's name stands in every output by which hosts and people tell reviews apart", async () => {
  const program: Program = { gateways: { support: supportGateway } };
  const changed: Program = { gateways: { support: { ...supportGateway, clientId: "x" } } };
  const named = (label?: string) => reviewScenario({ before: program, after: changed }, "terraform", { label });
  const [one, other, none] = [await named("eu *a*"), await named("b"), await named()];
  expect(render(one, "terminal", options)).toMatch(/^MCP Stack \(eu \*a\*\): 1 warning/);
  expect(render(one, "markdown", options)).toMatch(
    /^<!-- mcpstack-review: eu%20\*a\* -->\n\*\*MCP Stack \(`eu \*a\*`\): 1 warning/,
  );
  expect(JSON.parse(render(one, "json", options)).input.label).toBe("eu *a*");
  const ids = [one, other, none].map(
    (result) => JSON.parse(render(result, "sarif", options)).runs[0].automationDetails,
  );
  expect(ids).toEqual([{ id: "mcpstack-review/eu *a*/" }, { id: "mcpstack-review/b/" }, undefined]);
  const prints = [one, other, none].map((result) => JSON.parse(render(result, "gitlab", options))[0].fingerprint);
  expect(new Set(prints).size).toBe(3);
});

test("colour is used only where asked for", async () => {
  const result = await review();
  expect(render(result, "terminal", { ...options, colour: true })).toContain("\u001b[31merror");
  expect(render(result, "terminal", options)).not.toContain("\u001b");
});

describe("a plan without anything to review", () => {
  test.each([
    [
      "that touches no gateway",
      before,
      "MCP Stack: no gateway is touched (2 resources in the plan); nothing to review.",
    ],
    [
      "that renames a description",
      { ...before, gateways: { support: { ...supportGateway, description: "New words" } } },
      "MCP Stack: 1 gateway changes; nothing to review.",
    ],
  ])("%s gives one line", async (_, after, line) => {
    const result = await review(after);
    expect(render(result, "terminal", options)).toBe(`${line}\n`);
    expect(render(result, "markdown", options)).toBe(`<!-- mcpstack-review -->\n**${line}**\n`);
  });
});

describe("Markdown", () => {
  test("has a diagram where issuer or servers move, and none elsewhere", async () => {
    expect(render(await review(), "markdown", options)).toContain('before_i0(["https://petalpal.eu.auth0.com/"])');
    expect(
      render(
        await review({ ...before, gateways: { support: { ...supportGateway, clientId: "x" } } }),
        "markdown",
        options,
      ),
    ).not.toContain("mermaid");
  });

  test.each([65_536, 20_000, 5_000, 1_000])(
    "stays below %d bytes and says what it left out, the least severe first",
    async (maxBytes) => {
      const result = await many(120);
      const text = render(result, "markdown", { ...options, maxBytes });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      expect(text).toContain("Left out, because a comment has a size limit");
      const rows = text.split("\n").filter((line) => line.startsWith("| **"));
      const weights = rows.map((row) =>
        ["error", "warning", "note"].findIndex((word) => row.startsWith(`| **${word}**`)),
      );
      expect(weights).toEqual([...weights].sort());
      expect(rows.length).toBe(Math.min(rows.length, result.findings.length));
      if (rows.length < result.findings.length)
        expect(text).toContain(`${result.findings.length - rows.length} findings (`);
    },
  );

  test("says whether servers were asked of the API, and whether metadata was checked", async () => {
    expect(render(await review(), "markdown", options)).toContain("Servers are those that the plan itself shows");
    const asked = await reviewScenario({ before, after: risky }, "terraform", {
      blastRadius: { reach: async () => ({ servers: ["a", "b"], grants: 12 }) },
      preflight: { check: async () => [] },
    });
    const text = render(asked, "markdown", options);
    expect(text).toContain("Servers and grants were asked of the API.");
    expect(text).toContain("2 servers, 12 grants");
    expect(text).toContain("The published metadata of planned profiles was checked.");
  });
});
