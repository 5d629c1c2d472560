import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Gateway, sameIssuer } from "..";

/** What Terraform finds as the output's value. */
function rendered(value: (stack: TerraformStack) => unknown): unknown {
  const stack = new TerraformStack(Testing.app(), "stack");
  new TerraformOutput(stack, "value", { value: value(stack) });
  return JSON.parse(Testing.synth(stack)).output.value.value;
}
const variable = (stack: TerraformStack, name: string) => new TerraformVariable(stack, name, {}).stringValue;

const { MCPSTACK_API_URL } = process.env;
afterEach(() => {
  delete process.env.MCPSTACK_API_URL;
  if (MCPSTACK_API_URL !== undefined) process.env.MCPSTACK_API_URL = MCPSTACK_API_URL;
});

test("the callback URL is a text where both parts are known", () => {
  expect(Gateway.callbackUrl({ apiUrl: "https://api.example.com/", publicId: "gw_petalpal-api" })).toBe(
    "https://api.example.com/api/v1/gateway/gw_petalpal-api/oauth/callback",
  );
});

test("the API's address comes from the environment, else it is the service's own", () => {
  process.env.MCPSTACK_API_URL = "http://127.0.0.1:4000";
  expect(Gateway.callbackUrl({ publicId: "gw_a" })).toBe("http://127.0.0.1:4000/api/v1/gateway/gw_a/oauth/callback");
  delete process.env.MCPSTACK_API_URL;
  expect(Gateway.callbackUrl({ publicId: "gw_a" })).toBe("https://api.mcpstack.com/api/v1/gateway/gw_a/oauth/callback");
});

test("the callback URL is the provider's function where a part is a token", () => {
  const apiUrl = "https://api.example.com";
  expect(rendered((stack) => Gateway.callbackUrl({ apiUrl, publicId: variable(stack, "id") }))).toBe(
    `\${provider::mcpstack::callback_url("https://api.example.com", var.id)}`,
  );
  expect(rendered((stack) => Gateway.callbackUrl({ apiUrl: variable(stack, "api"), publicId: "gw_a" }))).toBe(
    `\${provider::mcpstack::callback_url(var.api, "gw_a")}`,
  );
  expect(rendered((stack) => Gateway.callbackUrl({ apiUrl, publicId: `gw_${variable(stack, "name")}` }))).toBe(
    `\${provider::mcpstack::callback_url("https://api.example.com", "gw_\${var.name}")}`,
  );
});

test.each<[string, { publicId: string; apiUrl?: string }, string]>([
  ["a public id that is no path segment", { publicId: "a/b" }, "invalid_public_id"],
  ["an API address that is no URL", { publicId: "gw_a", apiUrl: "api.example.com" }, "invalid_api_url"],
])("the callback URL of %s is refused", (_, options, code) => {
  expect(() => Gateway.callbackUrl(options)).toThrow(expect.objectContaining({ code }));
});

test("issuers are compared at synth where both are known, else by the provider", () => {
  expect(sameIssuer("https://auth.example.com", "https://auth.example.com")).toBe(true);
  expect(sameIssuer("https://auth.example.com", "https://auth.example.com/")).toBe(false);
  expect(rendered((stack) => sameIssuer(variable(stack, "issuer"), "https://auth.example.com/"))).toBe(
    `\${provider::mcpstack::same_issuer(var.issuer, "https://auth.example.com/")}`,
  );
});
