import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Gateway, McpstackProvider, ServerGatewayAttachment } from "..";

/** A stack with the provider in it. */
function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "stack");
  new McpstackProvider(stack, "mcpstack");
  return stack;
}

test.each<[string, { serverId: string; gatewayId: string; publicId?: string }, RegExp]>([
  [
    "a server id with a slash",
    { serverId: "a/b", gatewayId: "gtw_1" },
    /^.*\[stack\/it\] serverId "a\/b" must be a server's id or slug/s,
  ],
  [
    "an empty gateway id",
    { serverId: "a", gatewayId: "" },
    /\[stack\/it\] gatewayId is required and must not be empty/,
  ],
  [
    "a public id with a space",
    { serverId: "a", gatewayId: "gtw_1", publicId: "a b" },
    /publicId "a b" must be one URL path segment/,
  ],
])("synth refuses %s", (_, props, message) => {
  const stack = newStack();
  new ServerGatewayAttachment(stack, "it", props);
  expect(() => Testing.synth(stack, true)).toThrow(message);
});

test("a server that is attached twice in a stack is refused, with the paths of both", () => {
  const stack = newStack();
  Gateway.fromGatewayId(stack, "one", "gtw_1").attachTo("petalpal-api");
  Gateway.fromGatewayId(stack, "two", "gtw_2").attachTo("petalpal-api");
  expect(() => Testing.synth(stack, true)).toThrow(
    '[stack/two/petalpal-api] serverId "petalpal-api" is attached by stack/one/petalpal-api already',
  );
});

test("a public id that two servers would have is refused", () => {
  const stack = newStack();
  const gateway = Gateway.fromGatewayId(stack, "one", "gtw_1");
  for (const server of ["petalpal-api", "support-api"]) gateway.attachTo(server, { publicId: "gw_one" });
  expect(() => Testing.synth(stack, true)).toThrow(
    '[stack/one/support-api] publicId "gw_one" is taken by stack/one/petalpal-api already',
  );
});

test("servers of two organizations, and servers that only Terraform knows, may look the same", () => {
  const stack = newStack();
  const server = new TerraformVariable(stack, "server", {}).stringValue;
  for (const alias of ["one", "two"]) {
    const provider = new McpstackProvider(stack, alias, { alias });
    new ServerGatewayAttachment(stack, `${alias}-known`, { serverId: "petalpal-api", gatewayId: "gtw_1", provider });
    new ServerGatewayAttachment(stack, `${alias}-token`, { serverId: server, gatewayId: "gtw_1", provider });
  }
  expect(() => Testing.synth(stack, true)).not.toThrow();
});

test("an attachment that was taken out of the tree again is in nobody's way", () => {
  const stack = newStack();
  const gateway = Gateway.fromGatewayId(stack, "one", "gtw_1");
  gateway.attachTo("petalpal-api");
  gateway.node.tryRemoveChild("petalpal-api");
  gateway.attachTo("petalpal-api", { id: "again" });
  expect(() => Testing.synth(stack, true)).not.toThrow();
});
