import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.set("/.well-known/openid-configuration", { body: [issuer.metadata()] }),
  issuer: { wellKnown: [] },
});
