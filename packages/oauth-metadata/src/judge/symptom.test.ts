import { cases, inputOf } from "../testing/cases";
import { judge } from "./judge";
import { findingsBehind, symptomOf } from "./symptom";

test.each([
  ["invalid audience", "JWT rejected: invalid audience"],
  ["invalid audience", "AADSTS9010010: the resource parameter does not match the requested scopes"],
  ["missing scopes", "list_orders: missing scopes orders.read"],
  ["missing scopes", 'error="insufficient_scope"'],
  ["callback fails", "redirect_uri_mismatch: redirect_uri is not registered"],
  ["metadata 404", "authorization server metadata request failed: 404"],
  ["embedded exchange fails", "token exchange refused: issuer does not match"],
  [undefined, "list_orders was called"],
  [undefined, "error".repeat(10_000)],
])("%s is read from an event", (symptom, text) => {
  expect(symptomOf(text)).toBe(symptom);
});

test("A finding that can be the cause of a symptom is given, and others are not", () => {
  const mismatch = cases.find(({ code }) => code === "resource-mismatch")!;
  const found = judge(inputOf({ ...mismatch.when, server: { require_pushed_authorization_requests: true } }));
  expect(found.map(({ code }) => code)).toEqual(["par-required", "resource-mismatch"]);
  expect(findingsBehind("invalid audience", found).map(({ code }) => code)).toEqual(["resource-mismatch"]);
  expect(findingsBehind("callback fails", found)).toEqual([]);
});
