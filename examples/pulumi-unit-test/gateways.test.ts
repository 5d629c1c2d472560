// Unit tests of a Pulumi program: no engine, no API, no credential. Run with `npx jest`.
import * as pulumi from "@pulumi/pulumi";

// Before the program is loaded: what it declares goes to these mocks instead of an engine.
pulumi.runtime.setMocks({
  newResource: ({ name, inputs, id }) => ({ id: id || `${name}-id`, state: { ...inputs, status: "active" } }),
  call: ({ inputs }) => inputs,
});

import { supportGateway } from "./gateways";

/** The value of an output. */
const resolved = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

test("production asks for no write scope", async () => {
  const { gateway } = supportGateway("production");
  const scopes = await resolved(gateway.scopes);
  expect(scopes?.filter((scope) => scope.endsWith(".write"))).toEqual([]);
});

test("the attachment uses the gateway, and its route is the one that is registered", async () => {
  const { gateway, attachment, callbackUrl } = supportGateway("staging");
  expect(await resolved(attachment.gatewayId)).toBe(await resolved(gateway.id));
  expect(await resolved(attachment.publicId)).toBe("gw_support-staging");
  expect(callbackUrl).toBe("https://api.mcpstack.com/api/v1/gateway/gw_support-staging/oauth/callback");
});
