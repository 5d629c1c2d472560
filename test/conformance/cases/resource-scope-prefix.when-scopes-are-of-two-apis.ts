import { entraTenant, profileCase } from "../case";

/** AADSTS9010010. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: `${entraTenant}/v2.0` }),
  profile: (issuer) => ({
    authorizationServerUrl: `${entraTenant}/v2.0`,
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: "api://orders",
    scopes: ["openid", "Mail.Read", "api://plants/Read", "api://orders/Read"],
  }),
});
