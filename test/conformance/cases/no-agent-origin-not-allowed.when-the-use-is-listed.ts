import { agent, attachedCase, server } from "../case";

export default attachedCase({
  servers: [server],
  agents: [agent],
  uses: [{ agentId: "agt_1", origin: "https://app.example.com" }],
});
