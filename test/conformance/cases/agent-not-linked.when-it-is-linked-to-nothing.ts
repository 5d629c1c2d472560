import { agent, exchangeCase, server } from "../case";

export default exchangeCase({ servers: [server], agents: [{ ...agent, serverIds: [] }] }, (input) => ({
  ...input,
  agents: [{ ...agent, serverIds: [server.id] }],
}));
