import { originOf, parseUrl, urlProblem } from "@mcpstack/model";
import { isMetadataAddress, isResourceMetadataAddress } from "../discovery/well-known";
import { isPrivateHost, privateHost } from "../fetch/private-host";
import { isCommonTenant } from "../products/recognize";
import type { Subject } from "./subject";

/** An http address over https. Its default port goes with the scheme: nothing speaks TLS at port 80. */
export function overHttps(text: string): string {
  return text.replace(/^http:(\/\/[^/?#]*?)(?::80)?(?=[/?#]|$)/i, "https:$1");
}

/** Whether one address takes the place of a public https one that it must not take: plain http, or a host that only some can go to. */
export function isLesser(text: string, than: string): boolean {
  return lesserBy(text, than) !== undefined;
}

/** Why it is one, as the end of a sentence. An identifier that is no web address, such as `api://…` or a URN, has no host that could be private. */
export function lesserBy(text: string, than: string): string | undefined {
  const [url, other] = [webAddress(text), webAddress(than)];
  if (!url || !other) return undefined;
  if (!isPrivateHost(other.hostname)) {
    const why = privateHost(url.hostname);
    if (why !== undefined) return `is not public (${why})`;
  }
  return url.protocol === "http:" && other.protocol === "https:" ? "is plain http" : undefined;
}

function webAddress(text: string): URL | undefined {
  const url = parseUrl(text);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/**
 * Why a published issuer is what a server calls itself inside, behind a proxy, and no other issuer; undefined where it may be another one.
 * A document that was read at the very origin that it names is not behind anything.
 */
export function insideBy({ document, expectedIssuer, server }: Subject): string | undefined {
  const [own, asked] = [parseUrl(document?.issuer ?? ""), parseUrl(expectedIssuer)];
  if (!own || !asked || own.origin === asked.origin) return undefined;
  const why = isPrivateHost(asked.hostname) ? undefined : privateHost(own.hostname);
  if (why !== undefined) return why;
  const isReadThere = server.url !== undefined && originOf(server.url) === own.origin;
  return own.hostname === asked.hostname && !isReadThere ? "the same host with another scheme or port" : undefined;
}

/** Why an issuer can be no client's authorization server URL (RFC 8414 §2), as the end of a sentence; undefined where it can. */
export function issuerProblem(issuer: string): string | undefined {
  return urlProblem(issuer, { query: "refused", insecure: "allowed" });
}

/** Whether others may be told to name an issuer: no template, no tenant that is nobody's, and no address of a document in its place. */
export function canBeNamed(issuer: string): boolean {
  const isDocument = isMetadataAddress(issuer) || isResourceMetadataAddress(issuer);
  return issuerProblem(issuer) === undefined && !/[{}]/.test(issuer) && !isCommonTenant(issuer) && !isDocument;
}

/** The issuer that others should name: what the document says, unless its server has to correct that first. */
export function issuerToName(of: Subject): string {
  const own = of.document?.issuer;
  if (own === undefined || own.includes("{") || issuerProblem(own) !== undefined) return of.expectedIssuer;
  return insideBy(of) !== undefined || isLesser(own, of.expectedIssuer) ? of.expectedIssuer : own;
}

/** What a document says once its server knows its public address: whoever is wrong about its issuer's is wrong about its endpoints'. */
export function atPublicAddress({ document, expectedIssuer }: Subject): Readonly<Record<string, string>> {
  const asked = parseUrl(expectedIssuer);
  if (!document || !asked) return { issuer: expectedIssuer };
  const inside = document.issuer.replace(/\/+$/, "");
  const names = ["authorization_endpoint", "token_endpoint", "registration_endpoint", "jwks_uri"] as const;
  const moved = names.flatMap((name) => {
    const text = document[name];
    const url = text === undefined ? undefined : parseUrl(text);
    if (text === undefined || !url || url.origin === asked.origin) return [];
    if (text.startsWith(`${inside}/`))
      return [[name, `${expectedIssuer.replace(/\/+$/, "")}${text.slice(inside.length)}`]];
    const isOwn = url.origin === originOf(document.issuer) || url.hostname === asked.hostname;
    return isOwn && isLesser(text, expectedIssuer) ? [[name, `${asked.origin}${url.pathname}${url.search}`]] : [];
  });
  return { issuer: expectedIssuer, ...Object.fromEntries(moved) };
}
