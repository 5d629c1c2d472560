import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ dpop_signing_alg_values_supported: ["ES256"] }),
});
