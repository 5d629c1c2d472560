import { attachedCase, server, tool } from "../case";

export default attachedCase(
  { scopes: ["orders.write"], servers: [{ ...server, tools: [{ ...tool, requiredScopes: [] }] }] },
  (situation) => ({ ...situation, scopes: ["orders.read"] }),
);
