// The program under test: what a team would have in its index.ts.
import { callbackUrl, Gateway } from "@mcpstack/pulumi";

export function supportGateway(environment: "staging" | "production") {
  const publicId = `gw_support-${environment}`;
  const gateway = new Gateway("support", {
    name: "Support Gateway",
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    clientId: "support-mcp",
    scopes: environment === "production" ? ["openid", "profile"] : ["openid", "profile", "tickets.write"],
  });
  const attachment = gateway.attachTo("support-api", { publicId });
  return { gateway, attachment, callbackUrl: callbackUrl({ publicId, apiUrl: "https://api.mcpstack.com" }) };
}
