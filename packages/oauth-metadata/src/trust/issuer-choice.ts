import { compareIssuers, type GatewayProfile, meansSameUrl } from "@mcpstack/model";

/** The fields by which a program chooses whose metadata is accepted. */
export type IssuerChoice = Pick<GatewayProfile, "authorizationServerUrl" | "metadataUrl" | "resource">;

/**
 * Whether a program chooses another issuer, or another document to read about it, than when metadata was accepted. Only that gives
 * acceptance anew. Another spelling of the same issuer (a slash at the end, the case of the host, a default port) is no other issuer.
 */
export function choosesAnotherIssuer(before: IssuerChoice, now: IssuerChoice): boolean {
  const difference = compareIssuers(before.authorizationServerUrl, now.authorizationServerUrl);
  return difference === "different" || difference === "scheme" || !sameUrl(before.metadataUrl, now.metadataUrl);
}

/** Whether a program chooses another protected resource than when metadata was accepted. */
export function choosesAnotherResource(before: IssuerChoice, now: IssuerChoice): boolean {
  return !sameUrl(before.resource, now.resource);
}

function sameUrl(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return meansSameUrl(a, b) || meansSameUrl(b, a);
}
