// The client at the identity provider needs the callback URL, and the gateway needs the client's id. There is no cycle: the public id is
// chosen here, and the callback URL follows from it alone.
import { callbackUrl, Gateway } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { IdentityProviderClient } from "./identity-provider-client";

const issuer = new pulumi.Config().require("issuer");
const publicId = "gw_petalpal-api";

const client = new IdentityProviderClient("petalpal", {
  issuer,
  clientName: "PetalPal MCP",
  redirectUri: callbackUrl({ publicId }),
});

const gateway = new Gateway("petalpal", {
  name: "PetalPal",
  providerType: "manual",
  authorizationServerUrl: issuer,
  clientId: client.clientId,
  scopes: ["openid", "profile", "plants.read"],
});

const attachment = gateway.attachTo("petalpal-api", { publicId });

export const clientId = client.clientId;
export const registeredCallbackUrl = client.redirectUri;
/** What the service says itself: the same, or a warning names the one to register. */
export const confirmedCallbackUrl = attachment.callbackUrl;
