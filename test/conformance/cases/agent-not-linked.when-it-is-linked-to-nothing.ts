import { agent, exchangeCase, server } from "../case";

export default exchangeCase({ servers: [server], agents: [{ ...agent, serverIds: [] }] });
