import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { setupJest } from "cdktf/lib/testing/adapters/jest";
import { McpstackProvider, type McpstackProviderProps } from "..";

setupJest();

const newStack = () => new TerraformStack(Testing.app(), "stack");

test("the configuration becomes the provider's block", () => {
  const stack = newStack();
  const token = new TerraformVariable(stack, "token", { sensitive: true });
  new McpstackProvider(stack, "mcpstack", {
    apiUrl: "https://api.example.com",
    organization: "org_petalpal",
    accessToken: token.stringValue,
    trustedOrigins: ["https://login.example.com"],
    caFile: undefined,
  });
  expect(Testing.synth(stack, true)).toHaveProviderWithProperties(McpstackProvider, {
    api_url: "https://api.example.com",
    organization: "org_petalpal",
    access_token: `\${var.token}`,
    trusted_origins: ["https://login.example.com"],
  });
});

test("a provider needs no configuration: the rest comes from the environment", () => {
  const stack = newStack();
  new McpstackProvider(stack, "mcpstack");
  expect(JSON.parse(Testing.synth(stack, true)).provider.mcpstack).toEqual([{}]);
});

test.each<[string, McpstackProviderProps, RegExp]>([
  [
    "an API address with a query",
    { apiUrl: "https://api.example.com/?a" },
    /\[stack\/it\] apiUrl "https:.*" must not have a query/,
  ],
  [
    "a trusted origin with a path",
    { trustedOrigins: ["https://a.example/b"] },
    /trustedOrigins\[0\] ".*" must be an origin/,
  ],
])("synth refuses %s", (_, props, message) => {
  const stack = newStack();
  new McpstackProvider(stack, "it", props);
  expect(() => Testing.synth(stack, true)).toThrow(message);
});

test.each(["accessToken", "apiKey"] as const)("a wrong %s is not repeated in the message", (name) => {
  const stack = newStack();
  new McpstackProvider(stack, "it", { [name]: "sk_hunter2\n" });
  expect(() => Testing.synth(stack, true)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(new RegExp(`^(?!.*hunter2).*\\[stack/it\\] ${name} must not`, "s")),
    }),
  );
});

test("a provider gives the callback URLs of its API", () => {
  const provider = new McpstackProvider(newStack(), "it", { apiUrl: "https://api.example.com/" });
  expect(provider.callbackUrl("gw_a")).toBe("https://api.example.com/api/v1/gateway/gw_a/oauth/callback");
});
