import {
  applyPolicy,
  effectivePolicy,
  type Finding,
  type FindingPolicy,
  type GatewayProfile,
  type ProfileField,
  weighed,
} from "@mcpstack/model";
import { type Discovered, discover, judge } from "@mcpstack/oauth-metadata";
import { FindingsRefuse } from "../errors";
import type { CallOptions, Run } from "../run";
import { setElsewhere } from "./filled";
import { acceptedBefore, memoryOf } from "./memory";
import type { GatewayPlanInput } from "./plan-input";

/** What of the provider's configuration a decision depends on, by the names that a gateway's own arguments have. */
export const choiceNames = ["metadataCheck", "findings", "trustedOrigins"] as const;
export type ChoiceName = (typeof choiceNames)[number];

/** What the provider's configuration says about every gateway. */
export interface ProviderChoices {
  readonly policy: Partial<FindingPolicy>;
  readonly trustedOrigins: readonly string[];
  /** What of it is not known yet, and absent here. Default: nothing. */
  readonly unknown?: readonly ChoiceName[] | undefined;
}

/** A provider of whose configuration nothing is known yet. */
export const nothingChosen: ProviderChoices = { policy: {}, trustedOrigins: [], unknown: choiceNames };

/** The fields that are not known yet, of the gateway and of what the provider says in their place or beside them. */
export function openFields(
  { unknown: ofProvider = [] }: ProviderChoices,
  profile: GatewayProfile,
  unknown: readonly ProfileField[] = [],
): readonly ProfileField[] {
  if (ofProvider.length === 0) return unknown;
  // A gateway's own check takes the place of the provider's; the others are added to its own.
  const counts = ofProvider.filter((name) => name !== "metadataCheck" || profile.metadataCheck === undefined);
  return [...new Set([...unknown, ...counts])];
}

/** What counts for this gateway: its own choices before the provider's. */
export function policyOf(provider: ProviderChoices, { metadataCheck, findings }: GatewayProfile): FindingPolicy {
  return effectivePolicy({ ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) }, provider.policy);
}

/** Origins that metadata may move to, beside those that the profile's own URLs name. */
export function trustedOriginsOf(provider: ProviderChoices, profile: GatewayProfile): string[] {
  return [...provider.trustedOrigins, ...(profile.trustedOrigins ?? [])];
}

/**
 * Looks at what is published for a profile, unless `metadata_check` is off, or not known yet. `programUrls` are those of its URLs that the program wrote;
 * the origins that the program trusts are named with them.
 */
export async function discoverFor(
  run: Run,
  profile: GatewayProfile,
  programUrls: readonly string[],
  options: CallOptions,
): Promise<Discovered | undefined> {
  if (policyOf(run, profile).metadataCheck === "off" || openFields(run, profile).includes("metadataCheck"))
    return undefined;
  const named = [...programUrls, ...trustedOriginsOf(run, profile)];
  return discover(run.metadata, profile, { ...options, programUrls: named });
}

/** Whether anything can be judged: it is known what to look at, and how loudly what may be said. */
export function isJudged(unknown: readonly ProfileField[]): boolean {
  return !(["authorizationServerUrl", "metadataUrl", "metadataCheck", "findings"] as const).some((name) =>
    unknown.includes(name),
  );
}

/**
 * What is worth saying about a profile, weighed by the policy that counts for it: pure. Nothing where nobody looked, and nothing that
 * depends on a field that is not known yet. What is worth knowing only to somebody who asks for it (`info`) is left out: no engine says it.
 */
export function findingsFor(
  provider: ProviderChoices,
  input: GatewayPlanInput & { readonly desired: GatewayProfile },
): Finding[] {
  const { prior, desired, discovered } = input;
  const unknown = openFields(provider, desired, input.unknown);
  const memory = memoryOf(input);
  if (!discovered || !isJudged(unknown)) return [];
  const policy = policyOf(provider, desired);
  const about = {
    profile: desired,
    unknown,
    discovered,
    ...acceptedBefore(memory, prior),
    trustedOrigins: trustedOriginsOf(provider, desired),
    setElsewhere: prior && setElsewhere(memory, prior, desired),
    filled: memory.filled,
  };
  const found = judge(about, (finding) => !["off", "info"].includes(weighed(finding, policy)));
  return applyPolicy(found, policy);
}

/**
 * The last look before a gateway is written: what no plan judged, since something was not known or nobody may veto a destroy, is judged
 * here.
 *
 * @throws FindingsRefuse
 */
export function assertAcceptable(
  provider: ProviderChoices,
  input: GatewayPlanInput & { readonly desired: GatewayProfile },
): void {
  const [first, ...more] = findingsFor(provider, input).filter(({ severity }) => severity === "error");
  if (first) throw new FindingsRefuse([first, ...more]);
}
