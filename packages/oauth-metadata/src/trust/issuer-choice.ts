import { compareIssuers, type GatewayProfile, meansSameUrl, parseUrl, withoutTrailingSlashes } from "@mcpstack/model";
import { authorizationServerCandidates, expectedIssuer } from "../discovery/well-known";

/** The fields by which a program chooses whose metadata is accepted. */
export type IssuerChoice = Pick<GatewayProfile, "authorizationServerUrl" | "metadataUrl" | "resource">;

/**
 * Whether a program chooses another issuer, or another document to read about it, than when metadata was accepted. Only that gives
 * acceptance anew. Another spelling is no choice: a slash at the issuer's end, the case of its host, a default port, or the address of a
 * document that discovery would find by itself, in its own field or in the place of the issuer.
 */
function choosesAnotherIssuer(before: IssuerChoice, now: IssuerChoice): boolean {
  if (before.authorizationServerUrl === now.authorizationServerUrl && before.metadataUrl === now.metadataUrl)
    return false;
  return isAnotherIssuer(issuerOf(before), issuerOf(now)) || !sameUrl(documentOf(before), documentOf(now));
}

/** Whether two programs name the same issuer and document, in whatever spelling. */
export function isSameChoice(one: IssuerChoice, other: IssuerChoice): boolean {
  return !leadsElsewhere(one, other) || !choosesAnotherIssuer(one, other);
}

/** Whether discovery reads other documents for one profile than for another. */
export function leadsElsewhere(one: IssuerChoice, other: IssuerChoice): boolean {
  return (
    isAnotherIssuer(one.authorizationServerUrl, other.authorizationServerUrl) ||
    !sameUrl(one.metadataUrl, other.metadataUrl)
  );
}

/** Whether two identifiers differ in more than their spelling. The scheme is no spelling: plain http is another origin. */
export function isAnotherIssuer(one: string, other: string): boolean {
  // Discovery takes all slashes off an issuer's end (RFC 8414 §3.1 speaks of one): they lead to the same document.
  const difference = compareIssuers(withoutTrailingSlashes(one), withoutTrailingSlashes(other));
  return difference === "different" || difference === "scheme";
}

/**
 * Whether two addresses name one issuer, in whatever spelling: each by itself, or by the address of a document that discovery would find by
 * itself. An address with a query is not such a one: it may be the document of another user flow.
 */
export function isSameIssuer(one: string, other: string): boolean {
  return !isAnotherIssuer(issuerMeant(one), issuerMeant(other));
}

/** The issuer that an address stands for: itself, or the one for which discovery would look at exactly this address. */
export function issuerMeant(address: string): string {
  const issuer = expectedIssuer(address);
  return authorizationServerCandidates(issuer).some(({ url }) => sameUrl(url, address)) ? issuer : address;
}

function issuerOf({ authorizationServerUrl }: IssuerChoice): string {
  return expectedIssuer(authorizationServerUrl);
}

/** The document that is asked for by its address; undefined where that is a well-known one of the issuer. */
function documentOf(choice: IssuerChoice): string | undefined {
  const { metadataUrl } = choice;
  if (metadataUrl === undefined || !parseUrl(issuerOf(choice))) return metadataUrl;
  const wellKnown = authorizationServerCandidates(issuerOf(choice));
  return wellKnown.some(({ url }) => sameUrl(url, metadataUrl)) ? undefined : metadataUrl;
}

/** Whether a program chooses another protected resource than when metadata was accepted. */
export function choosesAnotherResource(before: IssuerChoice, now: IssuerChoice): boolean {
  return !sameUrl(before.resource, now.resource);
}

function sameUrl(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return meansSameUrl(a, b) || meansSameUrl(b, a);
}
