import type { FindingEntry } from "./entry";

/** The embedded exchange: an app's token taken by the gateway on behalf of an agent. */
export const exchangeFindings = {
  "agent-not-linked": {
    title: "The agent is not linked to the server",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8693 §2.2.2",
    meaning: "The gateway takes an app's token only for servers that the agent is linked to.",
    action: "Link the server to the agent.",
    symptoms: ["embedded exchange fails"],
  },
  "agent-origin-not-allowed": {
    title: "The origin is not allowed for the agent",
    leg: "upstream",
    severity: "error",
    standard: "RFC 6454 §7",
    meaning:
      "Requests from a page of that origin are refused. Origins are compared exactly: scheme, host and port, without a slash at the end.",
    action: "Add the origin to the agent's allowed origins.",
    symptoms: ["embedded exchange fails"],
  },
  "agent-scopes-too-wide": {
    title: "The agent asks for more than the server",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8693 §2.1",
    meaning: "The scopes asked for have to fit the server's. Those that do not make the exchange fail.",
    action: "Take the scopes off the agent, or allow them for the server.",
    symptoms: ["embedded exchange fails", "missing scopes"],
  },
} as const satisfies Record<string, FindingEntry>;
