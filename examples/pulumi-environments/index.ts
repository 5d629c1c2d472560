// The same gateway in every environment. What differs is stack configuration: the organization, the issuer and the API.
import { Gateway } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const production = pulumi.getStack() === "production";

const gateway = new Gateway(
  "support",
  {
    name: "Support Gateway",
    providerType: "manual",
    authorizationServerUrl: config.require("issuer"),
    clientId: `support-mcp-${pulumi.getStack()}`,
    resource: config.require("audience"),
    // Write scopes are tried out before they reach customers.
    scopes: production ? ["openid", "profile", "tickets.read"] : ["openid", "profile", "tickets.read", "tickets.write"],
  },
  { protect: production },
);

const attachment = gateway.attachTo("support-api", { publicId: `gw_support-${pulumi.getStack()}` });

export const gatewayId = gateway.id;
export const mcpUrl = attachment.mcpUrl;
export const callbackUrl = attachment.callbackUrl;
