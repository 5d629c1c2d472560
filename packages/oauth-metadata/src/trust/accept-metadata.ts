import { type AcceptedMetadata, type GatewayProfile, isEmpty, originOf, sameJson } from "@mcpstack/model";
import { programUrls } from "../discover";
import type { LiveMetadata } from "./live-metadata";

/** A value that differs from the accepted one. */
export interface Move {
  readonly field: keyof AcceptedMetadata;
  /** Absent where nothing was accepted. A list as one text, separated by spaces. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether the new value stays within origins that were accepted or that the program names. */
  readonly trusted: boolean;
}

export interface Acceptance {
  /** What an apply may accept; the accepted value where a move is refused; undefined where there is nothing. */
  readonly metadata?: AcceptedMetadata | undefined;
  /** Planned changes, accepted by applying. */
  readonly moved: readonly Move[];
  /** Moves that no apply accepts; where one is refused, all are. */
  readonly refused: readonly Move[];
}

export interface AcceptInput {
  readonly accepted?: AcceptedMetadata | undefined;
  readonly live?: LiveMetadata | undefined;
  readonly profile: GatewayProfile;
  readonly trustedOrigins: readonly string[];
}

export const metadataFieldNames = [
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "jwksUri",
  "codeChallengeMethods",
  "resource",
] as const satisfies readonly (keyof AcceptedMetadata)[];

/** The fields that decide where people sign in and whose keys sign tokens. */
const trustFields: ReadonlySet<keyof AcceptedMetadata> = new Set([
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "jwksUri",
]);

/**
 * What an apply may accept (oauth-findings, "Trust does not move by itself"). Nothing live: the accepted state is kept. Nothing accepted:
 * the live one is, unless no document has the issuer that was asked for and the one found is at an origin that the program does not name
 * (RFC 8414 §3.3). A move to an origin that was neither accepted nor named refuses the whole change.
 */
export function acceptMetadata({ accepted, live, profile, trustedOrigins }: AcceptInput): Acceptance {
  if (!live) return kept(accepted);
  const { unread, ...read } = live;
  const now: AcceptedMetadata = {
    ...read,
    ...Object.fromEntries(
      (unread ?? []).flatMap((field) => (accepted?.[field] === undefined ? [] : [[field, accepted[field]]])),
    ),
  };
  if (!accepted) {
    if (now.issuer === undefined || profile.metadataUrl !== undefined || isWithin(now.issuer, namedOrigins()))
      return { metadata: now, moved: [], refused: [] };
    return { moved: [], refused: [{ field: "issuer", to: now.issuer, trusted: false }] };
  }
  const different = metadataFieldNames.filter(
    // State may hold null where nothing is.
    (field) => !sameJson(accepted[field], now[field]) && !(isEmpty(accepted[field]) && isEmpty(now[field])),
  );
  // The common case by far, and URLs take long to parse.
  if (different.length === 0) return { metadata: now, moved: [], refused: [] };
  const trusted = new Set([
    ...namedOrigins(),
    ...originsOf([...trustFields].map((field) => accepted[field]).filter(isText)),
  ]);
  const moves = different.map((field): Move => {
    const to = text(now[field]);
    return {
      field,
      from: text(accepted[field]),
      to,
      trusted: to === undefined || !trustFields.has(field) || isWithin(to, trusted),
    };
  });
  if (moves.some((move) => !move.trusted)) return { metadata: accepted, moved: [], refused: moves };
  return { metadata: now, moved: moves, refused: [] };

  function namedOrigins(): ReadonlySet<string> {
    return originsOf([...programUrls(profile), ...trustedOrigins, ...(profile.trustedOrigins ?? [])]);
  }
}

function kept(accepted: AcceptedMetadata | undefined): Acceptance {
  return accepted ? { metadata: accepted, moved: [], refused: [] } : { moved: [], refused: [] };
}

function isWithin(url: string, origins: ReadonlySet<string>): boolean {
  const origin = originOf(url);
  return origin !== undefined && origins.has(origin);
}

function originsOf(urls: readonly string[]): ReadonlySet<string> {
  return new Set(urls.flatMap((url) => originOf(url) ?? []));
}

function text(value: string | readonly string[] | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : value.join(" ");
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
