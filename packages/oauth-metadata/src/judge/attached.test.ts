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
