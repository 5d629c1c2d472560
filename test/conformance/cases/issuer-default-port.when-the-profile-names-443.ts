import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ issuer: "https://id.example.com" }),
  profile: (issuer) => ({
    authorizationServerUrl: "https://id.example.com:443",
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
  }),
});
