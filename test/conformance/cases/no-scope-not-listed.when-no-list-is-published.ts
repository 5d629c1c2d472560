import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ scopes_supported: undefined }),
  profile: () => ({ scopes: ["openid", "order.read"] }),
});
