import { agent, exchangeCase, server } from "../case";

export default exchangeCase(
  {
    scopes: ["orders.read"],
    servers: [server],
    agents: [{ ...agent, scopes: ["orders.read", "orders.admin"] }],
  },
  (input) => ({ ...input, agents: [{ ...agent, scopes: ["orders.read"] }] }),
);
