import { profileCase } from "../case";

/** RFC 9207 §2.4 compares by characters. */
export default profileCase({
  arrange: (issuer) =>
    issuer.setMetadata({ issuer: `${issuer.url}/`, authorization_response_iss_parameter_supported: true }),
});
