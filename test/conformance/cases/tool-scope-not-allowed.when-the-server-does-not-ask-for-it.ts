import { attachedCase, server, tool } from "../case";

const narrowed = { ...server, scopes: ["openid"], tools: [tool] };

export default attachedCase({ scopes: ["openid", "orders.read"], servers: [narrowed] }, (situation) => ({
  ...situation,
  servers: [{ ...narrowed, scopes: ["openid", "orders.read"] }],
}));
