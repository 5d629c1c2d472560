/** What a kind of URL may hold beyond scheme, host and path. */
export interface UrlRules {
  readonly query: "allowed" | "refused";
  /** Plain http to a host that is not the loopback. */
  readonly insecure: "allowed" | "refused";
}

/** Why a text cannot be used as a URL of that kind, or undefined. Never echoes user information. */
export function urlProblem(text: string, rules: UrlRules): string | undefined {
  const parsed = parseUrl(text);
  if (!parsed || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return "must be an absolute URL such as https://auth.example.com";
  if (hasUserInformation(text)) return userInformationRefused;
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:")
    return `must be an https URL, not ${parsed.protocol}//`;
  if (parsed.protocol === "http:" && rules.insecure === "refused" && !isLoopback(parsed.hostname)) {
    return "must be an https URL: plain http is taken only for the loopback host";
  }
  if (text.includes("#")) return "must not have a fragment (#…)";
  if (rules.query === "refused" && text.includes("?")) return "must not have a query (?…)";
  if (/\s/.test(text)) return "must not contain white space";
  // One reader takes it for a slash (WHATWG), another for a part of the host's user information (RFC 3986).
  if (text.includes("\\")) return "must not contain a backslash";
  return undefined;
}

/** Why a URL with user information is not taken. */
export const userInformationRefused = "must not carry user information before the host";

/**
 * Whether a text is a URL with user information before its host (RFC 3986 §3.2.1), an empty one included. It may be a password, so such a
 * URL is neither kept nor shown.
 */
export function hasUserInformation(text: string): boolean {
  if (!text.includes("@")) return false;
  if (/^[a-z][a-z0-9+.-]*:[\\/]{2,}[^\\/?#]*@/i.test(text)) return true;
  const parsed = parseUrl(text);
  return parsed !== undefined && (parsed.username !== "" || parsed.password !== "");
}

/**
 * Parses a URL; undefined where it is none. Not by `URL.canParse`: once optimised, that of Node 20 and 22 answers false for URLs with
 * letters such as `ä`, after some thousand calls.
 *
 * @param base - What a relative URL is relative to. Default: only absolute URLs are taken.
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** The origin of a URL (RFC 6454), or undefined for what is no URL with a host. */
export function originOf(text: string): string | undefined {
  const origin = parseUrl(text)?.origin;
  return origin === "null" ? undefined : origin;
}

/** Whether a URL's hostname names this machine (RFC 6761 §6.3, RFC 8252 §8.3). */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "[::1]" ||
    host === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/**
 * Whether an observed URL means what was written: the same text, or what the WHATWG URL standard makes of it (case of the host,
 * default port, `/` after a bare origin). One way only: a slash that was written must be there.
 */
export function meansSameUrl(written: string, observed: string): boolean {
  return observed === written || observed === parseUrl(written)?.href;
}
