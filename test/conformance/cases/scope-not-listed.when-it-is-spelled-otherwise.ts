import { profileCase } from "../case";

export default profileCase({
  profile: () => ({ scopes: ["openid", "offline_access", "order.read"] }),
  write: () => ({ scopes: ["openid", "offline_access"] }),
});
