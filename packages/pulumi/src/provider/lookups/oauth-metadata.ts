import { discover, liveMetadata } from "@mcpstack/oauth-metadata";
import type { GetOAuthMetadataArgs, GetOAuthMetadataResult } from "../../functions/get-oauth-metadata";
import { metadataReader } from "../connection/runs";
import { ProviderError } from "../engine/failure";
import { definedOnly } from "../values";

export async function getOAuthMetadata(args: GetOAuthMetadataArgs): Promise<GetOAuthMetadataResult> {
  const profile = { name: "look-up", providerType: "manual", ...args };
  const discovered = await discover(metadataReader(), profile);
  const { unread: _, ...live } = liveMetadata(discovered, profile) ?? {};
  const { url, attempts } = discovered.authorizationServer;
  if (url !== undefined && live.issuer !== undefined) {
    return definedOnly({ ...live, url }) as unknown as GetOAuthMetadataResult;
  }
  const tried = attempts.map((attempt) => `${attempt.url} (${attempt.outcome})`).join(", ");
  throw new ProviderError(
    "metadata_not_found",
    `No authorization server metadata was found for ${args.authorizationServerUrl}. Tried: ${tried}.`,
  );
}
