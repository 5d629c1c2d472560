import { profileCase, server, tool } from "../case";

export default profileCase({
  profile: (issuer) => ({ scopes: ["openid", "offline_access", `${issuer.resource}/orders.read`] }),
  judged: () => ({ attached: { servers: [{ ...server, tools: [tool] }] } }),
});
