import { cognitoCase, server, tool } from "../case";

export default cognitoCase({
  scopes: ["openid", "orders-api/orders.list"],
  servers: [{ ...server, tools: [tool] }],
});
