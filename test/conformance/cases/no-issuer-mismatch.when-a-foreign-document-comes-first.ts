import { profileCase } from "../case";

/** A document with another issuer is a miss, and the search goes on. */
export default profileCase({
  issuer: { path: "/realms/support" },
  arrange: (issuer) =>
    issuer.set("/.well-known/oauth-authorization-server/realms/support", {
      body: { ...issuer.metadata(), issuer: issuer.origin },
    }),
});
