import { loggedBody } from "./logged-body";
import { Secrets } from "./secrets";

const secrets = new Secrets("tok_12345");

test.each([
  [
    "a document",
    '{"id":"gtw_1","scopes":["openid"],"status":null}',
    '{"id":"gtw_1","scopes":["openid"],"status":null}',
  ],
  ["a list", '{"items":[{"id":"gtw_1","name":"A"}],"total":1}', '{"items":[{"id":"gtw_1","name":"A"}],"total":1}'],
  ["a number beyond 2^53", '{"total":12345678901234567890}', '{"total":12345678901234567890}'],
  [
    "values of fields that are not known, at any depth",
    '{"id":"gtw_1","pin":1234,"keys":[{"id":"k"}],"isOn":true}',
    '{"id":"gtw_1","pin":"[redacted]","keys":[{"id":"[redacted]"}],"isOn":true}',
  ],
  ["the credential, escaped", '{"name":"\\u0074ok_12345"}', '{"name":"[secret]"}'],
  ["tokens of others", '{"message":"refresh_token=abcdefgh"}', '{"message":"refresh_token=[token]"}'],
  ["what is no JSON", "<p>\n tok_12345</p>", "<p> [secret]</p>"],
  ["nothing", "", ""],
])("A log shows of a body: %s.", (_, body, shown) => {
  expect(loggedBody(body, secrets)).toBe(shown);
});

test("A long body is cut after secrets were looked for.", () => {
  const shown = loggedBody(JSON.stringify({ message: `${"x ".repeat(995)}tok_12345 and more` }), secrets);
  expect(shown).toHaveLength(2_001);
  expect(shown).not.toContain("tok_");
});
