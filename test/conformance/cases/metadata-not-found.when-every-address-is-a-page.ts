import { profileCase } from "../case";

/** A single-page application answers 200 for every path. */
export default profileCase({
  arrange: (issuer) => {
    const page = { headers: { "content-type": "text/html" }, body: "<!doctype html>" };
    issuer.set("/.well-known/oauth-authorization-server", page);
    issuer.set("/.well-known/openid-configuration", page);
  },
  mend: (issuer) => issuer.set("/meta", { body: issuer.metadata() }),
  write: (issuer) => ({ metadataUrl: `${issuer.url}/meta` }),
});
