import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.set("/jwks", { body: "<!doctype html>", headers: { "content-type": "text/html" } }),
  mend: (issuer) => issuer.set("/jwks", { body: { keys: [{ kty: "EC", use: "sig" }] } }),
});
