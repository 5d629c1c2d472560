import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ require_pushed_authorization_requests: true }),
});
