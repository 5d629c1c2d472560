import { profileCase } from "../case";

/** RFC 9728 §3.1: only a slash that follows the host is taken off. */
export default profileCase({
  arrange: (issuer) => {
    issuer.remove("/.well-known/oauth-protected-resource/api");
    issuer.set("/.well-known/oauth-protected-resource/api/", {
      body: { resource: `${issuer.resource}/`, authorization_servers: [issuer.url] },
    });
  },
  profile: (issuer) => ({ resource: `${issuer.resource}/` }),
});
