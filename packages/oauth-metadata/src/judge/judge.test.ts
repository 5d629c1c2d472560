import { findingCatalogue, findingCodes } from "@mcpstack/model";
import { attachedCases } from "../testing/attached-cases";
import { cases, goodProfile, inputOf } from "../testing/cases";
import { publicLegCases } from "../testing/public-leg-cases";
import { judge } from "./judge";

const codesOf = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe.each(cases)("$code", ({ code, name, severity, path, fix, when, notWhen }) => {
  test(`is found when ${name}`, () => {
    const found = judge(inputOf(when)).filter((finding) => finding.code === code);
    expect(found).toMatchObject([
      { severity, path, fix: expect.stringContaining(fix), leg: findingCatalogue[code].leg },
    ]);
  });

  test(`is not found close by (${name})`, () => {
    const found = judge(inputOf(notWhen)).filter((finding) => finding.code === code && finding.severity === severity);
    expect(found).toEqual([]);
  });
});

test("About a profile that agrees with everything there is nothing to say, not even for information", () => {
  expect(judge(inputOf({}))).toEqual([]);
});

test("Every code of the catalogue is met by a case, and every case's code is in the catalogue", () => {
  const met = new Set([...codesOf(cases), ...codesOf(publicLegCases), ...codesOf(attachedCases)]);
  expect([...met].sort()).toEqual([...findingCodes]);
});

test("Findings come the severest first, and in the same order for the same input", () => {
  const input = inputOf({
    profile: { scopes: ["openid", "x"], resource: "orders" },
    server: {
      token_endpoint: undefined,
      code_challenge_methods_supported: undefined,
      require_pushed_authorization_requests: true,
    },
  });
  const found = judge(input);
  expect(codesOf(found)).toEqual([
    "endpoint-missing",
    "par-required",
    "resource-not-uri",
    "offline-access-not-asked",
    "pkce-not-listed",
    "resource-not-among-protected-resources",
    "scope-not-listed",
  ]);
  expect(judge(JSON.parse(JSON.stringify(input)) as typeof input)).toEqual(found);
});

test("Findings that nobody wants are left out, and the others are the same as among all", () => {
  const input = inputOf({ profile: { scopes: ["openid", "x"], resource: "orders" } });
  const all = judge(input);
  const loud = judge(input, ({ severity }) => severity !== "info");
  expect(loud).toEqual(all.filter(({ severity }) => severity !== "info"));
  expect(all.length).toBeGreaterThan(loud.length);
  expect(loud.length).toBeGreaterThan(0);
});

describe("one cause is said once", () => {
  const accepted = { issuer: "https://id.example/realms/a", tokenEndpoint: "https://id.example/token" };

  test("An issuer that moved within its origin is one finding, with what it was", () => {
    const found = judge(
      inputOf({
        profile: { authorizationServerUrl: accepted.issuer, resource: undefined },
        server: { issuer: "https://id.example/realms/b", protected_resources: undefined },
        rest: { accepted },
      }),
    );
    expect(found).toMatchObject([{ code: "issuer-mismatch", severity: "error" }]);
    expect(found[0]?.summary).toContain('was "https://id.example/realms/a"');
  });

  test("An issuer that moved to another origin is the move, not the mismatch", () => {
    const found = judge(
      inputOf({
        profile: { authorizationServerUrl: accepted.issuer, resource: undefined },
        server: { issuer: "https://evil.example", protected_resources: undefined },
        rest: { accepted },
      }),
    );
    expect(codesOf(found)).toEqual(["origin-moved"]);
    expect(found[0]?.summary).toContain("the service itself may follow the move already");
  });

  test("A resource that changed its identifier is the mismatch, not a move besides", () => {
    const found = judge(
      inputOf({
        resource: { resource: "https://api.example/v2", authorization_servers: ["https://id.example"] },
        rest: {
          accepted: {
            issuer: "https://id.example",
            authorizationEndpoint: "https://id.example/authorize",
            tokenEndpoint: "https://id.example/token",
            registrationEndpoint: "https://id.example/register",
            jwksUri: "https://id.example/keys",
            codeChallengeMethods: ["S256", "plain"],
            resource: "https://api.example/orders",
          },
        },
      }),
    );
    expect(codesOf(found)).toEqual(["resource-mismatch"]);
  });
});

test("Nothing that could not be reached is an error where a state was accepted", () => {
  const outcomes = [
    "timeout",
    "refused",
    "dns",
    "tls",
    "server-error",
    "denied",
    "blocked-address",
    "insecure",
    "budget",
  ] as const;
  for (const outcome of outcomes) {
    const attempt = { url: "https://id.example/x", outcome };
    const found = judge(
      inputOf({
        server: [attempt],
        resource: [attempt],
        keys: attempt,
        rest: { accepted: { issuer: "https://id.example" } },
      }),
    );
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
  }
});

test("A discovery for other addresses than the profile has is not used", () => {
  const { discovered } = inputOf({ server: [{ url: "https://id.example/x", outcome: "not-found", status: 404 }] });
  const profile = { ...goodProfile, authorizationServerUrl: "https://new.example" };
  expect(judge({ profile, discovered, trustedOrigins: [] })).toEqual([]);
  expect(codesOf(judge({ profile, previous: goodProfile, trustedOrigins: [] }))).toEqual(["client-id-kept"]);
});
