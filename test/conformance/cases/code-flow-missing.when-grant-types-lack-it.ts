import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ grant_types_supported: ["client_credentials"] }),
});
