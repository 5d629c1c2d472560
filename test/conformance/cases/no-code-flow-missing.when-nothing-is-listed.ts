import { profileCase } from "../case";

/** The default has it (RFC 8414 §2). */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ response_types_supported: undefined, grant_types_supported: undefined }),
});
