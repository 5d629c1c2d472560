import { ExactNumber } from "@mcpstack/model";
import { isApiError } from "../errors/api-error";
import { decodeGateway } from "./gateway";

const from = { method: "GET", path: "/api/v1/organizations/o/gateways/gw_1" };
const decode = (fields: object) => decodeGateway({ id: "gw_1", ...fields }, from);

const forms: [string, object, object][] = [
  ["scopes in any order and twice", { scopes: ["b", "a", "b"] }, { scopes: ["b", "a"] }],
  ["scopes split on spaces", { scopes: "openid  email " }, { scopes: ["openid", "email"] }],
  ["scopes split on commas", { scopes: "openid,email, profile" }, { scopes: ["openid", "email", "profile"] }],
  ["no scopes as an empty text", { scopes: "" }, {}],
  ["no scopes as an empty list", { scopes: [] }, {}],
  ["no scopes as null", { scopes: null }, {}],
  ["no scopes as white space", { scopes: " " }, {}],
  ["the provider type under its help name", { providerType: "auth0" }, { providerType: "auth0" }],
  ["the provider type under its client name", { provider: "auth0" }, { providerType: "auth0" }],
  [
    "the name that holds something where both are there",
    { providerType: null, provider: "auth0" },
    { providerType: "auth0" },
  ],
  [
    "the metadata URL under its SDK name",
    { authorizationServerMetadataUrl: "https://a/m" },
    { metadataUrl: "https://a/m" },
  ],
  ["absent, null and empty fields", { clientId: null, resource: "", description: undefined }, {}],
  [
    "half a character",
    { description: "half \ud83d", scopes: ["a\udc00"] },
    { description: "half \ufffd", scopes: ["a\ufffd"] },
  ],
  ["a number where a text is meant", { clientId: 42 }, { clientId: "42" }],
];

test.each(forms)("%s", (_, fields, observed) => {
  expect(decode(fields).observed).toEqual(observed);
});

test("two names of one URL that disagree are both told", () => {
  const fields = { metadataUrl: "https://a.example/m", authorizationServerMetadataUrl: "https://evil.example/m" };
  expect(decode(fields)).toMatchObject({
    observed: { metadataUrl: "https://a.example/m" },
    disagreeing: { metadataUrl: ["https://evil.example/m"] },
  });
  expect(decode({ ...fields, authorizationServerMetadataUrl: "https://a.example/m" }).disagreeing).toBeUndefined();
});

test.each([
  ["a line break", "gw\n::error::x"],
  ["an escape", "gw\u001b[31m"],
  ["a huge text", "x".repeat(513)],
])("an id with %s is refused", (_, id) => {
  expect(() => decodeGateway({ id }, from)).toThrow("its id is longer");
});

test("id, organization and status are taken out; every other field that has no argument stays", () => {
  const raw = {
    id: "gw_1",
    organizationId: "org_1",
    status: "active",
    name: "Support",
    provider: "manual",
    issuer: "https://auth.example.com/",
    callbackUrl: "https://api.example.com/cb",
    manualOverrides: ["tokenEndpoint"],
    createdOn: "2026-01-01",
    clientSecret: "****",
  };
  expect(decodeGateway(raw, from)).toEqual({
    id: "gw_1",
    name: "Support",
    organizationId: "org_1",
    status: "active",
    observed: { name: "Support", providerType: "manual" },
    unknownFields: {
      issuer: "https://auth.example.com/",
      callbackUrl: "https://api.example.com/cb",
      manualOverrides: ["tokenEndpoint"],
      createdOn: "2026-01-01",
      clientSecret: "****",
    },
    issuer: "https://auth.example.com/",
    callbackUrl: "https://api.example.com/cb",
    manualOverrides: ["tokenEndpoint"],
    raw,
  });
});

test.each([
  ["in gateway", { gateway: { id: "gw_1", name: "A" } }],
  ["in data", { data: { id: "gw_1", name: "A" } }],
])("a document wrapped %s is unwrapped", (_, wrapped) => {
  expect(decodeGateway(wrapped, from)).toMatchObject({ id: "gw_1", name: "A" });
});

test("a numeric id becomes its text", () => {
  expect(decodeGateway({ id: 7 }, from).id).toBe("7");
});

test("an organization that is embedded is read by its id", () => {
  expect(decode({ organization: { id: "org_1" } }).organizationId).toBe("org_1");
});

const unreadable: [string, unknown, RegExp][] = [
  ["no object", "gw_1", /it /],
  ["nothing", undefined, /it /],
  ["a list", [{ id: "gw_1" }], /it /],
  ["no id", { name: "A" }, /id must be a text or a whole number/],
  ["an empty id", { id: "" }, /id must not be empty/],
  [
    "a profile field that is an object",
    { id: "gw_1", resource: { url: "x" } },
    /resource of gateway gw_1 must be a text, not an object/,
  ],
  ["scopes that are a number", { id: "gw_1", scopes: 5 }, /scopes of gateway gw_1 must be a list/],
  ["a scope that is none", { id: "gw_1", scopes: ["a", 5] }, /scopes of gateway gw_1 must be a list/],
];

test.each(unreadable)("an answer with %s is an error that says what was expected", (_, raw, message) => {
  try {
    decodeGateway(raw, from);
  } catch (error) {
    expect(isApiError(error, "unexpected_answer")).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain(`${from.method} ${from.path}`);
    return;
  }
  throw new Error("it was taken");
});

test.each([
  [null, "it has null where an object with an id is due"],
  ["x", "it has a text where"],
  [[], "it has a list where"],
  [new ExactNumber("12345678901234567890"), "it has a number where"],
  [{}, "id must be a text or a whole number"],
  [{ id: "" }, "id must not be empty"],
])("what is no document, such as %j, is told in a sentence", (value, said) => {
  expect(() => decodeGateway(value, { method: "GET", path: "/gateways" })).toThrow(
    `The answer to GET /gateways cannot be read: ${said}`,
  );
});
