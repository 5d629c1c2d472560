import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ scopes_supported: ["openid"] }),
  profile: () => ({ scopes: ["openid"] }),
});
