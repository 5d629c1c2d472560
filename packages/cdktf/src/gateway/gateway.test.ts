import { readFileSync } from "node:fs";
import path from "node:path";
import { Fn, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { setupJest } from "cdktf/lib/testing/adapters/jest";
import {
  DataMcpstackGateway,
  DataMcpstackServer,
  Gateway,
  type GatewayProps,
  McpstackProvider,
  ServerGatewayAttachment,
} from "..";

setupJest();

const { version } = JSON.parse(readFileSync(path.join(__dirname, "../../../terraform-provider/package.json"), "utf8"));

const support: GatewayProps = {
  name: "Support API",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com/",
};

/** A stack with the provider in it. */
function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new McpstackProvider(stack, "mcpstack");
  return stack;
}

/** What synth says against a gateway with these props beside the required ones. */
function refusal(props: (stack: TerraformStack) => Partial<Record<keyof GatewayProps, unknown>>): string | undefined {
  const stack = newStack();
  new Gateway(stack, "support", { ...support, ...props(stack) } as GatewayProps);
  try {
    Testing.synth(stack, true);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What synth warns of at a construct. */
function warnings(construct: Gateway): unknown[] {
  Testing.synth(TerraformStack.of(construct), true);
  return construct.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data);
}

test("a gateway becomes a mcpstack_gateway with what was written, and nothing that was not", () => {
  const stack = newStack();
  new Gateway(stack, "support", {
    ...support,
    resource: "https://api.example.com",
    scopes: ["openid", "tickets.read"],
    metadataCheck: "error",
    findings: { "issuer-trailing-slash": "error" },
    clientId: undefined,
  });
  expect(JSON.parse(Testing.synth(stack, true)).resource.mcpstack_gateway).toEqual({
    support: {
      name: "Support API",
      provider_type: "manual",
      authorization_server_url: "https://auth.example.com/",
      resource: "https://api.example.com",
      scopes: ["openid", "tickets.read"],
      metadata_check: "error",
      findings: { "issuer-trailing-slash": "error" },
    },
  });
});

test("the stack asks for the very provider that the constructs were made from", () => {
  const stack = newStack();
  new Gateway(stack, "support", support);
  expect(JSON.parse(Testing.synth(stack, true)).terraform.required_providers).toEqual({
    mcpstack: { source: "mcpstack/mcpstack", version },
  });
});

test("settings are written as JSON", () => {
  const stack = newStack();
  new Gateway(stack, "support", { ...support, settings: { identityResolution: { claim: "email" } } });
  expect(Testing.synth(stack, true)).toHaveResourceWithProperties(Gateway, {
    settings: '{"identityResolution":{"claim":"email"}}',
  });
});

test("write-only settings take the value of a variable", () => {
  const stack = newStack();
  const secret = new TerraformVariable(stack, "secret", { sensitive: true });
  new Gateway(stack, "support", { ...support, settingsWo: { clientSecret: secret.stringValue }, settingsWoVersion: 1 });
  expect(Testing.synth(stack, true)).toHaveResourceWithProperties(Gateway, {
    settings_wo: `{"clientSecret":\${jsonencode(var.secret)}}`,
    settings_wo_version: 1,
  });
});

test("all that is wrong is said at once, with the construct's path, the field, the value and a code", () => {
  const stack = newStack();
  new Gateway(stack, "support", {
    ...support,
    metadataCheck: "loud" as "off",
    trustedOrigins: ["https://login.example.com", "auth.example.com"],
    settingsWo: { a: 1 },
  });
  expect(() => Testing.synth(stack, true)).toThrow(
    [
      `[stack/support] trustedOrigins[1] "auth.example.com" must be an absolute URL such as https://auth.example.com (invalid_value)`,
      `[stack/support] metadataCheck "loud" must be "error", "warn" or "off" (invalid_value)`,
      "[stack/support] settingsWoVersion is required with the write-only settings: no state holds them, so only the version says when to write them again (missing_value)",
    ].join("\n  "),
  );
});

test("what only a gateway that exists may have is a warning at synth, since the plan alone knows what there is", () => {
  const gateway = new Gateway(newStack(), "support", {
    ...support,
    authorizationServerUrl: "auth.example.com",
    scopes: ["openid", "tickets read"],
    tokenEndpoint: "https://auth.example.com/token",
  });
  const unless = ": a plan refuses it unless the gateway has it already";
  expect(warnings(gateway)).toEqual([
    `authorizationServerUrl "auth.example.com" must be an absolute URL such as https://auth.example.com (invalid_value)${unless}`,
    `scopes[1] "tickets read" must be one scope token (RFC 6749 §3.3): printable ASCII without spaces, quotes or backslashes, one list element a scope (invalid_value)${unless}`,
    `authorizationEndpoint is required where the other endpoint is given: explicit endpoints take the place of discovery (missing_value)${unless}`,
  ]);
});

test("empty values, as modules pass them through, are as if left out", () => {
  const empty = { description: "", clientId: "", scopes: [], trustedOrigins: [], metadataUrl: "" };
  expect(warnings(new Gateway(newStack(), "support", { ...support, ...empty }))).toEqual([]);
});

test.each<[string, Partial<Record<keyof GatewayProps, unknown>>, RegExp]>([
  ["an empty scope", { scopes: ["openid", ""] }, /scopes\[1\] must not be empty \(invalid_value\)/],
  [
    "a finding that there is none of",
    { findings: { issuer_slash: "off" } },
    /findings\.issuer_slash "off" is not the code of a finding: the nearest is "issuer-mismatch"/,
  ],
  ["a metadata check that is none", { metadataCheck: "loud" }, /metadataCheck "loud" must be "error", "warn" or "off"/],
  [
    "a finding's severity that is none",
    { findings: { "issuer-trailing-slash": "fatal" } },
    /findings\.issuer-trailing-slash "fatal" must be/,
  ],
  ["a setting that has a prop of its own", { settings: { clientId: "x" } }, /settings must not hold "clientId"/],
  [
    "a setting given twice",
    { settings: { a: 1 }, settingsWo: { a: 2 }, settingsWoVersion: 1 },
    /settingsWo must not hold "a"/,
  ],
  ["write-only settings without a version", { settingsWo: { a: 1 } }, /settingsWoVersion is required/],
  ["a number that JavaScript has rounded", { settings: { quota: 2 ** 53 } }, /settings\.quota .*rounded_number/],
  [
    "another spelling of a prop",
    { settingsWo: { "client-id": "x" }, settingsWoVersion: 1 },
    /which the argument clientId is for/,
  ],
  ["settings that are no object", { settings: ["a"] }, /settings must be a JSON object/],
])("synth refuses %s", (_, props, message) => {
  expect(refusal(() => props)).toMatch(message);
});

test.each<[string, Partial<GatewayProps>]>([
  ["in a URL", { authorizationServerUrl: "https://user:hunter2@auth.example.com/#x" }],
  ["in write-only settings", { settingsWo: { clientSecret: "hunter2", name: "hunter2" } }],
  ["in settings", { settings: { clientId: "hunter2" } }],
])("a secret %s is not repeated in the message", (_, props) => {
  const message = refusal(() => props);
  expect(message).toContain("[stack/support]");
  expect(message).not.toContain("hunter2");
});

test("what only Terraform knows is left to the provider", () => {
  const unknown = (stack: TerraformStack) => new TerraformVariable(stack, "unknown", {});
  expect(
    refusal((stack) => {
      const variable = unknown(stack);
      return {
        name: variable.stringValue,
        providerType: `\${var.unknown}`,
        authorizationServerUrl: `https://${variable.stringValue}:x`,
        scopes: variable.listValue,
        trustedOrigins: Fn.split(",", variable.stringValue),
        findings: Token.asStringMap(variable.value),
        settings: variable.value,
        settingsWo: { a: variable.value },
        settingsWoVersion: variable.numberValue,
        clientId: Token.nullValue(),
      };
    }),
  ).toBeUndefined();
});

test("the known elements of a list are checked, and counted as a person counts", () => {
  const message = refusal((stack) => ({
    scopes: [new TerraformVariable(stack, "unknown", {}).stringValue, "openid", ""],
    findings: { "issuer-trailing-slash": "loud", other: new TerraformVariable(stack, "other", {}).stringValue },
    settings: { clientId: new TerraformVariable(stack, "id", {}).stringValue },
  }));
  expect(message).toContain("scopes[2] must not be empty");
  expect(message).toContain('findings.issuer-trailing-slash "loud"');
  expect(message).toContain('settings must not hold "clientId"');
});

test("a gateway is checked as it stands at synth, not as it was made", () => {
  const stack = newStack();
  const gateway = new Gateway(stack, "support", { ...support, name: "" });
  gateway.name = "Support API";
  gateway.authorizationServerUrl = "http://auth.example.com";
  expect(warnings(gateway)).toEqual([
    expect.stringMatching(/^authorizationServerUrl "http:\/\/auth.example.com" must be an https URL/),
  ]);
});

describe("attachTo", () => {
  test("attaches a server below the gateway, named for the server", () => {
    const stack = newStack();
    const attachment = new Gateway(stack, "support", support).attachTo("petalpal-api", { publicId: "gw_petalpal-api" });
    expect(attachment.node.path).toBe("stack/support/petalpal-api");
    expect(Testing.synth(stack, true)).toHaveResourceWithProperties(ServerGatewayAttachment, {
      server_id: "petalpal-api",
      gateway_id: `\${mcpstack_gateway.support.id}`,
      public_id: "gw_petalpal-api",
    });
  });

  test("takes a server that a data source looked up", () => {
    const stack = newStack();
    const server = new DataMcpstackServer(stack, "petalpal", { serverId: "petalpal-api" });
    const attachment = new Gateway(stack, "support", support).attachTo(server);
    expect(attachment.node.path).toBe("stack/support/petalpal");
    expect(Testing.synth(stack, true)).toHaveResourceWithProperties(ServerGatewayAttachment, {
      server_id: `\${data.mcpstack_server.petalpal.id}`,
    });
  });

  test("asks for a construct id where the server is a token", () => {
    const stack = newStack();
    const server = new TerraformVariable(stack, "server", {}).stringValue;
    const gateway = new Gateway(stack, "support", support);
    expect(() => gateway.attachTo(server)).toThrow(
      expect.objectContaining({
        code: "construct_id_unknown",
        message: expect.stringMatching(/^\[stack\/support\] attachTo: .*pass \{ id: "…" \}$/),
      }),
    );
    expect(gateway.attachTo(server, { id: "chosen" }).node.path).toBe("stack/support/chosen");
  });

  test("uses the gateway's provider configuration unless another one is named", () => {
    const stack = newStack();
    const [one, other] = ["one", "other"].map((alias) => new McpstackProvider(stack, alias, { alias }));
    const gateway = new Gateway(stack, "support", { ...support, provider: one! });
    expect(gateway.attachTo("petalpal-api").provider).toBe(one);
    expect(gateway.attachTo("orders-api", { provider: other! }).provider).toBe(other);
    const gatewayOfNone = new Gateway(stack, "sales", support);
    expect(gatewayOfNone.attachTo("sales-api").provider).toBeUndefined();
  });
});

test("servers can be attached to a gateway that exists already", () => {
  const stack = newStack();
  const gateway = Gateway.fromGatewayId(stack, "existing", "gtw_42");
  expect(gateway.gatewayId).toBe("gtw_42");
  gateway.attachTo("petalpal-api");
  const synthesized = Testing.synth(stack, true);
  expect(synthesized).toHaveResourceWithProperties(ServerGatewayAttachment, { gateway_id: "gtw_42" });
  expect(synthesized).not.toHaveResource(Gateway);
});

test("an existing gateway can be found by its name", () => {
  const stack = newStack();
  const provider = new McpstackProvider(stack, "provider", { alias: "other" });
  Gateway.fromGatewayName(stack, "existing", "Support API", { provider }).attachTo("petalpal-api");
  const synthesized = Testing.synth(stack, true);
  expect(synthesized).toHaveDataSourceWithProperties(DataMcpstackGateway, {
    name: "Support API",
    provider: "mcpstack.other",
  });
  expect(synthesized).toHaveResourceWithProperties(ServerGatewayAttachment, {
    gateway_id: expect.stringMatching(/^\$\{data\.mcpstack_gateway\.existing_LookUp_[0-9A-F]+\.id\}$/),
    provider: "mcpstack.other",
  });
});

test("a gateway that exists already can be taken over by its id", () => {
  const stack = newStack();
  new Gateway(stack, "support", support).importFrom("gtw_42");
  expect(JSON.parse(Testing.synth(stack, true)).import).toEqual([{ id: "gtw_42", to: "mcpstack_gateway.support" }]);
});
