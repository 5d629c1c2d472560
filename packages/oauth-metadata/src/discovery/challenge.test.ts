import { parseChallenge } from "./challenge";

test.each([
  ['Bearer resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['bearer Resource_Metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ["Bearer resource_metadata=https://a/m", { resourceMetadata: "https://a/m" }],
  [
    'Basic realm="x, Bearer y=", Bearer error="invalid_token", resource_metadata="https://a/m", scope="a b"',
    {
      resourceMetadata: "https://a/m",
      scope: "a b",
      error: "invalid_token",
    },
  ],
  ['Bearer realm="say \\"hi\\"", resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['Bearer scope="a", DPoP resource_metadata="https://other/m"', { scope: "a" }],
  ["Bearer", {}],
  ['Negotiate YII/a+b==, Bearer resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['NTLM TlRMTVNTUAAB, Bearer resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['Negotiate, Bearer resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['Bearer abc==, resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  ['Bearer realm = "a, b=c" ,resource_metadata\t= "https://a/m"', { resourceMetadata: "https://a/m" }],
  ['Bearer realm="x"; resource_metadata="https://a/m"', { resourceMetadata: "https://a/m" }],
  [
    'Bearer realm="api", error="one", Bearer error="two", resource_metadata="https://a/m"',
    { resourceMetadata: "https://a/m", error: "two" },
  ],
  [
    'Bearer resource_metadata="https://a/m", Basic realm="x", Bearer resource_metadata="https://a/n"',
    { resourceMetadata: "https://a/m", furtherMetadata: ["https://a/n"] },
  ],
  [
    'Bearer resource_metadata="https://a/m", error="e", resource_metadata="https://a/n", scope=""',
    { resourceMetadata: "https://a/m", furtherMetadata: ["https://a/n"], error: "e", scope: "" },
  ],
  ['Bearer realm="x, resource_metadata="https://a/m"', {}],
])("%s is read", (header, expected) => {
  expect(parseChallenge(header)).toEqual({
    resourceMetadata: undefined,
    scope: undefined,
    error: undefined,
    ...expected,
  });
});

test.each([undefined, "", 'Basic realm="x"', 'DPoP resource_metadata="https://a/m"', ",,,", '"', "===="])(
  "%s holds no Bearer challenge",
  (header) => {
    expect(parseChallenge(header)).toBeUndefined();
  },
);

test("Several headers are read as one", () => {
  expect(parseChallenge(['Bearer realm="api"', 'Bearer resource_metadata="https://a/m"'])?.resourceMetadata).toBe(
    "https://a/m",
  );
});

test("A hostile header is read in no time", () => {
  for (const piece of ['Bearer a="', "Bearer a=\\", "=,", "Bearer ", ' "\\"']) {
    expect(() => parseChallenge(piece.repeat(20_000))).not.toThrow();
  }
});
