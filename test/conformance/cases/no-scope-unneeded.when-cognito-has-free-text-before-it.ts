import { cognitoCase, server, tool } from "../case";

export default cognitoCase({
  scopes: ["openid", "orders-api/orders.write"],
  servers: [{ ...server, tools: [{ ...tool, requiredScopes: ["orders.write"] }] }],
});
