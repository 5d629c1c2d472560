import { profileCase } from "../case";

/** Entra ID and Cognito. */
export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ code_challenge_methods_supported: undefined }),
});
