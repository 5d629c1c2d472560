import { Aspects, TerraformStack, TerraformVariable, Testing } from "cdktf";
import type { Node } from "constructs";
import { Gateway, LeastPrivilegeScopes, type LeastPrivilegeScopesOptions, level1, McpstackProvider } from "..";

const profile = { name: "Support API", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };

function stackWith(options: LeastPrivilegeScopesOptions): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new McpstackProvider(stack, "mcpstack");
  Aspects.of(stack).add(new LeastPrivilegeScopes(options));
  return stack;
}

const annotations = (node: Node) => node.metadata.map(({ type }) => type).filter((type) => type.startsWith("@cdktf/"));

test("scopes of the allow list pass", () => {
  const stack = stackWith({ allow: ["openid", /[a-z]+\.read/] });
  new Gateway(stack, "support", { ...profile, scopes: ["openid", "tickets.read"] });
  new Gateway(stack, "silent", profile);
  expect(() => Testing.fullSynth(stack)).not.toThrow();
});

test.each<[string, string, (string | RegExp)[]]>([
  ["a scope that nobody listed", "tickets.write", ["openid", /[a-z]+\.read/]],
  ["a scope in which a pattern only occurs", "admin.readwrite", [/[a-z]+\.read/]],
  ["a scope that differs in case", "OpenID", ["openid"]],
  ["any scope where nothing is allowed", "openid", []],
])("%s is refused with the gateway's path", (_, scope, allow) => {
  const stack = stackWith({ allow });
  new Gateway(stack, "support", { ...profile, scopes: [scope] });
  expect(() => Testing.fullSynth(stack)).toThrow(`[stack/support] scope "${scope}" is not allowed here`);
});

test("a pattern that remembers where it stopped is asked anew for each scope", () => {
  const stack = stackWith({ allow: [/[a-z]+\.read/g] });
  new Gateway(stack, "support", { ...profile, scopes: ["tickets.read", "orders.read"] });
  expect(() => Testing.fullSynth(stack)).not.toThrow();
});

test("a level 1 gateway is held to it too", () => {
  const stack = stackWith({ allow: ["openid"] });
  new level1.gateway.Gateway(stack, "support", { ...profile, scopes: ["admin"] });
  expect(() => Testing.fullSynth(stack)).toThrow('[stack/support] scope "admin" is not allowed here');
});

test("a policy on the app holds in its stacks, though cdktf calls no aspects of an app", () => {
  const app = Testing.app();
  Aspects.of(app).add(new LeastPrivilegeScopes({ allow: ["openid"] }));
  const stack = new TerraformStack(app, "stack");
  for (const alias of ["one", "two"]) new McpstackProvider(stack, alias, { alias });
  new level1.gateway.Gateway(stack, "support", { ...profile, scopes: ["admin"] });
  expect(() => Testing.fullSynth(stack)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/^(?!.*not allowed.*not allowed).*\[stack\/support\] scope "admin"/s),
    }),
  );
});

test.each<[LeastPrivilegeScopesOptions["unresolved"], string[]]>([
  ["allow", []],
  [undefined, ["@cdktf/warn"]],
  ["warn", ["@cdktf/warn"]],
  ["refuse", ["@cdktf/error"]],
])("scopes that only Terraform knows, with unresolved %s, give %j", (unresolved, levels) => {
  const stack = stackWith({ allow: ["openid"], unresolved });
  const variable = new TerraformVariable(stack, "scope", {});
  const gateways = [
    new Gateway(stack, "one", { ...profile, scopes: variable.listValue }),
    new Gateway(stack, "two", { ...profile, scopes: ["openid", variable.stringValue] }),
  ];
  Testing.synth(stack);
  for (const { node } of gateways) expect(annotations(node)).toEqual(levels);
});
