import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ protected_resources: [`${issuer.origin}/other`] }),
  write: (issuer) => ({ resource: `${issuer.origin}/other` }),
});
