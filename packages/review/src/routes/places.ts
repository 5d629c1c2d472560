import { originOf } from "@mcpstack/model";
import { isSameIssuer } from "@mcpstack/oauth-metadata";
import type { Values } from "../changes/change";
import { recordAt, stringAt } from "../changes/values";
import { isSameAddress } from "./same-address";
import { siteOf } from "./tenant";

/** What an address of an authorization server is used for. */
export type Role =
  | "issuer"
  | "metadataUrl"
  | "authorizationEndpoint"
  | "tokenEndpoint"
  | "registrationEndpoint"
  | "jwksUri";

/** An address that decides where users sign in, or whose keys vouch for them. */
export interface Place {
  readonly role: Role;
  /** Where it stands: a field of the profile, or one of `metadata`, which was published and accepted. */
  readonly field: string;
  readonly url: string;
}

/** What a policy lets through whatever was before. */
export interface Allowed {
  issuer(url: string): boolean;
  origin(origin: string): boolean;
  /** Addresses of the API. */
  api(url: string): boolean;
  organization(name: string): boolean;
}

/** Fields of a profile that say where users sign in. */
export const placeFields = [
  ["issuer", "authorizationServerUrl"],
  ["metadataUrl", "metadataUrl"],
  ["authorizationEndpoint", "authorizationEndpoint"],
  ["tokenEndpoint", "tokenEndpoint"],
  ["registrationEndpoint", "registrationEndpoint"],
] as const satisfies readonly (readonly [Role, string])[];

const publishedFields = [
  ["issuer", "issuer"],
  ["authorizationEndpoint", "authorizationEndpoint"],
  ["tokenEndpoint", "tokenEndpoint"],
  ["registrationEndpoint", "registrationEndpoint"],
  ["jwksUri", "jwksUri"],
] as const satisfies readonly (readonly [Role, string])[];

/** Every address that a gateway's values name. */
export function placesOf(values: Values): Place[] {
  const metadata = recordAt(values, "metadata");
  return [
    ...placeFields.flatMap(([role, field]) => placeOf(role, field, stringAt(values, field))),
    ...publishedFields.flatMap(([role, field]) => placeOf(role, `metadata.${field}`, stringAt(metadata, field))),
  ];
}

function placeOf(role: Role, field: string, url: string | undefined): Place[] {
  return url === undefined ? [] : [{ role, field, url }];
}

/**
 * The addresses that a route did not use before: another issuer, and a site that is neither an issuer's own nor was used in the same role.
 * What the policy allows is none of them.
 */
export function newPlaces(before: readonly Place[], after: readonly Place[], allowed: Allowed): Place[] {
  const issuers = before.filter(({ role }) => role === "issuer").map(({ url }) => url);
  const own = new Set(issuers.map(siteOf));
  for (const { role, url } of after) if (role === "issuer" && allowed.issuer(url)) own.add(siteOf(url));
  return after.filter(({ role, url }) => {
    if (role === "issuer") return !allowed.issuer(url) && !issuers.some((issuer) => isAlike(issuer, url));
    const [site, origin] = [siteOf(url), originOf(url)];
    if (site === undefined || origin === undefined) return true;
    if (own.has(site) || allowed.origin(origin)) return false;
    return !before.some((place) => place.role === role && siteOf(place.url) === site);
  });
}

/** Whether two issuers differ in nothing but a spelling that other findings tell: the provider takes them for one, or they are one address. */
export function isAlike(a: string, b: string): boolean {
  return isSameIssuer(a, b) || isSameAddress(a, b);
}
