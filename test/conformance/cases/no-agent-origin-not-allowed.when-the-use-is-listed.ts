import { agent, exchangeCase, server } from "../case";

export default exchangeCase({
  servers: [server],
  agents: [agent],
  uses: [{ agentId: "agt_1", origin: "https://app.example.com" }],
});
