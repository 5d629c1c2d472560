import { decodeGateway } from "../documents/gateway";
import { provesWhole } from "./whole-items";

const from = { method: "GET", path: "/x" };
const document = {
  id: "gw_1",
  name: "Support",
  providerType: "manual",
  status: "active",
  authorizationServerUrl: "https://auth.example.com",
  scopes: ["a", "b"],
  identityResolution: { mode: "claim" },
};
const proves = (item: object, whole: object) =>
  provesWhole(decodeGateway({ id: "gw_1", ...item }, from), decodeGateway({ id: "gw_1", ...whole }, from));

test.each([
  ["the same", document],
  ["scopes in another order", { ...document, scopes: ["b", "a"] }],
  ["scopes as a text", { ...document, scopes: "a b" }],
  ["the provider under its other name", { ...document, providerType: undefined, provider: "manual" }],
])("an item proves the list whole with %s", (_, item) => {
  expect(proves(item, document)).toBe(true);
});

test.each<[string, object, object]>([
  ["only the promised fields", { name: "Support", provider: "manual", status: "active" }, document],
  ["one field less", { ...document, identityResolution: undefined }, document],
  ["another value", { ...document, authorizationServerUrl: "https://other.example.com" }, document],
  ["another status", { ...document, status: "paused" }, document],
  ["another scope", { ...document, scopes: ["a"] }, document],
  ["a document of promised fields only", { name: "A", provider: "manual" }, { name: "A", providerType: "manual" }],
  ["another id", { ...document, id: "gw_2" }, document],
])("an item proves nothing with %s", (_, item, whole) => {
  expect(proves(JSON.parse(JSON.stringify(item)), whole)).toBe(false);
});
