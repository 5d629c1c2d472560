import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: undefined }),
  profile: (issuer) => ({ authorizationEndpoint: `${issuer.url}/authorize`, tokenEndpoint: `${issuer.url}/token` }),
});
