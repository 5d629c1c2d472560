import { acceptedOf, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => {
    issuer.setMetadata({ jwks_uri: `${issuer.url}/keys` });
    issuer.set("/keys", { body: { keys: [{ kty: "EC", use: "sig" }] } });
  },
  judged: (issuer) => ({ accepted: acceptedOf(issuer) }),
  write: () => ({}),
});
