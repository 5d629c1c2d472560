import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import { type Discovered, hasExplicitEndpoints, isAbout } from "../discover";

/** What is live now, in the shape that can be accepted. */
export interface LiveMetadata extends AcceptedMetadata {
  /** Values that could not be read this time: `acceptMetadata` keeps the accepted ones, and takes this list off. */
  readonly unread?: readonly (keyof AcceptedMetadata)[] | undefined;
}

/**
 * What the authorization server and the resource publish, canonically: lists sorted, absent where unknown. A profile's explicit endpoints
 * stand in where there is no document. Undefined where nothing could be read, or where other addresses were read than the profile has.
 */
export function liveMetadata(discovered: Discovered, profile: GatewayProfile): LiveMetadata | undefined {
  if (!isAbout(discovered, profile)) return undefined;
  const { authorizationServer, protectedResource } = discovered;
  const server = authorizationServer.document
    ? fromDocument(authorizationServer.document)
    : authorizationServer.kind === "missing" && hasExplicitEndpoints(profile)
      ? fromProfile(profile)
      : undefined;
  if (server === undefined) return undefined;
  const resource = protectedResource?.document?.resource;
  return {
    ...server,
    ...(resource === undefined ? {} : { resource }),
    ...(protectedResource?.kind === "unreachable" ? { unread: ["resource"] as const } : {}),
  };
}

function fromDocument(document: NonNullable<Discovered["authorizationServer"]["document"]>): AcceptedMetadata {
  return present({
    issuer: document.issuer,
    authorizationEndpoint: document.authorization_endpoint,
    tokenEndpoint: document.token_endpoint,
    registrationEndpoint: document.registration_endpoint,
    jwksUri: document.jwks_uri,
    codeChallengeMethods: document.code_challenge_methods_supported,
  });
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
