import { entraTenant, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
  profile: (issuer) => ({
    authorizationServerUrl: `${entraTenant}/v2.0`,
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: "api://orders",
    scopes: ["openid", "User.Read", "Mail.Send"],
  }),
  write: () => ({ scopes: ["openid", "api://orders/orders.read"] }),
});
