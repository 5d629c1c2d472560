import { type AcceptedMetadata, type GatewayProfile, isEmpty, originOf, sameJson } from "@mcpstack/model";
import { expectedIssuer } from "../discovery/well-known";
import {
  choosesAnotherResource,
  type IssuerChoice,
  isAnotherIssuer,
  isSameChoice,
  leadsElsewhere,
} from "./issuer-choice";
import { type LiveMetadata, type MetadataField, metadataFieldNames, serverFields } from "./live-metadata";
import { isTrustedIn, isWithin, namedOrigins, trustFields } from "./trusted-origins";

/** A value that differs from the accepted one. */
export interface Move {
  readonly field: MetadataField;
  /** Absent where nothing was accepted. A list as one text, separated by spaces. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether the new value stays within origins that were accepted in its role or that the program names. */
  readonly trusted: boolean;
}

export interface Acceptance {
  /** What an apply may accept; the accepted value where a move is refused; undefined where there is nothing. */
  readonly metadata?: AcceptedMetadata | undefined;
  /** What was accepted of the issuer that the profile names; undefined at first sight. */
  readonly earlier?: AcceptedMetadata | undefined;
  /** Planned changes, accepted by applying. */
  readonly moved: readonly Move[];
  /** Moves that no apply accepts; where one is refused, all of the same document are. */
  readonly refused: readonly Move[];
  /**
   * Moves within trust that may be none: an address that counts before the document's own could not be read, and may still say what was
   * accepted; or a field of the document cannot be taken in which something was accepted. Nothing of the document is accepted then.
   * Absent where there are none, and where one beyond trust is refused.
   */
  readonly doubted?: readonly Move[] | undefined;
  /** Fields of which nothing is known before somebody looks: the program leads to a document that was not read. */
  readonly unasked: readonly MetadataField[];
}

/** What was accepted, and what the program named then. */
export interface FormerlyAccepted {
  readonly choice: IssuerChoice;
  readonly metadata: AcceptedMetadata;
}

export interface AcceptInput {
  readonly accepted?: AcceptedMetadata | undefined;
  /** What the program named when that was accepted. Default: what the profile names. */
  readonly choice?: IssuerChoice | undefined;
  /** What was accepted of issuers that the program named before that, the latest first. */
  readonly formerly?: readonly FormerlyAccepted[] | undefined;
  readonly live: LiveMetadata;
  readonly profile: GatewayProfile;
  /** Origins that the provider's configuration trusts. Those of the profile count too. */
  readonly trustedOrigins: readonly string[];
}

/**
 * What an apply may accept (oauth-findings, "Trust does not move by itself"). Acceptance belongs to an issuer: it is given anew only where
 * the program names one for the first time, by `authorizationServerUrl` or by the document at another issuer's own origin, and another issuer is
 * what is published there: a detour over another issuer is no first sight of the old one. Otherwise a move to an origin that was not accepted
 * in the same role, is not the issuer's own and that the program does not name refuses the whole document; what cannot be read keeps what was
 * accepted, and so does a document beside one that cannot be read, and one with a field that cannot be taken in which something was accepted:
 * that is no absence.
 *
 * At first sight the live document is accepted, unless no document has the issuer that was asked for and the one found is at an origin
 * that the program does not name (RFC 8414 §3.3).
 */
export function acceptMetadata(input: AcceptInput): Acceptance {
  const { accepted, profile, choice = profile } = input;
  const before = [...(accepted ? [{ choice, metadata: accepted }] : []), ...(input.formerly ?? [])];
  const earlier = acceptedOf(before, input);
  const server = acceptServer(input, earlier);
  if (server.unasked.length > 0) return { ...server, unasked: metadataFieldNames };
  if (server.metadata === undefined) return server;
  return withResource(server, input, choosesAnotherResource(choice, profile));
}

/**
 * What was accepted of the issuer that a program names: first of all what was accepted when it named the same one, since an issuer's name
 * in a document is only what a stranger says of itself. Else another way to a document of the same issuer is no choice of another one.
 */
