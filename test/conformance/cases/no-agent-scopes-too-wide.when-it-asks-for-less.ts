import { agent, exchangeCase, server } from "../case";

export default exchangeCase({
  scopes: ["orders.read", "orders.write"],
  servers: [server],
  agents: [{ ...agent, scopes: ["orders.read"] }],
});
