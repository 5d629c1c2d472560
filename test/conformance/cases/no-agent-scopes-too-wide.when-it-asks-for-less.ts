import { agent, attachedCase, server } from "../case";

export default attachedCase({
  scopes: ["orders.read", "orders.write"],
  servers: [server],
  agents: [{ ...agent, scopes: ["orders.read"] }],
});
