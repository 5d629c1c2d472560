import { entraTenant, profileCase } from "../case";

/** One warning: the scopes go with the URI form. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
  profile: (issuer) => ({
    authorizationServerUrl: `${entraTenant}/v2.0`,
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: "11111111-2222-3333-4444-666666666666",
    scopes: ["openid", "Orders.Read", "api://11111111-2222-3333-4444-666666666666/Orders.Write"],
  }),
});
