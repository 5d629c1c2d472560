import { cognitoCase, server, tool } from "../case";

export default cognitoCase({ scopes: ["openid", "orders-api/orders.read"], servers: [{ ...server, tools: [tool] }] });
