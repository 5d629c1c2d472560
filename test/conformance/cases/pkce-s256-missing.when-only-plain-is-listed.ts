import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ code_challenge_methods_supported: ["plain"] }),
});
