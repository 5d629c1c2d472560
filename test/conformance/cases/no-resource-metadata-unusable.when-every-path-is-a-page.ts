import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => {
    const page = { headers: { "content-type": "text/html" }, body: "<!doctype html>" };
    issuer.set("/api", { status: 401 });
    issuer.set("/.well-known/oauth-protected-resource/api", page);
    issuer.set("/.well-known/oauth-protected-resource", page);
  },
});
