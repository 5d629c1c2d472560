import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setKeys({ keys: [] }),
  mend: (issuer) => issuer.setKeys({ keys: [{ kty: "EC", use: "sig" }] }),
});