function acceptedOf(before: readonly FormerlyAccepted[], { live, profile }: AcceptInput): AcceptedMetadata | undefined {
  const found =
    before.find((one) => isOfChoice(one, profile)) ??
    before.find((one) => isNamedAs(one, live)) ??
    before.find(({ metadata }) => isOfSameIssuer(metadata, live)) ??
    before.find((one) => isStillNamed(one, profile) && !isChosenByDocument(one, live, profile));
  return found?.metadata;
}

/**
 * Whether metadata was accepted when the program named the same issuer and document. What was accepted without any document is somebody's
 * own word for the endpoints, and counts in other spellings while the program gives that word.
 */
function isOfChoice({ choice, metadata }: FormerlyAccepted, profile: GatewayProfile): boolean {
  if (!leadsElsewhere(choice, profile)) return true;
  return (!isEmpty(metadata.issuer) || isOwnWord(metadata, profile)) && isSameChoice(choice, profile);
}

function isOwnWord(metadata: AcceptedMetadata, profile: GatewayProfile): boolean {
  const endpoints = (["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const).filter(
    (field) => !isEmpty(metadata[field]),
  );
  return endpoints.length > 0 && endpoints.every((field) => metadata[field] === profile[field]);
}

/** Whether a document is of the issuer that the program named when something was accepted of it, whatever that called itself. */
function isNamedAs({ choice, metadata }: FormerlyAccepted, live: AcceptedMetadata): boolean {
  if (!live.issuer || !metadata.issuer) return false;
  return !isAnotherIssuer(expectedIssuer(choice.authorizationServerUrl), live.issuer);
}

/**
 * Whether the program still names the authorization server of which something was accepted: as it named it then, or by the name that its document
 * gave itself and that was accepted; in whatever spelling, and at whatever address of a document. Such an edit lets nobody in whom the program
 * does not name.
 */
function isStillNamed({ choice, metadata }: FormerlyAccepted, profile: GatewayProfile): boolean {
  const now = expectedIssuer(profile.authorizationServerUrl);
  const isNamed = (name: string | undefined | null) =>
    !isEmpty(name) && !isAnotherIssuer(expectedIssuer(name as string), now);
  if (isNamed(metadata.issuer)) return true;
  return isNamed(choice.authorizationServerUrl) && (!isEmpty(metadata.issuer) || isOwnWord(metadata, profile));
}

/**
 * Whether the program chooses another issuer by the address of its document: one at an origin of its own, which calls itself so. A document at
 * an origin that was named already, whatever it calls itself, is none: whoever publishes there could have the program choose anybody.
 */
function isChosenByDocument(
  { choice, metadata }: FormerlyAccepted,
  { issuer }: LiveMetadata,
  { metadataUrl, authorizationServerUrl }: GatewayProfile,
): boolean {
  if (metadataUrl === choice.metadataUrl) return false;
  const origin = originOf(metadataUrl ?? "");
  if (origin === undefined || origin !== originOf(issuer ?? "")) return false;
  return origin !== originOf(metadata.issuer ?? "") && origin !== originOf(authorizationServerUrl);
}

/** Whether two documents are of one issuer. However it spells itself: an issuer that adds a slash does not become another one. */
function isOfSameIssuer(one: AcceptedMetadata, other: AcceptedMetadata): boolean {
  if (!one.issuer || !other.issuer) return false;
  return !isAnotherIssuer(one.issuer, other.issuer);
}

function acceptServer(input: AcceptInput, earlier: AcceptedMetadata | undefined): Acceptance {
  const { live, profile } = input;
  const kept: Acceptance = { metadata: earlier && only(serverFields, earlier), earlier, ...nothing };
  if (live.unread?.includes("issuer")) return kept;
  if (live.unasked?.includes("issuer")) {
    // Another document than the one that was read last may say anything, also where something was accepted of its issuer once.
    const isAsked = earlier !== undefined && !leadsElsewhere(input.choice ?? profile, profile);
    return isAsked ? kept : { ...kept, unasked: serverFields };
  }
  if (live.instead !== undefined && !isEmpty(earlier?.issuer)) {
    // What a document said is not undone by the program's own endpoints, only because it is not there now: it may come back. Another
    // issuer's in its place is no document of this gateway's, and yet nothing that nobody may see.
    const { refused } = live.instead ? judged(kept, live.instead, input) : kept;
    return { ...kept, refused };
  }
  return judged(kept, live, input);
}

/** What becomes of what was accepted beside a document that can be read, or the program's own endpoints in its place. */
function judged(kept: Acceptance, live: LiveMetadata, { profile, trustedOrigins }: AcceptInput): Acceptance {
  const { earlier } = kept;
  const now = only(serverFields, live);
  if (!earlier) {
    const expected =
      now.issuer === undefined ||
      profile.metadataUrl !== undefined ||
      isWithin(now.issuer, namedOrigins(profile, trustedOrigins));
    if (expected) return { metadata: now, ...nothing };
    return { ...nothing, refused: [{ field: "issuer", to: now.issuer, trusted: false }] };
  }
  const different = serverFields.filter((field) => !isSame(earlier[field], now[field]));
  // The common case by far, and URLs take long to parse.
  if (different.length === 0) return { ...kept, metadata: now };
  const named = namedOrigins(profile, trustedOrigins);
  const moves = different.map((field): Move => {
    const to = text(now[field] ?? live.unusable?.[field]);
    const trusted =
      to === undefined ||
      !trustFields.has(field) ||
      isTrustedIn(field, to, earlier, named) ||
      (field === "issuer" && isOnlyAName(to, profile));
    return { field, from: text(earlier[field]), to, trusted };
  });
  // A doubt keeps a move within trust from being accepted, and none beyond it from being seen: else whoever can have the first address fail
  // would lead people away without a word.
  if (moves.some((move) => !move.trusted)) return { ...kept, refused: moves };
  if (live.doubtful) return { ...kept, doubted: moves };
  const isUnusable = ({ field }: Move) => live.unusable?.[field] !== undefined;
  if (moves.some(isUnusable)) return { ...kept, doubted: moves.filter((move) => !isUnusable(move)) };
  return { ...kept, metadata: now, moved: moves };
}

/** Whether an issuer is no address, in a document that the program gives the address of: it leads nobody anywhere, and vouches for no origin. */
function isOnlyAName(issuer: string, { metadataUrl }: GatewayProfile): boolean {
  return metadataUrl !== undefined && originOf(issuer) === undefined;
}

const nothing = { moved: [], refused: [], unasked: [] } as const;

/** What the resource says about itself: it decides nothing about where people sign in, and follows the program's choice. */
function withResource(server: Acceptance, { live, accepted }: AcceptInput, chosenAnew: boolean): Acceptance {
  const before = chosenAnew ? undefined : accepted?.resource;
  const unread = live.unread?.includes("resource") === true;
  const unasked = live.unasked?.includes("resource") === true;
  if (unasked && (chosenAnew || !server.earlier)) return { ...server, unasked: ["resource"] };
  const resource = unread || unasked ? before : live.resource;
  const moved =
    server.earlier && !chosenAnew && !isSame(before, resource)
      ? [{ field: "resource" as const, from: text(before), to: text(resource), trusted: true }]
      : [];
  return {
    ...server,
    metadata: { ...server.metadata, ...(isEmpty(resource) ? {} : { resource }) },
    moved: [...server.moved, ...moved],
  };
}

function only(fields: readonly MetadataField[], metadata: AcceptedMetadata): AcceptedMetadata {
  // State may hold null where nothing is.
  return Object.fromEntries(fields.flatMap((field) => (isEmpty(metadata[field]) ? [] : [[field, metadata[field]]])));
}

function isSame(a: unknown, b: unknown): boolean {
  return sameJson(a, b) || (isEmpty(a) && isEmpty(b));
}

function text(value: string | readonly string[] | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : value.join(" ");
}
