import {
  type AcceptedMetadata,
  applyPolicy,
  effectivePolicy,
  type Finding,
  type FindingPolicy,
  type GatewayProfile,
} from "@mcpstack/model";
import { acceptMetadata, type Discovered, discover, judge, liveMetadata } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";

/** What the provider's configuration says about every gateway. */
export interface ProviderChoices {
  readonly policy: Partial<FindingPolicy>;
  readonly trustedOrigins: readonly string[];
}

/** What counts for this gateway: its own choices before the provider's. */
export function policyOf(provider: ProviderChoices, { metadataCheck, findings }: GatewayProfile): FindingPolicy {
  return effectivePolicy({ ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) }, provider.policy);
}

/** Origins that metadata may move to, beside those that the profile's own URLs name. */
export function trustedOriginsOf(provider: ProviderChoices, profile: GatewayProfile): string[] {
  return [...provider.trustedOrigins, ...(profile.trustedOrigins ?? [])];
}

/** Looks at what is published for a profile, unless `metadata_check` is off. */
export async function discoverFor(
  run: Run,
  profile: GatewayProfile,
  options: CallOptions,
): Promise<Discovered | undefined> {
  if (policyOf(run, profile).metadataCheck === "off") return undefined;
  return discover(run.metadata, profile, options);
}

/** What is accepted where nothing was before: a create, an import, other documents than those that were accepted. */
export function firstAccepted(
  provider: ProviderChoices,
  profile: GatewayProfile,
  discovered: Discovered | undefined,
): AcceptedMetadata | undefined {
  const live = discovered && liveMetadata(discovered, profile);
  return acceptMetadata({ live, profile, trustedOrigins: trustedOriginsOf(provider, profile) }).metadata;
}

/** What is worth saying about a profile, weighed by the policy that counts for it. */
export function findingsFor(
  run: Run,
  profile: GatewayProfile,
  discovered: Discovered | undefined,
  accepted: AcceptedMetadata | undefined,
): Finding[] {
  if (!discovered) return [];
  const found = judge({ profile, discovered, accepted, trustedOrigins: trustedOriginsOf(run, profile) });
  return applyPolicy(found, policyOf(run, profile));
}
