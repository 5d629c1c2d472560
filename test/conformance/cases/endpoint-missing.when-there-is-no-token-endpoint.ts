import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: undefined }),
  mend: (issuer) => issuer.setMetadata({ token_endpoint: `${issuer.url}/token` }),
});
