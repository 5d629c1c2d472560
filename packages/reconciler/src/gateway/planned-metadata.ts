import {
  type AcceptedMetadata,
  type GatewayProfile,
  type GatewayState,
  type ProfileField,
  sameJson,
} from "@mcpstack/model";
import {
  type Acceptance,
  acceptMetadata,
  type Discovered,
  liveMetadata,
  type MetadataField,
  metadataFieldNames,
  nothingRead,
} from "@mcpstack/oauth-metadata";
import { openFields, type ProviderChoices, policyOf, trustedOriginsOf } from "./findings";
import { acceptedBefore, type GatewayMemory } from "./memory";

/** What `metadata` will be. */
export interface PlannedMetadata {
  /** The fields that are known; undefined where there will be none, or where nothing is known. */
  readonly value: AcceptedMetadata | undefined;
  /** Fields that are known only after the apply. All of them: whether there will be any metadata is not known either. */
  readonly unknown: readonly MetadataField[];
}

export interface MetadataInput {
  readonly prior?: GatewayState | undefined;
  readonly memory: GatewayMemory;
  /** Fields that are not known yet are absent. */
  readonly desired: GatewayProfile;
  readonly unknown: readonly ProfileField[];
  readonly discovered: Discovered | undefined;
  readonly provider: ProviderChoices;
}

/** Stands for an endpoint that is not known yet (RFC 6761 §6.4: no such host is ever there). The program names it, so it is trusted. */
const unknownEndpoint = "https://not-known-yet.invalid/";
const endpoints = ["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const;

/** One way in which everything that is unknown may turn out, as far as it makes a difference. */
interface World {
  readonly looks: boolean;
  readonly profile: GatewayProfile;
  /** Whether every origin is trusted: what is unknown may name any. */
  readonly trustsAll: boolean;
}

/**
 * What may be accepted, with what is unknown carried and never guessed: a field is known where it comes out the same in every world. So a
 * plan that is made again when more is known can only agree with the first one.
 */
export function planMetadata(input: MetadataInput): { planned: PlannedMetadata; acceptance: Acceptance | undefined } {
  const { prior, unknown } = input;
  if (unknown.includes("authorizationServerUrl") || unknown.includes("metadataUrl")) {
    const before = [prior?.metadata, ...(input.memory.formerly ?? [])];
    const never = before.every((one) => one === undefined) && looking(input).every((looks) => !looks);
    return { planned: { value: undefined, unknown: never ? [] : metadataFieldNames }, acceptance: undefined };
  }
  const outcomes = worlds(input).map((world) => acceptIn(world, input));
  const [first, ...others] = outcomes.map(outcomeOf);
  const joined = others.reduce((left, right) => join(left as PlannedMetadata, right), first) as PlannedMetadata;
  // A resource that is not known yet publishes something unknown, where there is metadata to put it beside.
  const open = unknown.includes("resource") && (joined.value !== undefined || joined.unknown.length > 0);
  const planned = open ? withUnknown(joined, ["resource"]) : joined;
  // What is certain is what every world agrees on; findings ask for more only where nothing is unknown.
  return { planned, acceptance: outcomes.length === 1 ? outcomes[0] : undefined };
}

function worlds(input: MetadataInput): World[] {
  const { desired, provider } = input;
  const unknown = openFields(provider, desired, input.unknown);
  const open = [...endpoints, "trustedOrigins" as const].some((name) => unknown.includes(name));
  const profiles = endpoints.some((name) => unknown.includes(name))
    ? [desired, withEndpoints(desired, unknown)]
    : [desired];
  return looking(input).flatMap((looks) =>
    profiles.flatMap((profile) => (open ? [false, true] : [false]).map((trustsAll) => ({ looks, profile, trustsAll }))),
  );
}

/** Whether published metadata counts at all: both, where `metadata_check` is not known. */
function looking({ desired, unknown, provider }: MetadataInput): boolean[] {
  if (openFields(provider, desired, unknown).includes("metadataCheck")) return [true, false];
  return [policyOf(provider, desired).metadataCheck !== "off"];
}

/** An unknown endpoint may turn out to be one, or to be left out. */
function withEndpoints(desired: GatewayProfile, unknown: readonly ProfileField[]): GatewayProfile {
  const given = endpoints.filter((name) => unknown.includes(name)).map((name) => [name, unknownEndpoint]);
  return { ...desired, ...Object.fromEntries(given) };
}

function acceptIn({ looks, profile, trustsAll }: World, input: MetadataInput): Acceptance {
  const { prior, memory, discovered, provider } = input;
  const live = looks ? liveMetadata(discovered, profile) : nothingRead;
  return acceptMetadata({
    ...acceptedBefore(memory, prior),
    live,
    profile,
    trustedOrigins: [
      ...trustedOriginsOf(provider, profile),
      ...(trustsAll ? metadataFieldNames.flatMap((field) => live[field] ?? []) : []),
    ],
  });
}

function outcomeOf({ metadata, unasked }: Acceptance): PlannedMetadata {
  const placeholders = metadataFieldNames.filter((field) => metadata?.[field] === unknownEndpoint);
  return withUnknown({ value: metadata, unknown: [] }, [...unasked, ...placeholders]);
}

function join(a: PlannedMetadata, b: PlannedMetadata): PlannedMetadata {
  if (isWholly(a) || isWholly(b)) return { value: undefined, unknown: metadataFieldNames };
  if (a.value === undefined && b.value === undefined) return a;
  if (a.value === undefined || b.value === undefined) return { value: undefined, unknown: metadataFieldNames };
  const differing = metadataFieldNames.filter((field) => !sameJson(a.value?.[field], b.value?.[field]));
  return withUnknown(a, [...b.unknown, ...differing]);
}

function withUnknown({ value, unknown }: PlannedMetadata, more: readonly MetadataField[]): PlannedMetadata {
  const all = metadataFieldNames.filter((field) => unknown.includes(field) || more.includes(field));
  if (all.length === 0) return { value, unknown };
  if (all.length === metadataFieldNames.length) return { value: undefined, unknown: all };
  const known = Object.entries(value ?? {}).filter(([field]) => !all.includes(field as MetadataField));
  return { value: Object.fromEntries(known), unknown: all };
}

/** Whether nothing is known of the metadata, not even that there will be any. */
export function isWholly({ unknown }: PlannedMetadata): boolean {
  return unknown.length === metadataFieldNames.length;
}

/** What an apply stores: what was planned, and for the rest what it found. */
export function settleMetadata(planned: PlannedMetadata, found: PlannedMetadata): AcceptedMetadata | undefined {
  if (planned.unknown.length === 0) return planned.value;
  if (isWholly(planned)) return found.value;
  const rest = Object.entries(found.value ?? {}).filter(([field]) => planned.unknown.includes(field as MetadataField));
  return { ...planned.value, ...Object.fromEntries(rest) };
}
