import { parseUrl } from "@mcpstack/model";
/**
 * The query of a link that leads on in the very list that was asked for; undefined for any other link, since the credential goes nowhere
 * else.
 *
 * @param url - that was asked, without its query.
 */
export function nextLink(address: string, url: string): string | undefined {
  const link = parseUrl(address, url);
  if (!link) return undefined;
  const asked = new URL(url);
  const same = link.origin === asked.origin && withoutSlash(link.pathname) === withoutSlash(asked.pathname);
  return same && link.search.length > 1 ? link.search.slice(1) : undefined;
}

/** The target that a `Link` header calls the next one (RFC 8288 §3); an empty text where it is not written as that demands. */
export function nextTarget(header: string): string | undefined {
  for (const [, target, parameters = ""] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    if ((rel?.[1] ?? rel?.[2] ?? "").toLowerCase().split(/\s+/).includes("next")) return target ?? "";
  }
  return /\brel\s*=[^;,]*\bnext\b/i.test(header.replace(/<[^<>]*>/g, "")) ? "" : undefined;
}

function withoutSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
