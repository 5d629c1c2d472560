import fc from "fast-check";
import { withoutTokens } from "./without-tokens";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
const opaque = "8xLOxBtZp8Q-mZ.2_y~A+/w=";

test.each([
  ["a JSON web token", `no user in ${jwt}, sorry`, "no user in [token], sorry"],
  ["an encrypted one", `no ${jwt}.dGFn.dGFn`, "no [token]"],
  ["one that was cut", `no ${jwt.slice(0, 30)}`, "no [token]"],
  ["one that was cut within its header", "no eyJhbGciOiJSUzI", "no [token]"],
  ["Bearer", `Authorization: Bearer ${opaque} refused`, "Authorization: Bearer [token] refused"],
  ["bearer, of small letters only", "bearer abcdefghijklmnopqrstuvwxyzabcd", "bearer [token]"],
  ["Basic", "Basic dXNlcjpwYXNz", "Basic [token]"],
  [
    "a query",
    `GET /cb?code=Splx&state=x&access_token=${opaque}#a`,
    "GET /cb?code=[token]&state=x&access_token=[token]",
  ],
  [
    "a form",
    "grant_type=x&client_secret=abc%2Fdef&refresh_token=r1",
    "grant_type=x&client_secret=[token]&refresh_token=[token]",
  ],
  ["an escaped URL", "/cb%3Faccess_token%3Dabcdef", "/cb%3Faccess_token%3D[token]"],
  ["JSON", '{"refresh_token":"8xL","code":"x","n":1}', '{"refresh_token":"[token]","code":"[token]","n":1}'],
  ["JSON within a text", String.raw`"{\"id_token\": \"a.b\"}"`, String.raw`"{\"id_token\": \"[token]\"}"`],
  [
    "JSON in camel case",
    '{ "clientSecret": "a b", "accessToken":"t" }',
    '{ "clientSecret": "[token]", "accessToken":"[token]" }',
  ],
  ["a line of a log", "refresh_token: 8xLOxBtZp8, scope: openid", "refresh_token: [token], scope: openid"],
  ["a code by itself", "code=SplxlOBeZQQYbYS6WxSbIA expired", "code=[token] expired"],
  [
    "other secrets of the protocol",
    "code_verifier=a1&client_assertion=b2&password=c3",
    "code_verifier=[token]&client_assertion=[token]&password=[token]",
  ],
  ["keys of the service", "mcpstack_sk_live_1 and emcy_sk_2", "[token] and [token]"],
  ["a header with a key", "X-API-Key: 12345678", "X-API-Key: [token]"],
])("a text is without %s", (_, text, expected) => {
  expect(withoutTokens(text)).toBe(expected);
});

test.each([
  "401: invalid audience",
  "Bearer authentication failed",
  'WWW-Authenticate: Bearer resource_metadata="https://api.example.com/x", error="invalid_token"',
  "token: expired",
  "refresh_token: revoked by the user",
  "the access_token is missing, error=invalid_token",
  "error code=AADSTS50011: redirect URI mismatch",
  "code: 404",
  "the key mcpstack_pk_1 is public",
  "token_endpoint=https://auth.example.com/token answered 400",
  "missing scopes: plants.write",
  'clientSecret: [secret] is too short, "token":"[redacted]", Bearer [token]',
])("a text that holds none stays as it is: %s", (text) => {
  expect(withoutTokens(text)).toBe(text);
});

test("what is without tokens stays so", () => {
  const part = fc.constantFrom(
    "code=",
    "?",
    "&",
    "access_token",
    "Bearer ",
    '"',
    ":",
    " ",
    "[token]",
    "]",
    jwt,
    opaque,
    "%3D",
    "word",
    "\\",
    "\n",
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (made) => {
      const once = withoutTokens(made);
      expect(withoutTokens(once)).toBe(once);
      expect(once).not.toContain(jwt);
    }),
    { numRuns: 5_000, seed: 20260502 },
  );
});
