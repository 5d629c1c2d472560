// The gateways of `npm run demo -- --engine pulumi`. The demo edits their configuration as a person would edit the program.
import { Gateway, type MetadataCheck, ServerGatewayAttachment } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const gateway = new Gateway("support", {
  name: "Support API",
  providerType: "manual",
  authorizationServerUrl: config.require("issuer"),
  clientId: "mcpstack-gateway",
  resource: config.get("resource"),
  scopes: config.requireObject<string[]>("scopes"),
  metadataCheck: config.get<MetadataCheck>("metadataCheck"),
});
const support = gateway.attachTo("support-api", { publicId: "gw_support-api" });
const petalpal = gateway.attachTo("petalpal-api", { publicId: "gw_petalpal-api" });

export const callbackUrls = [support.callbackUrl, petalpal.callbackUrl];

// Made by hand, and taken over by its name.
if (config.getBoolean("billing")) {
  const billing = new Gateway("billing", {
    name: "Billing API",
    providerType: "manual",
    authorizationServerUrl: config.require("issuer"),
    clientId: "mcpstack-gateway",
    scopes: ["openid", "orders.read"],
    adopt: true,
  });
  new ServerGatewayAttachment("orders", { serverId: "orders-api", gatewayId: billing.id, adopt: true });
}
