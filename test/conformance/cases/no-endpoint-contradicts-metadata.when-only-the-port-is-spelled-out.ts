import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://oauth2.example.com/token" }),
  profile: (issuer) => ({
    authorizationEndpoint: `${issuer.url}/authorize`,
    tokenEndpoint: "https://OAUTH2.example.com:443/token",
  }),
});
