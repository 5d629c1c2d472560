import { compareIssuers, sameIssuer } from "./issuer";

describe("compareIssuers names the mildest difference between two issuer identifiers", () => {
  test.each([
    ["https://a.example", "https://a.example", "same"],
    ["https://a.example", "https://a.example/", "trailingSlash"],
    ["https://a.example/realms/x", "https://a.example/realms/x/", "trailingSlash"],
    ["https://A.example", "https://a.example", "hostCase"],
    ["https://A.example/x/", "https://a.example/x", "hostCase"],
    ["https://a.example:443", "https://a.example", "defaultPort"],
    ["http://a.example", "https://a.example", "scheme"],
    ["https://a.example/x", "https://a.example/X", "different"],
    ["https://a.example", "https://b.example", "different"],
    ["https://a.example/{tenantid}/v2.0", "https://a.example/common/v2.0", "different"],
    ["not a url", "https://a.example", "different"],
  ] as const)("%s and %s: %s", (a, b, difference) => {
    expect(compareIssuers(a, b)).toBe(difference);
    expect(compareIssuers(b, a)).toBe(difference);
    expect(sameIssuer(a, b)).toBe(difference === "same");
  });
});
