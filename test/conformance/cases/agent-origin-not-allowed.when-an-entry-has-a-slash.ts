import { agent, attachedCase, server } from "../case";

/** Browsers send origins without one (RFC 6454 §7). */
export default attachedCase(
  {
    servers: [server],
    agents: [{ ...agent, allowedOrigins: ["https://app.example.com/"] }],
  },
  (input) => ({ ...input, agents: [{ ...agent, allowedOrigins: ["https://app.example.com"] }] }),
);
