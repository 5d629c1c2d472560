import { type AcceptedMetadata, type GatewayProfile, originOf } from "@mcpstack/model";
import { programUrls } from "../discover";
import type { MetadataField } from "./live-metadata";

/** The fields that decide where people sign in and whose keys sign tokens. Each is a role: an origin is trusted in the role that it has. */
export const trustFields: ReadonlySet<MetadataField> = new Set([
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "jwksUri",
]);

/** Origins that a program names itself: they are trusted in every role. */
export function namedOrigins(profile: GatewayProfile, trustedOrigins: readonly string[]): ReadonlySet<string> {
  return originsOf([...programUrls(profile), ...trustedOrigins, ...(profile.trustedOrigins ?? [])]);
}

/**
 * Whether a URL may stand in a role: its origin is one that the program names, the accepted issuer's own, or that of the URL which was
 * accepted in this very role. A host that keeps the keys is not thereby one where people sign in.
 */
export function isTrustedIn(
  role: MetadataField,
  url: string,
  accepted: AcceptedMetadata | undefined,
  named: ReadonlySet<string>,
): boolean {
  const origin = originOf(url);
  if (origin === undefined) return false;
  return named.has(origin) || origin === originOfText(accepted?.issuer) || origin === originOfText(accepted?.[role]);
}

export function isWithin(url: string, origins: ReadonlySet<string>): boolean {
  const origin = originOf(url);
  return origin !== undefined && origins.has(origin);
}

function originOfText(value: unknown): string | undefined {
  return typeof value === "string" ? originOf(value) : undefined;
}

function originsOf(urls: readonly string[]): ReadonlySet<string> {
  return new Set(urls.flatMap((url) => originOf(url) ?? []));
}
