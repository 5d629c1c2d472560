import { type GatewayProfile, type IssuerDifference, isEmpty } from "@mcpstack/model";
import { hostsOf } from "./discovery/ask";
import type { CandidateForm, ResourceForm } from "./discovery/well-known";
import type { AuthorizationServerMetadata } from "./documents/authorization-server";
import type { ClientIdDocument } from "./documents/client-id-document";
import type { KeySet } from "./documents/key-set";
import type { ProtectedResourceMetadata } from "./documents/protected-resource";
import type { Attempt } from "./fetch/outcome";
import type { MetadataReader, ReadOptions } from "./reader";
import { sortedKeys } from "./text/sorted-keys";

/** The fields of a profile that decide what is fetched. */
export interface DiscoveryInputs {
  readonly authorizationServerUrl: string;
  readonly metadataUrl?: string | undefined;
  readonly resource?: string | undefined;
  /** Only where the client id is the address of a document. */
  readonly clientId?: string | undefined;
}

export interface DiscoveredAuthorizationServer {
  readonly kind: "found" | "missing" | "unreachable" | "unread";
  readonly url?: string;
  readonly form?: CandidateForm;
  readonly issuer?: IssuerDifference;
  readonly document?: AuthorizationServerMetadata;
  readonly attempts: readonly Attempt[];
}

export interface DiscoveredProtectedResource {
  readonly kind: "found" | "missing" | "unreachable" | "not-an-address";
  readonly url?: string;
  readonly form?: ResourceForm;
  readonly document?: ProtectedResourceMetadata;
  readonly attempts: readonly Attempt[];
}

export interface DiscoveredDocument<T> {
  readonly kind: "found" | "missing" | "unreachable";
  readonly document?: T;
  readonly attempt: Attempt;
}

/**
 * Everything that judging a profile needs to know of the network: plain JSON with sorted keys, the same bytes for the same answers, so
 * that it can be kept between a plan and its apply.
 */
export interface Discovered {
  readonly version: 1;
  readonly inputs: DiscoveryInputs;
  readonly authorizationServer: DiscoveredAuthorizationServer;
  readonly protectedResource?: DiscoveredProtectedResource;
  readonly keySet?: DiscoveredDocument<KeySet>;
  readonly clientIdDocument?: DiscoveredDocument<ClientIdDocument>;
}

/** What discovery needs of a `MetadataReader`. */
export type DocumentReader = Pick<
  MetadataReader,
  "authorizationServer" | "protectedResource" | "keySet" | "clientIdDocument"
>;

/**
 * Reads every document that a profile depends on. Whose profile it is only the caller knows: `programUrls` is `namedBy(profile)` for a
 * program's, and without what came out of the API for any other.
 */
export async function discover(
  reader: DocumentReader,
  profile: GatewayProfile,
  options: ReadOptions,
): Promise<Discovered> {
  const inputs = discoveryInputs(profile);
  const [server, resource, client] = await Promise.all([
    readAuthorizationServer(reader, profile, options),
    inputs.resource === undefined ? undefined : reader.protectedResource(inputs.resource, options),
    inputs.clientId === undefined ? undefined : reader.clientIdDocument(inputs.clientId, options),
  ]);
  return sortedKeys({
    version: 1 as const,
    inputs,
    ...server,
    ...(resource ? { protectedResource: withoutChallenge(resource) } : {}),
    ...(client ? { clientIdDocument: client } : {}),
  });
}

/** The discovery of a profile that nobody read documents for. */
export function nothingDiscovered(profile: GatewayProfile): Discovered {
  return sortedKeys({
    version: 1 as const,
    inputs: discoveryInputs(profile),
    authorizationServer: { kind: "unread" as const, attempts: [] },
  });
}

/** Whether what was discovered is about this profile, or about one with other addresses. */
export function isAbout(discovered: Discovered, profile: GatewayProfile): boolean {
  const now = discoveryInputs(profile);
  return (["authorizationServerUrl", "metadataUrl", "resource", "clientId"] as const).every(
    (name) => discovered.inputs[name] === now[name],
  );
}

/** The URLs of a program's profile whose origins its metadata may move to. */
export function programUrls(profile: GatewayProfile): readonly string[] {
  return [
    profile.authorizationServerUrl,
    profile.metadataUrl,
    profile.authorizationEndpoint,
    profile.tokenEndpoint,
    profile.registrationEndpoint,
  ].filter((url): url is string => !isEmpty(url));
}

/** Every URL of a profile: what a program names that wrote it, and nobody else. */
export function namedBy(profile: GatewayProfile): readonly string[] {
  const { resource, clientId } = discoveryInputs(profile);
  return [...programUrls(profile), ...[resource, clientId].filter((url) => url !== undefined)];
}

