import { parseUrl } from "./urls";

/** How two issuer identifiers differ, the mildest difference first. */
export type IssuerDifference = "same" | "trailingSlash" | "hostCase" | "defaultPort" | "scheme" | "different";

/**
 * Compares two issuer identifiers. Issuers are compared as strings, without any normalisation (RFC 8414 §3.3, RFC 9207 §2.4);
 * anything but `same` is a mismatch to a strict client, and the kind says how it can be mended.
 */
export function compareIssuers(a: string, b: string): IssuerDifference {
  if (a === b) return "same";
  if (withoutSlash(a) === withoutSlash(b)) return "trailingSlash";
  const left = parseUrl(a);
  const right = parseUrl(b);
  if (!left || !right) return "different";
  if (left.href === right.href || withoutSlash(left.href) === withoutSlash(right.href)) {
    return lowerHost(a) === lowerHost(b) || withoutSlash(lowerHost(a)) === withoutSlash(lowerHost(b))
      ? "hostCase"
      : "defaultPort";
  }
  if (left.protocol !== right.protocol && afterScheme(left) === afterScheme(right)) return "scheme";
  return "different";
}

/** Whether two texts are the same issuer identifier (RFC 8414 §3.3: compared exactly). */
export function sameIssuer(a: string, b: string): boolean {
  return compareIssuers(a, b) === "same";
}

function withoutSlash(text: string): string {
  return text.endsWith("/") ? text.slice(0, -1) : text;
}

function lowerHost(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i, (origin) => origin.toLowerCase());
}

function afterScheme(url: URL): string {
  return withoutSlash(`${url.host}${url.pathname}${url.search}`);
}
