import { unknownValue } from "../values";
import { connectionProblems } from "./validate";

const messages = (value: unknown) =>
  connectionProblems(value).map(({ path, message }) => `${path.join(".")} ${message}`);

test.each([
  [undefined],
  [{}],
  [{ apiUrl: "https://api.example.com", organization: "petalpal", credentialFrom: { env: "OTHER_KEY" } }],
  [{ credentialFrom: { config: "mcpstack:other" } }],
  [{ organization: unknownValue }],
  [{ apiUrl: "", organization: "" }],
])("%j is a connection", (value) => {
  expect(messages(value)).toEqual([]);
});

test.each([
  ["a text", /^connection must be an object$/],
  [{ url: "https://api.example.com" }, /^connection\.url is not a part of a connection/],
  [{ apiUrl: "http://api.example.com" }, /^connection\.apiUrl must be an https URL/],
  [{ organization: " x" }, /^connection\.organization must not begin or end with white space/],
  [{ credentialFrom: "mcpstack_sk_secret" }, /^connection\.credentialFrom must be \{ env: "NAME" \}/],
  [{ credentialFrom: { env: "A", config: "b" } }, /^connection\.credentialFrom must be/],
  [{ credentialFrom: { token: "mcpstack_sk_secret" } }, /^connection\.credentialFrom must be/],
])("%j is refused by name", (value, message) => {
  expect(messages(value)).toEqual([expect.stringMatching(message)]);
  expect(messages(value).join()).not.toContain("mcpstack_sk_secret");
});
