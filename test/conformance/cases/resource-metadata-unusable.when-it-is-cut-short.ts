import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.set("/.well-known/oauth-protected-resource/api", {
      headers: { "content-type": "application/json" },
      body: `{"resource":"${issuer.resource}","authorization_servers":[`,
    }),
});
