import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ pushed_authorization_request_endpoint: `${issuer.url}/par` }),
});
