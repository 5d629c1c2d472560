import { profileCase } from "../case";

/** RFC 6749 §3.2. */
export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: `${issuer.url.replace("https:", "http:")}/token` }),
});
