// The base's policy holds for the change that mends it: what is not valid in it must neither stop that change nor let anything through.
import type { ReviewFinding } from "../finding";
import { reviewScenario } from "../testing/review-scenario";
import { type Scenario, supportGateway } from "../testing/scenario";
import { parseBasePolicy } from "./base-policy";

const head = { version: 1 as const };
const file = "mcpstack-review.yaml";
const to = (changed: object): Scenario => ({
  before: { gateways: { support: supportGateway } },
  after: { gateways: { support: { ...supportGateway, ...changed } } },
});

async function review(text: string, scenario: Scenario): Promise<readonly ReviewFinding[]> {
  const { policy, problems } = parseBasePolicy(text, file);
  const options = { policy: { policy: head, file }, basePolicy: policy, basePolicyProblems: problems };
  return (await reviewScenario(scenario, "terraform", options)).findings;
}

const codes = (findings: readonly ReviewFinding[]) =>
  findings.filter(({ code }) => code !== "policy-changed").map(({ severity, code }) => `${severity} ${code}`);
const exception = (reason: string) =>
  `version: 1\nexceptions:\n  - code: client-changed\n    address: mcpstack_gateway.support\n    reason: ${reason}\n    until: 2026-12-31\n`;

test("an exception that is not valid excuses nothing, and the rest of the policy holds", async () => {
  const text = `${exception("short")}default:\n  clients: ["support-*"]\n`;
  const said = await review(text, to({ clientId: "other" }));
  expect(codes(said)).toEqual(["error client-not-allowed", "warn base-policy-invalid", "warn client-changed"]);
  expect(said.find(({ code }) => code === "base-policy-invalid")).toMatchObject({
    address: file,
    fields: ["exceptions.0.reason"],
    summary: expect.stringContaining("must say why, in at least 10 characters"),
    after: "excuses nothing",
  });
  expect(codes(await review(exception("long enough to be one"), to({ clientId: "other" })))).toEqual([]);
});

test("the change that mends it has a warning and no error", async () => {
  expect(codes(await review(exception("short"), to({})))).toEqual(["warn base-policy-invalid"]);
});

test.each([
  ["a list that is none", "default:\n  clients: support-mcp", ["error client-not-allowed"]],
  ["a list with an empty element", 'default:\n  clients: ["", other-*]', ["error client-not-allowed"]],
  ["an issuer without its scheme", "default:\n  issuers: [petalpal.eu.auth0.com]", ["error issuer-not-allowed"]],
  ["a list of another environment", "environments:\n  eu:\n    clients: support-mcp", []],
  ["a demand that is none", "default:\n  metadata_check: loud", ["error metadata-check-required"]],
  ["a demand on a finding", "default:\n  findings: { issuer-mismatch: loud }", ["error trust-not-allowed"]],
  ["a demand of another kind", "default:\n  insecure_metadata: true", ["error trust-not-allowed"]],
  ["a severity that is none", "severity:\n  client-changed: quiet", []],
  ["a key that does not belong there", "default:\n  client: [other-*]", []],
  ["a key at the top", "excuses: all", []],
])("%s is held strictly, and told", async (_, text, expected) => {
  const provider = {
    metadataCheck: "warn",
    findings: { "issuer-mismatch": "warn" },
    allowInsecureMetadata: true,
    organization: "o",
  };
  const side = (more: object) => ({ gateways: { support: { ...supportGateway, ...more } }, provider });
  const scenario = { before: side({}), after: side({ clientId: "new" }) };
  const said = codes(await review(`version: 1\n${text}\n`, scenario));
  expect(said).toEqual(expect.arrayContaining([...expected, "warn base-policy-invalid", "warn client-changed"]));
  expect(new Set(said.filter((one) => one.startsWith("error")))).toEqual(new Set(expected));
});

test("a code that no finding has decides nothing, since it may be one of a later version", () => {
  expect(parseBasePolicy("version: 1\nseverity: { no-such-code: warn }\n", file)).toEqual({
    policy: { version: 1, severity: { "no-such-code": "warn" } },
    problems: [],
  });
});

test.each([
  ["no YAML", "version: 1\na: [\n"],
  ["a key that is given twice", "version: 1\nversion: 1\n"],
  ["another version", "version: 2\n"],
  ["nothing", ""],
  ["a list", "- version: 1\n"],
  ["environments that are none", "version: 1\nenvironments: []\n"],
  ["an environment that is none", "version: 1\nenvironments:\n  eu: []\n"],
  ["demands on findings that are none", "version: 1\ndefault:\n  findings: error\n"],
])("of %s nothing can be held, and the message names the base's file", (_, text) => {
  expect(() => parseBasePolicy(text, file)).toThrow(
    expect.objectContaining({
      code: "policy-invalid",
      message: expect.stringMatching(/^mcpstack-review\.yaml of the base:\d+:\d+: /),
    }),
  );
});
