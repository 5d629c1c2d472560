import { Fn, ref, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { containsUnresolved, isUnresolved, knownPart } from "./unresolved";

const variable = new TerraformVariable(new TerraformStack(Testing.app(), "stack"), "issuer", {});

test.each<[string, unknown]>([
  ["a token", variable.value],
  ["a string token", variable.stringValue],
  ["a string with a token in it", `https://${variable.stringValue}/`],
  ["a number token", variable.numberValue],
  ["a list token", variable.listValue],
  ["a map token", Token.asStringMap(ref("var.map"))],
  ["a function's result", Fn.tolist(["a"])],
  ["an expression that the program wrote", `\${var.issuer}`],
  ["a template directive that the program wrote", "a %{ if true }b%{ endif }"],
])("%s is known only to Terraform", (_, value) => {
  expect(isUnresolved(value)).toBe(true);
});

test.each<[string, unknown]>([
  ["a text", "openid"],
  ["an escaped expression", `$\${user}`],
  ["a number", 3],
  ["a list", ["openid"]],
  ["an object", { a: "b" }],
  ["nothing", undefined],
])("%s is known", (_, value) => {
  expect(isUnresolved(value)).toBe(false);
});

test("a token is found however deep it lies", () => {
  expect(containsUnresolved({ a: [{ b: variable.stringValue }] })).toBe(true);
  expect(containsUnresolved({ a: [{ b: "plain" }] })).toBe(false);
});

test("the known part of a map leaves out what only Terraform knows", () => {
  expect(knownPart({ a: "error", b: variable.stringValue, c: undefined })).toEqual({ a: "error" });
  expect(knownPart(["a"])).toEqual(["a"]);
});
