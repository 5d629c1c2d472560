import { isLoopback, meansSameUrl, originOf, parseUrl, urlProblem } from "./urls";

const strict = { query: "refused", insecure: "refused" } as const;

describe("urlProblem", () => {
  test.each([
    ["https://auth.example.com"],
    ["https://auth.example.com/realms/x/"],
    ["http://localhost:8080/x"],
    ["http://127.0.0.1:1"],
    ["http://[::1]:1/"],
  ])("takes %s", (url) => {
    expect(urlProblem(url, strict)).toBeUndefined();
  });

  test.each([
    ["auth.example.com", /absolute URL/],
    ["https:auth.example.com", /absolute URL/],
    ["https://", /absolute URL/],
    ["http://auth.example.com", /https URL/],
    ["http://localhost.evil.example", /https URL/],
    ["ftp://auth.example.com", /not ftp:/],
    ["https://user:secret@auth.example.com", /user information/],
    ["https://@auth.example.com", /user information/],
    ["https://auth.example.com/#x", /fragment/],
    ["https://auth.example.com/?x=1", /query/],
    ["https://auth.example.com/a b", /white space/],
    ["https://auth.example.com\\@evil.example/t", /backslash|user information/],
    ["https://auth.example.com\\t", /backslash/],
  ])("refuses %s", (url, reason) => {
    expect(urlProblem(url, strict)).toMatch(reason);
    expect(urlProblem(url, strict)).not.toContain("secret");
  });

  test("takes a query and plain http where the kind of URL allows them", () => {
    expect(urlProblem("http://a.example/x?p=b2c", { query: "allowed", insecure: "allowed" })).toBeUndefined();
  });
});

describe("meansSameUrl is silent for what the WHATWG standard makes of the written URL, one way only", () => {
  test.each([
    ["https://a.example", "https://a.example", true],
    ["https://a.example", "https://a.example/", true],
    ["https://A.example:443/x", "https://a.example/x", true],
    ["https://a.example/", "https://a.example", false],
    ["https://a.example/x", "https://a.example/x/", false],
    ["https://a.example/x", "https://a.example/y", false],
    ["urn:api", "urn:api", true],
    ["api", "other", false],
  ])("written %s, observed %s: %s", (written, observed, same) => {
    expect(meansSameUrl(written, observed)).toBe(same);
  });
});

test.each([
  ["localhost", true],
  ["x.localhost", true],
  ["127.9.9.9", true],
  ["[::1]", true],
  ["127.0.0.1.example", false],
  ["10.0.0.1", false],
])("isLoopback(%s) is %s", (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});

test("a URL stays one, however often it is asked", () => {
  // Node 20's own `URL.canParse` answers false for letters such as these, after some thousand calls.
  const wrong = Array.from({ length: 20_000 }, (_, index) => originOf(`https://exämple.com/${index % 50}`)).findIndex(
    (origin) => origin !== "https://xn--exmple-cua.com",
  );
  expect(wrong).toBe(-1);
  expect(parseUrl("/next", "https://a.example/x")?.href).toBe("https://a.example/next");
});

test("the origin of what is no hierarchical URL is undefined", () => {
  expect(originOf("urn:a:b")).toBeUndefined();
  expect(originOf("x")).toBeUndefined();
  expect(originOf("https://A.example:443/x?y")).toBe("https://a.example");
});
