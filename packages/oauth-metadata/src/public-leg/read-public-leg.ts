import { compareIssuers, originOf } from "@mcpstack/model";
import type { Ask } from "../discovery/ask";
import { findAuthorizationServer } from "../discovery/find-authorization-server";
import { findProtectedResource, isAddress, type ProtectedResourceResult } from "../discovery/find-protected-resource";
import { type ChallengeResult, readChallenge } from "../discovery/read-challenge";
import { type DocumentResult, readDocument } from "../discovery/read-document";
import type { CandidateForm } from "../discovery/well-known";
import type { AuthorizationServerMetadata } from "../documents/authorization-server";
import { type KeySet, parseKeySet } from "../documents/key-set";
import type { Attempt } from "../fetch/outcome";
import { sortedKeys } from "../text/sorted-keys";

/** The public route of an attached server, by its MCP URL. */
export interface PublicRouteTarget {
  readonly mcpUrl: string;
  /** Where the API names it. Default: beside the MCP URL, if that has the usual form. */
  readonly protectedResourceMetadataUrl?: string | undefined;
  /** Whether it is a gateway's. Default: whether its address has the usual form, or the API names its metadata. */
  readonly isGateway?: boolean | undefined;
}

/** What was found of an authorization server. */
export interface RouteServer {
  readonly kind: "found" | "missing" | "unreachable";
  readonly url?: string;
  readonly form?: CandidateForm;
  readonly document?: AuthorizationServerMetadata;
  readonly attempts: readonly Attempt[];
}

/** Most further authorization servers that are looked at: nobody offers more to choose from. */
const maxFurther = 5;

/** What an external MCP client meets on the public route: plain JSON. */
export interface PublicLeg {
  readonly mcpUrl: string;
  /** False for any other MCP server: what only the service promises is not asked of it. Default: true. */
  readonly isGateway?: boolean | undefined;
  /** The metadata address that the API names or that is usual, where it is known. */
  readonly expectedMetadataUrl?: string | undefined;
  readonly challenge: ChallengeResult;
  readonly protectedResource: ProtectedResourceResult;
  /**
   * The authorization server that the resource's metadata names first; for a server that is no gateway and names none, its own origin, where
   * clients of earlier revisions of MCP look.
   */
  readonly authorizationServerUrl?: string | undefined;
  readonly authorizationServer?: RouteServer | undefined;
  /** The others that it names: a client may take any. Of a gateway's those that are other issuers. Read where that tells something. */
  readonly furtherServers?:
    | readonly { readonly issuer: string; readonly server?: RouteServer | undefined }[]
    | undefined;
  readonly keySet?: DocumentResult<KeySet> | undefined;
}

/** Walks the way of an external client: challenge, the resource's metadata, its authorization server's, the keys. */
export async function readPublicLeg(
  ask: Ask,
  target: PublicRouteTarget,
  programUrls: readonly (string | undefined)[],
): Promise<PublicLeg> {
  const { mcpUrl } = target;
  const expectedMetadataUrl = target.protectedResourceMetadataUrl ?? usualMetadataUrl(mcpUrl);
  const isGateway = target.isGateway ?? expectedMetadataUrl !== undefined;
  if (!isAddress(mcpUrl)) {
    const attempt: Attempt = { url: mcpUrl, outcome: "invalid", detail: "is not a URL" };
    return {
      mcpUrl,
      isGateway,
      challenge: { kind: "unreachable", attempt },
      protectedResource: { kind: "missing", attempts: [attempt] },
    };
  }
  const challenge = await readChallenge(ask, mcpUrl, programUrls, "mcp");
  const resource = await findProtectedResource(
    ask,
    mcpUrl,
    challenge,
    programUrls,
    expectedMetadataUrl === undefined ? [] : [expectedMetadataUrl],
  );
  const [named, ...others] = (resource.kind === "found" && resource.document.authorization_servers) || [];
  const issuer = named ?? (isGateway || resource.kind === "unreachable" ? undefined : originOf(mcpUrl));
  const read = (authorizationServerUrl: string) =>
    findAuthorizationServer(ask, { authorizationServerUrl }, programUrls);
  const server = issuer === undefined ? undefined : await read(issuer);
  // A gateway signs users in at its own issuer, however often it spells that: that another is named at all says enough. Of any other server a
  // client may take each entry as it is spelled (RFC 8414 §3.3).
  const further = others
    .filter((one) => !isGateway || compareIssuers(one, named ?? one) === "different")
    .slice(0, maxFurther);
  const furtherServers = await Promise.all(
    further.map(async (one) => ({ issuer: one, ...(isGateway ? {} : { server: await read(one) }) })),
  );
  const jwksUri = server?.kind === "found" ? server.document.jwks_uri : undefined;
  const keySet =
    jwksUri === undefined
      ? undefined
      : await readDocument(ask, jwksUri, parseKeySet, "has no list of keys", programUrls);
  return sortedKeys({
    mcpUrl,
    isGateway,
    expectedMetadataUrl,
    challenge,
    protectedResource: resource,
    authorizationServerUrl: issuer,
    authorizationServer: server,
    ...(furtherServers.length > 0 ? { furtherServers } : {}),
    keySet,
  });
}

/** The usual route has its documents beside the MCP URL (API page, "Public leg"). */
function usualMetadataUrl(mcpUrl: string): string | undefined {
  const route = /^(https?:\/\/[^?#]+\/api\/v1\/gateway\/[^/?#]+)\/mcp$/i.exec(mcpUrl)?.[1];
  return route === undefined ? undefined : `${route}/.well-known/oauth-protected-resource`;
}
