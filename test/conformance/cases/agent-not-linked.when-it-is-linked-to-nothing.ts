import { agent, attachedCase, server } from "../case";

export default attachedCase({ servers: [server], agents: [{ ...agent, serverIds: [] }] }, (input) => ({
  ...input,
  agents: [{ ...agent, serverIds: [server.id] }],
}));
