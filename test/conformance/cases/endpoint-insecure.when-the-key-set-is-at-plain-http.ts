import { profileCase } from "../case";

/** RFC 8414 §2. */
export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ jwks_uri: `${issuer.url.replace("https:", "http:")}/jwks` }),
  beside: ["key-set-unreachable"],
});
