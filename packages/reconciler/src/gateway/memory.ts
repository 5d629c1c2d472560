import type { GatewayDocument } from "@mcpstack/api-client";
import {
  type AcceptedMetadata,
  type FieldType,
  type GatewayProfile,
  type GatewayState,
  isEmpty,
  isJsonObject,
  type ObservedProfile,
  profileFields,
  type StoredField,
  sameJson,
  storedFields,
  type Unshown,
} from "@mcpstack/model";
import {
  type Discovered,
  type FormerlyAccepted,
  type IssuerChoice,
  isSameChoice,
  rememberedAcceptances,
  rememberedDiscovery,
} from "@mcpstack/oauth-metadata";

import type { Imprint } from "../fresh";

/**
 * What is remembered of a gateway beside its state, where a person does not see it. `written` and `filled` together are the baseline: what
 * the API held when this project last wrote or imported the gateway. Plain JSON; an older version remembered `discovered` alone.
 */
export interface GatewayMemory {
  /** The profile as the program gave it at the last apply. A refresh changes the state, and never this. */
  readonly written?: ObservedProfile | undefined;
  /** What the service had put into fields that the program leaves unset. Undefined where its answer did not tell. */
  readonly filled?: ObservedProfile | undefined;
  /**
   * What the service made of what the program wrote, where it only tidied it (`isTidied`): as long as it shows just that, nothing has changed.
   */
  readonly made?: ObservedProfile | undefined;
  /** What was accepted of issuers that the program named before, the latest first. */
  readonly formerly?: readonly FormerlyAccepted[] | undefined;
  /** Which settings the service does not show although they were written: their absence is no drift. */
  readonly unshown?: Unshown | undefined;
  /** The profile came out of the API by an import, and no apply of a program has written it since. */
  readonly imported?: true | undefined;
  /**
   * Write-only settings were sent by a create, and nobody knows whether they are stored: an engine that wants the planned version back has it
   * taken out of the state by the next refresh.
   */
  readonly unsettled?: true | undefined;
  /** When it was last written, and made: for some seconds afterwards reads may lag behind. */
  readonly fresh?: Fresh | undefined;
  /** What the last look found published. */
  readonly discovered?: Discovered | undefined;
}

/** Times are in milliseconds since 1970. */
export interface Fresh {
  readonly writtenAt: number;
  /** Undefined where another project made it, or an older version of this one. */
  readonly madeAt?: number | undefined;
  /** What stood there before the last write. Undefined where that changed nothing that is shown. */
  readonly before?: Imprint | undefined;
}

/**
 * What an engine kept beside a state. What a newer version wrote, and what is damaged, is as if it had not been kept: what it knew is found
 * out anew, as for the state of a version that kept nothing.
 */
export function rememberedGateway(kept: unknown): GatewayMemory {
  if (!isJsonObject(kept) || (kept.version !== undefined && kept.version !== memoryVersion)) return {};
  const discovered = rememberedDiscovery(kept.discovered);
  const formerly = rememberedAcceptances(kept.formerly);
  return {
    ...(isProfile(kept.written) && { written: kept.written }),
    ...(isProfile(kept.filled) && { filled: kept.filled }),
    ...(isProfile(kept.made) && { made: kept.made }),
    ...(formerly && { formerly }),
    ...(isUnshown(kept.unshown) && { unshown: kept.unshown }),
    ...(kept.imported === true && { imported: true }),
    ...(kept.unsettled === true && { unsettled: true }),
    ...(isFresh(kept.fresh) && { fresh: kept.fresh }),
    ...(discovered && { discovered }),
  };
}

function isFresh(value: unknown): value is Fresh {
  if (!isJsonObject(value)) return false;
  const { writtenAt, madeAt, before } = value;
  const isTime = (one: unknown) => typeof one === "number" && Number.isFinite(one);
  const isImprint = before === undefined || (isJsonObject(before) && isOfType("stringSet", before.settings));
  return isTime(writtenAt) && (madeAt === undefined || isTime(madeAt)) && isImprint;
}

/** A version that changes what is remembered says so as `version` in it. This one, the first, says nothing. */
const memoryVersion = 1;

function isProfile(value: unknown): value is ObservedProfile {
  return (
    isJsonObject(value) &&
    storedFields.every((name) => value[name] === undefined || isOfType(profileFields[name].type, value[name]))
  );
}

function isUnshown(value: unknown): value is Unshown {
  return Array.isArray(value) && value.every((path) => isOfType("stringSet", path));
}

