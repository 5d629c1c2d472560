import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: "https://example.eu.auth0.com/" }),
  profile: (issuer) => ({
    authorizationServerUrl: "https://example.eu.auth0.com/",
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
    resource: "urn:example:orders",
  }),
  unseen: true,
});
