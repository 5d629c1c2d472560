import { profileCase } from "../case";

const keys = [
  { kty: "oct", k: "AAAA" },
  { kty: "RSA", key_ops: ["encrypt"], n: "AQAB", e: "AQAB" },
];

export default profileCase({
  arrange: (issuer) => issuer.setKeys({ keys }),
  mend: (issuer) => issuer.setKeys({ keys: [{ kty: "EC", use: "sig" }] }),
});