function isOfType(type: FieldType, value: unknown): boolean {
  if (type !== "stringSet") return typeof value === "string";
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

/**
 * What is remembered of the gateway that there is. Core hands what was kept beside a gateway that is replaced, or gone, to the plan of its
 * successor, and not to the apply of that plan.
 */
export function memoryOf({
  prior,
  memory = {},
}: {
  readonly prior?: unknown;
  readonly memory?: GatewayMemory | undefined;
}): GatewayMemory {
  return prior === undefined ? {} : memory;
}

/** The part of a profile that the API is told. */
export function storedPart(profile: ObservedProfile): ObservedProfile {
  return pick(profile, (name) => profile[name] !== undefined);
}

/** What a document holds in fields that a profile leaves unset; undefined where the document is known to be cut down. */
export function filledBeside(profile: ObservedProfile, document: GatewayDocument): ObservedProfile | undefined {
  if (document.partial) return undefined;
  return pick(document.observed, (name) => isEmpty(profile[name]) && !isEmpty(document.observed[name]));
}

/** An observed profile, with what the program wrote in the place of what the service made of it. */
export function asTold(observed: ObservedProfile, { written = {}, made = {} }: GatewayMemory): ObservedProfile {
  const isMade = (name: StoredField) => made[name] !== undefined && sameJson(made[name], observed[name]);
  return { ...observed, ...pick(written, isMade) };
}

/** What the service made of what the program still writes; undefined where that is nothing. */
export function stillMade({ written = {}, made = {} }: GatewayMemory, desired: GatewayProfile) {
  const still = pick(made, (name) => made[name] !== undefined && sameJson(written[name], desired[name]));
  return Object.keys(still).length > 0 ? still : undefined;
}

/** Some of the fields that the API is told. */
export function pick(profile: ObservedProfile, wanted: (name: StoredField) => boolean): ObservedProfile {
  return Object.fromEntries(storedFields.filter(wanted).map((name) => [name, profile[name]]));
}

/** What the program named when metadata was accepted. A state of an older version remembers nothing: it stands for itself. */
function choiceOf(memory: GatewayMemory, prior: GatewayProfile): IssuerChoice {
  const { authorizationServerUrl = prior.authorizationServerUrl, metadataUrl, resource } = memory.written ?? prior;
  return { authorizationServerUrl, metadataUrl, resource };
}

/** Whether the program still names the issuer and document that it named when metadata was accepted. */
export function isStillChosen(memory: GatewayMemory, prior: GatewayState, now: IssuerChoice): boolean {
  return isSameChoice(choiceOf(memory, prior), now);
}

/** What a decision about trust is measured against. */
export function acceptedBefore(memory: GatewayMemory, prior: GatewayState | undefined) {
  return { accepted: prior?.metadata, choice: prior && choiceOf(memory, prior), formerly: memory.formerly };
}

/**
 * What is remembered of former issuers once `accepted` is in the state: a program that names one of them again does not see it for the
 * first time. One entry for what a program named, whatever was published there: who publishes another's name puts nobody out of mind.
 */
export function formerlyAfter(
  memory: GatewayMemory,
  prior: GatewayState | undefined,
  now: IssuerChoice,
  accepted: AcceptedMetadata | undefined,
): readonly FormerlyAccepted[] | undefined {
  const before = prior?.metadata;
  const last = prior && before && saysWhere(before) ? [{ choice: choiceOf(memory, prior), metadata: before }] : [];
  const candidates: FormerlyAccepted[] = [...last, ...(memory.formerly ?? [])];
  const isCovered = (one: FormerlyAccepted, by: AcceptedMetadata) =>
    isEmpty(one.metadata.issuer) || !isEmpty(by.issuer);
  const kept = candidates.filter((one, index) => {
    if (accepted !== undefined && isSameChoice(one.choice, now) && isCovered(one, accepted)) return false;
    // The latest of what the program named; but what was accepted without a document stands for none that was accepted of one.
    return !candidates.some(
      (other, at) =>
        isSameChoice(one.choice, other.choice) &&
        (at < index ? isCovered(one, other.metadata) : at > index && !isCovered(other, one.metadata)),
    );
  });
  return kept.length > 0 ? kept : undefined;
}

/** Whether metadata says anything about an authorization server: what a resource calls itself is nobody's trust. */
function saysWhere({ resource: _, ...server }: AcceptedMetadata): boolean {
  return Object.values(server).some((value) => !isEmpty(value));
}

/** The profile that the program last wrote, whatever a refresh has taken into the state since. */
export function asWritten(state: GatewayState, { written }: GatewayMemory): GatewayProfile {
  if (written === undefined) return state;
  const stored: readonly string[] = storedFields;
  const rest = Object.fromEntries(Object.entries(state).filter(([name]) => !stored.includes(name)));
  return { ...rest, ...written } as unknown as GatewayProfile;
}
