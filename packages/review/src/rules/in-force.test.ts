// What counts is what is in force for a gateway: what it says itself, else what its provider says, else the default.
import { findingCodes, findingEntry } from "@mcpstack/model";
import type { Policy } from "../policy/schema";
import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { frontEnds, inputOf, reviewScenario, today } from "../testing/review-scenario";
import { type Program, supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";
import { defaultSeverity, loweredFindings } from "./in-force";

const program = (provider: object, ...gateways: object[]): Program => ({
  provider: { organization: "org_petalpal", ...provider },
  gateways: Object.fromEntries(gateways.map((more, index) => [`g${index}`, { ...supportGateway, ...more }])),
});
const off = { "issuer-mismatch": "off" };
const origin = "https://login.other.example";

describe.each(frontEnds)("told by %s", (frontEnd) => {
  const told = async (before: Program, after: Program, policy?: Policy["default"]) => {
    const held = policy && { policy: { policy: { version: 1 as const, default: policy }, file: "p.yaml" } };
    const { findings } = await reviewScenario({ before, after }, frontEnd, held);
    return findings.map(
      ({ code, kind, before, after }) => `${kind} ${code}: ${before ?? "nothing"} -> ${after ?? "nothing"}`,
    );
  };

  test("a gateway's own check that goes away leaves the provider's laxer one in force", async () => {
    const lax = { metadataCheck: "off", findings: off };
    const strict = { metadataCheck: "warn", findings: { "issuer-mismatch": "error" } };
    expect(await told(program(lax, strict), program(lax, { findings: strict.findings }))).toEqual([
      "gateway metadata-check-lowered: warn -> off (the provider's)",
    ]);
    expect(await told(program(lax, strict), program(lax, { metadataCheck: "warn" }))).toEqual([
      "gateway finding-switched-off: issuer-mismatch: error -> issuer-mismatch: off (the provider's)",
    ]);
  });

  test("a gateway's own check that goes away leaves the default in force, where the provider says nothing", async () => {
    expect(await told(program({}, { metadataCheck: "error" }), program({}, {}))).toEqual([
      "gateway metadata-check-lowered: error -> (default: warn)",
    ]);
    expect(await told(program({}, { metadataCheck: "warn" }), program({}, {}))).toEqual([]);
  });

  test("a gateway of its own mind is laxer than its provider, from the beginning or from now on", async () => {
    const strict = { metadataCheck: "error", findings: { "pkce-not-listed": "error" } };
    const lax = { metadataCheck: "warn", findings: { "pkce-not-listed": "warn" } };
    const lowered = (was: string) => [
      "gateway finding-switched-off: pkce-not-listed: error -> pkce-not-listed: warn",
      `gateway metadata-check-lowered: ${was} -> warn`,
    ];
    expect(await told(program(strict, {}), program(strict, lax))).toEqual(lowered("error"));
    expect(await told(program(strict, {}), program(strict, {}, lax))).toEqual(expect.arrayContaining(lowered("error")));
  });

  test("what the provider says otherwise is told of the provider, and not again of each gateway", async () => {
    const was = { metadataCheck: "warn", trustedOrigins: [] };
    const will = { metadataCheck: "off", findings: off, trustedOrigins: [origin] };
    const description = { description: "x" };
    expect(await told(program(was, {}, {}), program(will, description, description))).toEqual([
      "provider finding-switched-off: issuer-mismatch: (default: error) -> issuer-mismatch: off",
      "provider metadata-check-lowered: warn -> off",
      `provider trusted-origin-added: nothing -> ${origin}`,
    ]);
  });

  test("a gateway that repeats what its provider says changes nothing", async () => {
    const lax = { metadataCheck: "off", findings: off, trustedOrigins: [origin] };
    expect(await told(program(lax, {}), program(lax, lax))).toEqual([]);
    expect(await told(program(lax, lax), program(lax, {}))).toEqual([]);
  });

  test("what the provider says that goes over to the one gateway that needs it is a tightening", async () => {
    const lax = { metadataCheck: "off", findings: off, trustedOrigins: [origin] };
    expect(await told(program(lax, {}, {}), program({}, lax, {}))).toEqual([]);
    // The other way it is a loosening, for all others, and for those to come.
    expect(await told(program({}, lax, {}), program(lax, {}, {}))).toEqual([
      expect.stringMatching(/^provider finding-switched-off/),
      expect.stringMatching(/^provider metadata-check-lowered/),
      expect.stringMatching(/^provider trusted-origin-added/),
    ]);
  });

  test("an entry that goes away has its default again, on the provider and on a gateway", async () => {
    const loud = { findings: { "pkce-not-listed": "error", ...off } };
    const taken = "finding-switched-off: pkce-not-listed: error -> pkce-not-listed: (default: info)";
    expect(await told(program(loud, {}), program({ findings: off }, {}))).toEqual([`provider ${taken}`]);
    expect(await told(program(loud, {}), program({}, {}))).toEqual([`provider ${taken}`]);
    expect(await told(program({}, loud), program({}, { findings: off }))).toEqual([`gateway ${taken}`]);
  });

  test("an entry below its default is a lowering, and one above or beside it is none", async () => {
    const chosen = (findings: object) => told(program({}, {}), program({ findings }, {}));
    expect(await chosen({ "endpoint-insecure": "warn", "code-flow-missing": "warn" })).toEqual([
      "provider finding-switched-off: code-flow-missing: (default: error), endpoint-insecure: (default: error) -> code-flow-missing: warn, endpoint-insecure: warn",
    ]);
    expect(await chosen({ "endpoint-insecure": "error", "pkce-not-listed": "info" })).toEqual([]);
    expect(await chosen({ "pkce-not-listed": "error" })).toEqual([]);
  });

  test("a policy that demands a severity is not met by a default below it", async () => {
    const demand = { findings: { "pkce-not-listed": "error" as const } };
    const louder = { findings: { "pkce-not-listed": "error" } };
    const [was, will] = [program({}, {}), program({}, { description: "x" })];
    const refused = expect.stringMatching(
      /^provider trust-not-allowed: nothing -> pkce-not-listed: \(default: info\)$/,
    );
    expect(await told(was, will, demand)).toEqual([refused]);
    expect(await told(program(louder, {}), program(louder, {}), demand)).toEqual([]);
    expect(await told(was, will, { findings: { "issuer-mismatch": "error" } })).toEqual([]);
  });
});

test("Without a provider that is configured, the default of each gateway is held against the policy", async () => {
  const gateways = { support: supportGateway };
  const { findings } = await reviewScenario({ before: { gateways }, after: { gateways } }, "pulumi", {
    policy: { policy: { version: 1, default: { findings: { "pkce-not-listed": "error" } } }, file: "p.yaml" },
  });
  expect(findings.map(({ code, after }) => `${code} ${after}`)).toEqual([
    "trust-not-allowed pkce-not-listed: (default: info)",
  ]);
});

test("What a gateway comes to have from a provider that the input does not show cannot be reviewed", async () => {
  const plan = (metadataCheck: string | undefined, findings?: object) => {
    const after = { ...supportGateway, ...(metadataCheck ? { metadataCheck } : {}), ...(findings ? { findings } : {}) };
    const made = terraformPlan({
      before: { gateways: { support: { ...supportGateway, metadataCheck: "warn" } } },
      after: { gateways: { support: after } },
    }) as Loose;
    made.configuration.provider_config.mcpstack.expressions = {
      metadata_check: { references: ["terraform.workspace"] },
      findings: { references: ["terraform.workspace"] },
    };
    return made;
  };
  const told = async (head: Loose) =>
    (await reviewPlan(inputOf(head), { now: today })).findings
      .filter(({ kind }) => kind === "gateway")
      .map(({ code, severity, fields }) => `${severity} ${code} ${fields}`);
  expect(await told(plan(undefined))).toEqual(["warn cannot-be-reviewed metadata_check"]);
  expect(await told(plan("error"))).toEqual([]);
  expect(await told(plan("warn", off))).toEqual([
    "warn cannot-be-reviewed findings",
    "warn finding-switched-off findings",
  ]);
});

test.each(findingCodes)("%s has a default that every level below it is less than", (code) => {
  const loudest = defaultSeverity(code, "loudest");
  const lowered = ["off", "info", "warn", "error"].filter(
    (severity) => loweredFindings({}, { findings: { [code]: severity } }).length > 0,
  );
  expect(lowered.at(-1)).toBe({ error: "warn", warn: "info", info: "off" }[loudest]);
  expect(loweredFindings({ findings: { [code]: "error" } }, {})).toEqual(
    findingEntry(code)?.severity === "error" ? [] : [code],
  );
});
