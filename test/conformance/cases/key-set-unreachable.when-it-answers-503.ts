import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.set("/jwks", { status: 503 }),
  mend: (issuer) => issuer.set("/jwks", { body: { keys: [{ kty: "EC", use: "sig" }] } }),
});
