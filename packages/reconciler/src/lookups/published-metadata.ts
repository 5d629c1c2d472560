import { type AcceptedMetadata, type Finding, type GatewayProfile, gatewayProfile } from "@mcpstack/model";
import { discover, judge, liveMetadata, metadataFieldNames, namedBy } from "@mcpstack/oauth-metadata";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";

/** The fields of a profile that say where to look, and the scopes that are judged by what is found. */
export type MetadataQuery = Pick<GatewayProfile, "authorizationServerUrl" | "metadataUrl" | "resource" | "scopes">;

export interface PublishedMetadata {
  /** Address of the authorization server's document. */
  readonly url: string;
  readonly metadata: AcceptedMetadata;
  /** What is worth saying, the severest first. No policy lowers them. */
  readonly findings: readonly Finding[];
}

/**
 * Reads what an authorization server, and a protected resource, publish now. No API is asked and no credential is sent.
 *
 * @throws ReconcileError `metadata_not_found`, with what was tried
 */
export async function publishedMetadata(
  run: Pick<Run, "metadata" | "trustedOrigins">,
  query: MetadataQuery,
  options: CallOptions = {},
): Promise<PublishedMetadata> {
  // Name and type play no part in what is published.
  const profile = gatewayProfile({ name: "look-up", providerType: "manual", ...query });
  const discovered = await discover(run.metadata, profile, {
    ...options,
    programUrls: [...namedBy(profile), ...run.trustedOrigins],
  });
  const live = liveMetadata(discovered, profile);
  const { url, attempts } = discovered.authorizationServer;
  if (url === undefined) {
    const tried = attempts.map((attempt) => `${attempt.url} (${attempt.outcome})`).join(", ");
    throw new ReconcileError(
      "metadata_not_found",
      `No authorization server metadata was found for ${query.authorizationServerUrl}. Tried: ${tried}.`,
      ["authorizationServerUrl"],
    );
  }
  const metadata = Object.fromEntries(metadataFieldNames.flatMap((name) => (name in live ? [[name, live[name]]] : [])));
  // A look-up has no client: what is missing without one is not asked.
  const findings = judge({ profile, unknown: ["clientId"], discovered, trustedOrigins: [...run.trustedOrigins] });
  return { url, metadata, findings };
}
