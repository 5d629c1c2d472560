import { agent, attachedCase, server } from "../case";

export default attachedCase(
  {
    scopes: ["orders.read"],
    servers: [server],
    agents: [{ ...agent, scopes: ["orders.read", "orders.admin"] }],
  },
  (input) => ({ ...input, agents: [{ ...agent, scopes: ["orders.read"] }] }),
);
