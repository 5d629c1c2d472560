import { isLoopback } from "@mcpstack/model";
import ipaddr from "ipaddr.js";

/** How far a host is trusted: the program's own URLs name it, or a document does. */
export type HostTrust = "named" | "guarded";

/** Addresses of cloud metadata services outside the link-local range. */
const metadataServices: ReadonlySet<string> = new Set([
  "fd00:ec2::254",
  "fd20:ce::254",
  "100.100.100.200",
  "192.0.0.192",
]);

/** Ranges that a host may resolve to when the program names it: an internal identity provider. */
const internalRanges: ReadonlySet<string> = new Set(["private", "uniqueLocal", "carrierGradeNat", "loopback"]);

/**
 * Why a connection to an address is refused, or undefined where it is allowed. Public unicast is allowed always; internal
 * addresses only for a host that the program's own URL names; link-local ones and the cloud's metadata services only where that
 * URL holds the address itself, since no DNS name has a good reason to point there.
 */
export function addressProblem(address: string, hostname: string, trust: HostTrust): string | undefined {
  if (!ipaddr.isValid(address)) return "is not an IP address";
  const plain = unwrapped(address.replace(/%.*$/, ""));
  const text = plain.toString();
  const range = metadataServices.has(text) ? "metadataService" : plain.range();
  if (range === "unicast") return undefined;
  if (trust === "named" && internalRanges.has(range)) return undefined;
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (trust === "named" && (range === "linkLocal" || range === "metadataService") && ipaddr.isValid(literal))
    return undefined;
  return `resolves to ${text} (${rangeNames[range] ?? range})`;
}

/** Whether the program's URLs name a host; any loopback name is named where one of them is. */
export function hostTrust(hostname: string, named: ReadonlySet<string>): HostTrust {
  if (named.has(hostname)) return "named";
  return isLoopback(hostname) && [...named].some(isLoopback) ? "named" : "guarded";
}

const rangeNames: Readonly<Record<string, string>> = {
  private: "a private address",
  uniqueLocal: "a unique local address",
  carrierGradeNat: "a carrier-grade NAT address",
  loopback: "the loopback address",
  linkLocal: "a link-local address",
  metadataService: "a cloud metadata service",
  unspecified: "the unspecified address",
  reserved: "a reserved address",
};

/** The IPv4 address inside an IPv6 one: mapped (RFC 4291 §2.5.5.2), translated (RFC 6052 §2.1) or 6to4 (RFC 3056). */
function unwrapped(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed;
  const bytes = parsed.toByteArray();
  const range = parsed.range();
  if (range === "rfc6052" || range === "rfc6145") return new ipaddr.IPv4(bytes.slice(12));
  if (range === "6to4") return new ipaddr.IPv4(bytes.slice(2, 6));
  // ::a.b.c.d, deprecated (RFC 4291 §2.5.5.1), is still routed as IPv4 by some stacks; :: and ::1 are no such addresses.
  if (range === "unicast" && bytes.slice(0, 12).every((byte) => byte === 0)) return new ipaddr.IPv4(bytes.slice(12));
  return parsed;
}
