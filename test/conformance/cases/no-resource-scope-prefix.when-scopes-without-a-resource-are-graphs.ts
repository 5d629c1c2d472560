import { entraTenant, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
  profile: (issuer) => ({
    authorizationServerUrl: `${entraTenant}/v2.0`,
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: "https://graph.microsoft.com",
    scopes: ["openid", "User.Read", "https://graph.microsoft.com/Mail.Read"],
  }),
});