/** Whether what was discovered is all that a program with this profile has published for it. */
export function saysAll(discovered: Discovered, profile: GatewayProfile): boolean {
  return isAbout(discovered, profile) && !isUnreadForWantOfName(attemptsOf(discovered), profile);
}

/**
 * Whether something was left unread for a private address that nobody had named, and this profile, which a program wrote, does name it:
 * nobody has looked then.
 */
export function isUnreadForWantOfName(attempts: readonly Attempt[], profile: GatewayProfile): boolean {
  if (!attempts.some(({ outcome }) => outcome === "private-address")) return false;
  const named = hostsOf(namedBy(profile));
  return attempts.some(({ url, outcome }) => outcome === "private-address" && isNamed(url, named));
}

/** Every address that was tried. */
export function attemptsOf(discovered: Discovered): readonly Attempt[] {
  const { authorizationServer, protectedResource, keySet, clientIdDocument } = discovered;
  return [authorizationServer, protectedResource]
    .flatMap((part) => part?.attempts ?? [])
    .concat([keySet, clientIdDocument].flatMap((part) => part?.attempt ?? []));
}

function isNamed(url: string, named: ReadonlySet<string>): boolean {
  return [...hostsOf([url])].some((host) => named.has(host));
}

export function discoveryInputs(profile: GatewayProfile): DiscoveryInputs {
  const { authorizationServerUrl, metadataUrl, resource, clientId } = profile;
  return {
    authorizationServerUrl,
    ...(metadataUrl === undefined ? {} : { metadataUrl }),
    ...(resource === undefined ? {} : { resource }),
    ...(clientId === undefined || !/^https:\/\//i.test(clientId) ? {} : { clientId }),
  };
}

/**
 * What stands for a profile's authorization server. A document of another issuer does only where the profile does not give the endpoints
 * itself: asked here and not when it was read, since a profile may gain or lose endpoints while what was read is remembered.
 */
export function serverFor({ authorizationServer }: Discovered, profile: GatewayProfile): DiscoveredAuthorizationServer {
  const { kind, issuer, form, attempts } = authorizationServer;
  const isStrangers = kind === "found" && issuer === "different" && form !== "exact";
  return isStrangers && hasExplicitEndpoints(profile) ? { kind: "missing", attempts } : authorizationServer;
}

/** Whether a profile gives the endpoints itself, so that it does not depend on a document. */
export function hasExplicitEndpoints(profile: GatewayProfile): boolean {
  return profile.authorizationEndpoint !== undefined && profile.tokenEndpoint !== undefined;
}

async function readAuthorizationServer(
  reader: DocumentReader,
  profile: GatewayProfile,
  options: ReadOptions,
): Promise<Pick<Discovered, "authorizationServer" | "keySet">> {
  const { authorizationServerUrl, metadataUrl } = profile;
  // What is read depends on nothing but its address (see `serverFor`).
  const result = await reader.authorizationServer({ authorizationServerUrl, metadataUrl }, options);
  if (result.kind !== "found") return { authorizationServer: result };
  const authorizationServer = { ...result, document: whatIsJudged(result.document) };
  const { jwks_uri } = result.document;
  if (jwks_uri === undefined) return { authorizationServer };
  return { authorizationServer, keySet: await reader.keySet(jwks_uri, options) };
}

/** Longest list that is kept: what is discovered travels inside of plans. */
const maxKept = 200;

/** The fields that judging looks at, with bounded lists. */
function whatIsJudged(document: AuthorizationServerMetadata): AuthorizationServerMetadata {
  const {
    userinfo_endpoint: _userinfo,
    end_session_endpoint: _endSession,
    revocation_endpoint: _revocation,
    introspection_endpoint: _introspection,
    response_modes_supported: _modes,
    id_token_signing_alg_values_supported: _algorithms,
    dpop_signing_alg_values_supported: _dpop,
    tls_client_certificate_bound_access_tokens: _bound,
    pushed_authorization_request_endpoint: _pushed,
    ...judged
  } = document;
  const lists = Object.entries(judged).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
  const long = lists.filter(([, list]) => list.length > maxKept);
  if (long.length === 0) return judged;
  return {
    ...judged,
    ...Object.fromEntries(long.map(([name, list]) => [name, list.slice(0, maxKept)])),
    cut_fields: [...new Set([...(document.cut_fields ?? []), ...long.map(([name]) => name)])].sort(),
  };
}

function withoutChallenge(
  result: Awaited<ReturnType<MetadataReader["protectedResource"]>>,
): DiscoveredProtectedResource {
  if (result.kind === "not-an-address") return result;
  const { challenge: _, ...rest } = result;
  return rest;
}
