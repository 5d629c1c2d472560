import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ registration_endpoint: undefined }),
  profile: (issuer) => ({ registrationEndpoint: `${issuer.url}/register` }),
});
