import { profileCase } from "../case";

export default profileCase({
  issuer: { wellKnown: ["openid-inserted"] },
  arrange: (issuer) => issuer.set("/.well-known/oauth-authorization-server", { body: { issuer: 5 } }),
  // What the broken one would have said is open.
  beside: ["metadata-unreachable"],
});
