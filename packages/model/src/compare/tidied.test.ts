import type { StoredField } from "../fields/gateway";
import { isTidied } from "./tidied";

test.each<[StoredField, string, string]>([
  ["name", "Support  API", "Support API"],
  ["name", " Support", "support"],
  ["name", "Caf\u00e9", "Cafe\u0301"],
  ["name", "\uff21PI", "api"],
  ["description", "Two\nlines", "two lines"],
  ["providerType", "AUTH0", "auth0"],
  ["authorizationServerUrl", "https://a.example/t/", "https://a.example/t"],
  ["authorizationServerUrl", "https://A.example:443/", "https://a.example"],
])("%s: what may be made of %j is %j", (field, written, observed) => {
  expect(isTidied(field, written, observed)).toBe(true);
});

test.each<[StoredField, unknown, unknown]>([
  ["name", "Support", "Support 2"],
  ["authorizationServerUrl", "https://a.example/T", "https://a.example/t"],
  ["authorizationServerUrl", "https://a.example", "http://a.example"],
  ["authorizationServerUrl", "https://a.example", "https://a.example.evil.example"],
  ["tokenEndpoint", "https://a.example/token/", "https://a.example/token"],
  ["resource", "https://a.example/", "https://a.example"],
  ["clientId", "Mine", "mine"],
  ["scopes", ["Read"], ["read"]],
  ["name", "Support", undefined],
])("%s: %j and %j are two", (field, written, observed) => {
  expect(isTidied(field, written, observed)).toBe(false);
});
