import {
  authorizationServerCandidates,
  expectedIssuer,
  isMetadataAddress,
  protectedResourceCandidates,
} from "./well-known";

const urls = (candidates: readonly { url: string }[]) => candidates.map(({ url }) => url);

test("An issuer with a path is looked for at four addresses, in the order of the standards", () => {
  for (const issuer of ["https://h.example/p", "https://h.example/p/", "https://H.example:443/p"]) {
    expect(urls(authorizationServerCandidates(issuer))).toEqual([
      "https://h.example/.well-known/oauth-authorization-server/p",
      "https://h.example/.well-known/openid-configuration/p",
      "https://h.example/p/.well-known/openid-configuration",
      "https://h.example/p/.well-known/oauth-authorization-server",
    ]);
  }
});

test("An issuer without a path is looked for at two addresses, with a slash at its end or without", () => {
  for (const issuer of ["https://h.example", "https://h.example/"]) {
    expect(urls(authorizationServerCandidates(issuer))).toEqual([
      "https://h.example/.well-known/oauth-authorization-server",
      "https://h.example/.well-known/openid-configuration",
    ]);
  }
});

test("A resource with a path is looked for inserted, at the root and appended", () => {
  expect(urls(protectedResourceCandidates("https://h.example/p"))).toEqual([
    "https://h.example/.well-known/oauth-protected-resource/p",
    "https://h.example/.well-known/oauth-protected-resource",
    "https://h.example/p/.well-known/oauth-protected-resource",
  ]);
  for (const resource of ["https://h.example", "https://h.example/"])
    expect(urls(protectedResourceCandidates(resource))).toEqual([
      "https://h.example/.well-known/oauth-protected-resource",
    ]);
});

test("A slash at the end of a resource's path belongs to it: with the slash first, without as the second", () => {
  expect(urls(protectedResourceCandidates("https://h.example/p/"))).toEqual([
    "https://h.example/.well-known/oauth-protected-resource/p/",
    "https://h.example/.well-known/oauth-protected-resource/p",
    "https://h.example/.well-known/oauth-protected-resource",
    "https://h.example/p/.well-known/oauth-protected-resource",
  ]);
});

test.each([
  ["https://h.example/.well-known/oauth-authorization-server", "https://h.example"],
  ["https://h.example/.well-known/oauth-authorization-server/p", "https://h.example/p"],
  ["https://h.example/p/.well-known/openid-configuration", "https://h.example/p"],
  ["https://h.example/.well-known/own", "https://h.example/.well-known/own"],
  ["https://h.example/p", "https://h.example/p"],
])("%s means the issuer %s", (url, issuer) => {
  expect(expectedIssuer(url)).toBe(issuer);
});

test("A well-known address inside of a query is no metadata address", () => {
  expect(isMetadataAddress("https://h.example/p?x=/.well-known/y")).toBe(false);
});
