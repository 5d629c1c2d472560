import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ registration_endpoint: undefined }),
  profile: () => ({ clientId: undefined }),
  write: () => ({ clientId: "registered" }),
});
