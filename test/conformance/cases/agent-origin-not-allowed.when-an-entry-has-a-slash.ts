import { agent, exchangeCase, server } from "../case";

/** Browsers send origins without one (RFC 6454 §7). */
export default exchangeCase(
  {
    servers: [server],
    agents: [{ ...agent, allowedOrigins: ["https://app.example.com/"] }],
  },
  (input) => ({ ...input, agents: [{ ...agent, allowedOrigins: ["https://app.example.com"] }] }),
);
