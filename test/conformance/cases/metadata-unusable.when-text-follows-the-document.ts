import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) =>
    issuer.set("/.well-known/openid-configuration", {
      headers: { "content-type": "application/json" },
      body: `${JSON.stringify(issuer.metadata())}\n<!-- served by the proxy -->`,
    }),
  issuer: { wellKnown: [] },
});
