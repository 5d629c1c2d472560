import { profileCase } from "../case";

/** What a proxy's inside looks like to the authorization server. */
export default profileCase({
  arrange: (issuer) =>
    issuer.setMetadata({
      issuer: "https://id.example.com",
      authorization_endpoint: "https://localhost:8443/authorize",
    }),
  profile: (issuer) => ({
    authorizationServerUrl: "https://id.example.com",
    metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
  }),
  mend: (issuer) => issuer.setMetadata({ authorization_endpoint: "https://id.example.com/authorize" }),
});
