import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => {
    issuer.remove("/.well-known/oauth-protected-resource/api");
    issuer.set("/api", { status: 401 });
  },
});
