import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => {
    issuer.remove("/.well-known/oauth-protected-resource/api");
    issuer.set("/api", { status: 401 });
    issuer.set("/.well-known/oauth-protected-resource", {
      body: { resource: issuer.resource, authorization_servers: [issuer.url] },
    });
  },
});
