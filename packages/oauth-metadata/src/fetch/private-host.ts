import { isLoopback } from "@mcpstack/model";
import { rangeOf } from "./ranges";

/** Names that are never public: RFC 6761, RFC 6762 and its appendix G, RFC 8375, and `internal`, which ICANN keeps for private use. */
const privateSuffixes = /\.(local|localhost|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/** Why a URL's hostname can lead nowhere on the public internet, or undefined. By its text alone: nothing is resolved. */
export function privateHost(hostname: string): string | undefined {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (isLoopback(host)) return "a loopback host";
  const range = rangeOf(host);
  if (range !== undefined) return range.name === "global" ? undefined : `a ${range.name} address`;
  if (!host.includes(".")) return "a name without a domain";
  return privateSuffixes.test(host) ? "a private name" : undefined;
}

export function isPrivateHost(hostname: string): boolean {
  return privateHost(hostname) !== undefined;
}
