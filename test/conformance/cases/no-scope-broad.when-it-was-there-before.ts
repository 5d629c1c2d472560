import { profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ scopes_supported: undefined }),
  profile: () => ({ scopes: ["openid", "orders.write"] }),
  judged: (_, profile) => ({ previous: profile }),
});
