import { exchangeCase, server, tool } from "../case";

export default exchangeCase({ scopes: ["orders.read", "orders.write"], servers: [{ ...server, tools: [tool] }] });
