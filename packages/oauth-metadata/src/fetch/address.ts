import { isLoopback } from "@mcpstack/model";
import ipaddr from "ipaddr.js";
import { type Range, rangeOf } from "./ranges";

/**
 * How far a host is trusted. `named`: the program, or the person at the keyboard, wrote its URL. `internal`: it came from elsewhere, and
 * the person allows what comes from elsewhere to be private. `guarded`: it came out of the API or of a document.
 */
export type HostTrust = "named" | "internal" | "guarded";

export interface AddressProblem {
  /** `private-address`: naming the host, or allowing private addresses, would let it pass. `blocked-address`: neither would. */
  readonly outcome: "private-address" | "blocked-address";
  /** A predicate about the host, such as `resolves to 10.0.0.1 (a private address)`. */
  readonly text: string;
}

/** Ranges that an internal identity provider may have. */
const internalRanges: ReadonlySet<Range> = new Set<Range>(["private", "unique local", "carrier-grade NAT", "loopback"]);

/**
 * Why a connection to an address is refused, or undefined where it is allowed. Global unicast is allowed always; internal addresses for
 * a host that is named, or where they are allowed; link-local ones and the cloud's metadata services only where a named URL holds the
 * address itself, since no DNS name has a good reason to point there.
 */
export function addressProblem(address: string, hostname: string, trust: HostTrust): AddressProblem | undefined {
  const range = rangeOf(address);
  if (range === undefined) return { outcome: "blocked-address", text: "resolves to what is no IP address" };
  if (range.name === "global") return undefined;
  const text = `resolves to ${range.address} (${words[range.name]})`;
  if (internalRanges.has(range.name)) return trust === "guarded" ? { outcome: "private-address", text } : undefined;
  const isLiteral = ipaddr.isValid(hostname.replace(/^\[|\]$/g, ""));
  const isLocal = range.name === "link-local" || range.name === "metadata service";
  return trust === "named" && isLocal && isLiteral ? undefined : { outcome: "blocked-address", text };
}

/** What a URL names: its host, and on the loopback, where every port is another program, the port too. */
export function hostKey(url: URL): string {
  if (!isLoopback(url.hostname)) return url.hostname;
  return `loopback:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/** Whether the program's URLs name a URL's host; `otherwise` is what all others are. */
export function hostTrust(url: URL, named: ReadonlySet<string>, otherwise: "internal" | "guarded"): HostTrust {
  return named.has(hostKey(url)) ? "named" : otherwise;
}

const words: Readonly<Record<Exclude<Range, "global">, string>> = {
  private: "a private address",
  "unique local": "a unique local address",
  "carrier-grade NAT": "a carrier-grade NAT address",
  loopback: "the loopback address",
  "link-local": "a link-local address",
  "metadata service": "a cloud metadata service",
  unspecified: "the unspecified address",
  reserved: "a reserved address",
};
