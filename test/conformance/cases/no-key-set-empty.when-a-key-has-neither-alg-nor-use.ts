import { profileCase } from "../case";

/** Entra ID's keys have no `alg`. */
export default profileCase({ arrange: (issuer) => issuer.setKeys({ keys: [{ kty: "RSA", n: "AQAB", e: "AQAB" }] }) });
