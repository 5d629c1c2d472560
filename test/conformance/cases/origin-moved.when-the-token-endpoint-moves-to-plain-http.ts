import { acceptedOf, profileCase } from "../case";

export default profileCase({
  https: true,
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: `${issuer.url.replace("https:", "http:")}/token` }),
  judged: (issuer) => ({ accepted: acceptedOf(issuer) }),
  beside: ["endpoint-insecure"],
  mend: (issuer) => issuer.setMetadata({ token_endpoint: `${issuer.url}/token` }),
});
