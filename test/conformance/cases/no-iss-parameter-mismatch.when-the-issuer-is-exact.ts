import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ authorization_response_iss_parameter_supported: true }),
});
