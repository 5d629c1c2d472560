import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import { type Discovered, hasExplicitEndpoints, isUnreadForWantOfName, serverFor } from "../discover";
import { foundAgain, leftOpen } from "../discovery/find-authorization-server";
import { isAddress } from "../discovery/find-protected-resource";
import { choosesAnotherResource, leadsElsewhere } from "./issuer-choice";

export type MetadataField = keyof AcceptedMetadata;

/** What the authorization server says about itself. Its document is accepted or refused as a whole. */
export const serverFields = [
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "jwksUri",
  "codeChallengeMethods",
] as const satisfies readonly MetadataField[];

export const metadataFieldNames: readonly MetadataField[] = [...serverFields, "resource"];

/** What is live now, in the shape that can be accepted. */
export interface LiveMetadata extends AcceptedMetadata {
  /** Values that could not be read, although somebody looked: `acceptMetadata` keeps the accepted ones. */
  readonly unread?: readonly MetadataField[] | undefined;
  /** An address that counts before the document's own could not be read: what was accepted may stand there. */
  readonly doubtful?: true | undefined;
  /**
   * Fields that are published and cannot be taken, each with the address that it would lead to where one can be told, else null. Where something
   * was accepted in such a field, that is no absence: `acceptMetadata` takes nothing of the document.
   */
  readonly unusable?: Readonly<Partial<Record<MetadataField, string | null>>> | undefined;
  /**
   * Where the endpoints are the program's own word, since no document of its issuer is there: what another issuer says of itself in that
   * place, or null. Absent where a document speaks for itself.
   */
  readonly instead?: AcceptedMetadata | null | undefined;
  /** Values that nobody looked for: what was discovered is about other addresses than the profile has. */
  readonly unasked?: readonly MetadataField[] | undefined;
}

/** Where nobody looks, since `metadata_check` is off. */
export const nothingRead: LiveMetadata = { unread: metadataFieldNames };

/**
 * What the authorization server and the resource publish, canonically: lists sorted, absent where unknown. A profile's explicit endpoints
 * stand in where there is no document. The two are read apart: another resource says nothing about the authorization server.
 */
export function liveMetadata(discovered: Discovered | undefined, profile: GatewayProfile): LiveMetadata {
  const server = liveServer(discovered, profile);
  const resource = liveResource(discovered, profile);
  const unread = [...(server === "unread" ? serverFields : []), ...(resource === "unread" ? resourceOnly : [])];
  const unasked = [...(server === "unasked" ? serverFields : []), ...(resource === "unasked" ? resourceOnly : [])];
  return {
    ...(typeof server === "object" ? server : {}),
    ...(typeof resource === "object" ? resource : {}),
    ...(unread.length > 0 ? { unread } : {}),
    ...(unasked.length > 0 ? { unasked } : {}),
  };
}

const resourceOnly = ["resource"] as const;

type Part = LiveMetadata | "unread" | "unasked";

function liveServer(discovered: Discovered | undefined, profile: GatewayProfile): Part {
  if (
    discovered === undefined ||
    discovered.authorizationServer.kind === "unread" ||
    isUnreadForWantOfName(discovered.authorizationServer.attempts, profile)
  )
    return "unasked";
  const found = foundFor(discovered, profile);
  if (!found) return "unasked";
  const { document, kind } = serverFor({ ...discovered, authorizationServer: found }, profile);
  if (document) return published(document, leftOpen(found).length > 0);
  if (kind !== "missing" || !hasExplicitEndpoints(profile)) return "unread";
  return { ...fromProfile(profile), instead: found.document ? fromDocument(found.document) : null };
}

/**
 * Another spelling of the same issuer leads to the same documents, and so does one of the same resource. Another way to the document that was
 * read leads to that document.
 */
function foundFor({ inputs, authorizationServer }: Discovered, profile: GatewayProfile) {
  return leadsElsewhere(inputs, profile) ? foundAgain(profile, authorizationServer) : authorizationServer;
}

function liveResource(discovered: Discovered | undefined, profile: GatewayProfile): Part {
  // A resource that is no address publishes nothing, and nobody has to look.
  if (profile.resource === undefined || !isAddress(profile.resource)) return {};
  if (discovered === undefined || choosesAnotherResource(discovered.inputs, profile)) return "unasked";
  const resource = discovered.protectedResource;
  if (resource?.kind === "unreachable") return "unread";
  return present({ resource: resource?.document?.resource });
}

type ServerDocument = NonNullable<Discovered["authorizationServer"]["document"]>;

const publishedAs = {
  issuer: "issuer",
  authorizationEndpoint: "authorization_endpoint",
  tokenEndpoint: "token_endpoint",
  registrationEndpoint: "registration_endpoint",
  jwksUri: "jwks_uri",
  codeChallengeMethods: "code_challenge_methods_supported",
} as const satisfies Record<(typeof serverFields)[number], keyof ServerDocument>;

function published(document: ServerDocument, doubtful: boolean): LiveMetadata {
  return { ...fromDocument(document), ...unusableIn(document), ...(doubtful ? { doubtful } : {}) };
}

function fromDocument(document: ServerDocument): AcceptedMetadata {
  return present(Object.fromEntries(serverFields.map((field) => [field, document[publishedAs[field]]])));
}

function unusableIn({ invalid_fields = [], bare_addresses = {} }: ServerDocument): Pick<LiveMetadata, "unusable"> {
  const fields = serverFields.filter((field) => invalid_fields.includes(publishedAs[field]));
  if (fields.length === 0) return {};
  return { unusable: Object.fromEntries(fields.map((field) => [field, bare_addresses[publishedAs[field]] ?? null])) };
}

function fromProfile(profile: GatewayProfile): AcceptedMetadata {
  return present({
    authorizationEndpoint: profile.authorizationEndpoint,
    tokenEndpoint: profile.tokenEndpoint,
    registrationEndpoint: profile.registrationEndpoint,
  });
}

function present(metadata: AcceptedMetadata): AcceptedMetadata {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}
