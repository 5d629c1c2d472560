import { type AttachedSituation, attachedCases } from "../testing/attached-cases";
import { goodProfile } from "../testing/cases";
import { judgeAttached } from "./attached";
import { judge } from "./judge";

const found = ({ scopes, ...attached }: AttachedSituation) =>
  judge({ profile: { ...goodProfile, scopes }, attached, trustedOrigins: [] });

describe.each(attachedCases)("$code", ({ code, name, fix, when, notWhen }) => {
  test(`is found when ${name}`, () => {
    expect(found(when).filter((finding) => finding.code === code)).toMatchObject([
      { fix: expect.stringContaining(fix) },
    ]);
  });

  test(`is not found close by (${name})`, () => {
    expect(found(notWhen).filter((finding) => finding.code === code)).toEqual([]);
  });
});

test("Without a profile the same is found, but for what compares with its scopes", () => {
  for (const { when } of attachedCases) {
    const { scopes: _, ...attached } = when;
    expect(judgeAttached(attached)).toEqual(found(attached));
  }
});

test("Two servers whose tools need different scopes are each told how to have theirs", () => {
  const tool = (scope: string) => [{ name: scope, enabled: true, requiredScopes: [scope] }];
  const advised = found({
    scopes: ["openid", "a"],
    servers: [
      { id: "one", tools: tool("b") },
      { id: "two", tools: tool("c") },
    ],
  }).map(({ advice }) => advice?.profile?.scopes);
  expect(advised).toEqual([
    ["a", "b", "openid"],
    ["a", "c", "openid"],
  ]);
});

describe("What a tool needs is advised", () => {
  const needs = (scope: string) => [{ id: "one", tools: [{ name: "read", enabled: true, requiredScopes: [scope] }] }];
  const cognito = { authorizationServerUrl: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Petals" };
  const advised = (scopes: readonly string[], profile: object) =>
    judge({
      profile: { ...goodProfile, resource: undefined, ...profile, scopes },
      attached: { servers: needs("plants.read") },
      trustedOrigins: [],
    }).find(({ code }) => code === "tool-scope-not-allowed");

  test("with the API before it that the other scopes have, whatever that is called", () => {
    expect(advised(["openid", "plants-api/plants.list"], {})?.advice?.profile?.scopes).toContain(
      "plants-api/plants.read",
    );
  });

  test("alone, where others are alone", () => {
    expect(advised(["plants.list"], {})?.advice?.profile?.scopes).toContain("plants.read");
  });

  test("in words, where Cognito wants an API before it and none is named", () => {
    const finding = advised(["openid"], cognito);
    expect(finding?.advice).toBeUndefined();
    expect(finding?.fix).toContain("the identifier of its API and a slash before it");
    expect(finding?.fix).not.toContain('"plants.read"');
  });
});

describe("To leave scopes out ends no finding:", () => {
  const readOnly = [{ id: "one", tools: [{ name: "read", enabled: true, requiredScopes: ["orders.read"] }] }];

  test("the only scope, unneeded, makes way for the one that is needed", () => {
    const [tool, scope] = found({ scopes: ["orders.write"], servers: readOnly });
    expect([tool?.code, tool?.fix]).toEqual(["tool-scope-not-allowed", expect.stringContaining('Add "orders.read"')]);
    expect(scope?.advice?.profile).toEqual({ scopes: ["orders.read"] });
  });

  test("an added scope that is the only one is not taken away without another", () => {
    const [finding] = judge({
      profile: { ...goodProfile, scopes: ["orders.write"] },
      previous: { ...goodProfile, scopes: ["orders.read"] },
      trustedOrigins: [],
    }).filter(({ code }) => code === "scope-broad");
    expect(finding?.advice).toBeUndefined();
    expect(finding?.fix).toContain("scopes that only read");
  });
});

describe("A scope that includes what tools need", () => {
  const servers = [
    {
      id: "one",
      tools: [
        { name: "status", enabled: true, requiredScopes: ["repo:status"] },
        { name: "list", enabled: true, requiredScopes: ["public_repo"] },
      ],
    },
  ];

  test("allows them, and is said to be wider than they need it", () => {
    const findings = found({ scopes: ["repo", "openid"], servers });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([["scope-unneeded", "info"]]);
    expect(findings[0]?.summary).toBe(
      'Enabled tools need no more of what "repo" grants than "public_repo", "repo:status".',
    );
    expect(findings[0]?.advice?.profile?.scopes).toEqual(["openid", "public_repo", "repo:status"]);
  });

  test("is what a tool needs where one needs all of it", () => {
    const all = { id: "two", tools: [{ name: "push", enabled: true, requiredScopes: ["repo"] }] };
    expect(found({ scopes: ["repo"], servers: [...servers, all] })).toEqual([]);
  });

  test("is no scope too narrow for an agent", () => {
    const agents = [{ id: "agent_1", name: "Helper", serverIds: ["one"], scopes: ["repo:status"] }];
    const codes = found({ scopes: ["repo"], servers, agents }).map(({ code }) => code);
    expect(codes).not.toContain("agent-scopes-too-wide");
  });
});
