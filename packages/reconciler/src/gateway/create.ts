import { type ApiError, assertOwnList, encodeGateway, type GatewayDocument, isApiError } from "@mcpstack/api-client";
import {
  type Finding,
  type GatewayProfile,
  type GatewayState,
  isEmpty,
  isTidied,
  meansSame,
  profileFields,
  type StoredField,
  storedFields,
  tidyText,
} from "@mcpstack/model";
import { metadataFieldNames } from "@mcpstack/oauth-metadata";
import { PartialFailure, ReconcileError } from "../errors";
import { lookWhileFresh } from "../fresh";
import { lookUntil } from "../look-again";
import type { CallOptions, Run } from "../run";
import { exchanging } from "./changed";
import { filledBeside, type GatewayMemory, storedPart } from "./memory";
import { type Answered, outcomeOf } from "./outcome";
import { type PlannedMetadata, settleMetadata } from "./planned-metadata";
import { remembered } from "./settings";
import { lookBeforeWriting } from "./settle";

export interface GatewayApplied {
  /** As the program spelled it, but for what the service shows otherwise. */
  readonly state: GatewayState;
  readonly memory: GatewayMemory;
  /** What the service shows otherwise than it was written, a warning each. */
  readonly findings?: readonly Finding[] | undefined;
}

export interface WriteOptions extends CallOptions {
  /** As planned: what is not known yet is looked for before anything is written. Default: nothing is known. */
  readonly metadata?: PlannedMetadata | undefined;
}

export const metadataAfterApply: PlannedMetadata = { value: undefined, unknown: metadataFieldNames };

/**
 * Creates a gateway, once: a create whose answer was lost, or names a gateway that was there before, is not repeated; the one new gateway
 * that it can only have made is adopted. That look proves what reads show: write-only settings are then written again by the next apply.
 * What was sent is seen through, so that a run which is stopped knows what it made: the signal counts before that and after it.
 *
 * @throws ReconcileError `create_unconfirmed`, `name_taken`, `findings_refuse`; PartialFailure `not_carried_out`; ApiError
 */
export async function createGateway(
  run: Run,
  desired: GatewayProfile,
  options: WriteOptions = {},
): Promise<GatewayApplied> {
  const { metadata = metadataAfterApply } = options;
  run.api.secrets.add(desired.settingsWo);
  const organizationId = await run.api.organizationId(options);
  const before = await run.gatewaysBefore();
  const look = await lookBeforeWriting(run, { desired }, metadata, options);
  // In turn, so that a lost answer cannot be taken for a namesake that another resource is creating at the same time.
  const created = await run.inTurn(`create ${tidyText(desired.name)}`, async () => {
    options.signal?.throwIfAborted();
    const isOld = (id: string) => (before.has(id) && !run.deleted.has(id)) || run.claimed.has(id);
    const made = await creation(run, desired, isOld, options);
    run.claimed.add(made.id);
    run.made.set(made.id, Date.now());
    run.deleted.delete(made.id);
    return made;
  });
  run.reads.forget(created.id);
  const outcome = await outcomeOf(run, { desired }, created, options);
  const { document, findings, failure, isUnsettled } = outcome;
  const accepted = settleMetadata(metadata, look.found);
  const madeAt = run.made.get(created.id) ?? Date.now();
  const applied = {
    state: {
      ...writtenState(desired, { id: document.id, organizationId, status: document.status, metadata: accepted }),
      ...outcome.shown,
      // What nobody could see stored is written again.
      ...(isUnsettled && { settingsWoVersion: undefined }),
    },
    memory: {
      written: storedPart(desired),
      filled: filledBeside(desired, document),
      made: outcome.made,
      ...remembered(outcome.unshown),
      ...(isUnsettled && { unsettled: true as const }),
      fresh: { writtenAt: madeAt, madeAt },
      discovered: look.discovered,
    },
    findings,
  };
  if (failure) throw new PartialFailure(failure, applied);
  return applied;
}

/** The state of a gateway just written: the profile as the program spelled it, and what the service and the issuer said. */
export function writtenState(
  desired: GatewayProfile,
  outputs: Pick<GatewayState, "id" | "organizationId" | "status" | "metadata">,
): GatewayState {
  const { settingsWo: _, ...kept } = desired;
  return { ...kept, ...outputs };
}

/** The gateway that one create made, whatever became of its answer, with how it was answered. */
async function creation(
  run: Run,
  desired: GatewayProfile,
  isOld: IsOld,
  { signal }: CallOptions,
  begun = performance.now(),
): Promise<Answered> {
  let answered: GatewayDocument;
  try {
    answered = await run.api.createGateway(encodeGateway(desired), { writeOnly: desired.settingsWo, signal });
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (error.code === "conflict") return madeBefore(run, desired, isOld, error);
    if (!error.mayHaveHappened) throw error;
    // A service that takes nothing now (RFC 9110 §15.6.4) has most likely not made it: when nothing of it is listed, it is asked again.
    if (error.status === 503 && !signal?.aborted && performance.now() - begun < run.api.patienceMs) {
      const found = await lookFor(run, desired, isOld, { signal }).catch(() => undefined);
      if (found && !found.isUnclear && found.made.length + found.others.length === 0)
        return creation(run, desired, isOld, { signal }, begun);
    }
    const what =
      error.code === "unexpected_answer" ? `tells of no gateway (${error.summary})` : `was lost (${error.message})`;
    return findLost(run, desired, isOld, { what, signal, status: error.status, failure: error.failure });
  }
  const { id, written } = answered;
  // What is not finished may be named by its operation, and the gateway by another id.
  if (answered.missing && answered.written?.status === 202)
    return findLost(run, desired, isOld, {
      what: `is 202 and names ${id}, which is no gateway`,
      isAtWork: true,
      signal,
      ...written,
    });
  // An answer about a gateway that somebody has already says nothing of the new one: it is as good as lost.
  if (isOld(id))
    return findLost(run, desired, isOld, {
      what: `names the gateway ${id}, which was there before`,
      named: id,
      signal,
      ...written,
    });
  const [alike, different] = likeness(answered, desired);
  if (different === 0) return answered;
  // Answers may be mixed up. A service may also make something else of what it was told: then there is no better one.
  const otherwise = alike > 0 ? answered : undefined;
  const what = `names the gateway ${id}, which has another name or issuer than what was sent`;
  return findLost(run, desired, isOld, { what, named: id, otherwise, signal, ...written });
}

type IsOld = (id: string) => boolean;

/** How many of name and issuer are those that were sent, tidied at most, and how many are not; what an answer leaves out says nothing. */
function likeness({ observed }: GatewayDocument, desired: GatewayProfile): [alike: number, different: number] {
  const shown = (["name", "authorizationServerUrl"] as const).filter((field) => observed[field] !== undefined);
  const alike = shown.filter((field) => isLike(field, desired[field], observed[field])).length;
  return [alike, shown.length - alike];
}

function isLike(field: StoredField, written: unknown, observed: unknown): boolean {
  return meansSame(profileFields[field], written, observed) || isTidied(field, written, observed);
}

/** What is listed under a profile's name. */
interface Namesakes {
  /** New ones that hold the profile: what a create can have made. */
  readonly made: readonly GatewayDocument[];
  /** New ones that hold another. */
  readonly others: readonly string[];
  /** The ones that were there before, or that another resource of this run stands for. */
  readonly old: readonly string[];
  /** Whether other items than before may be namesakes of which nobody can tell which gateways they are: one may be new, or be among the new. */
  readonly isUnclear: boolean;
}

async function namesakes(run: Run, desired: GatewayProfile, isOld: IsOld): Promise<Namesakes> {
  const listed = await run.api.listGateways();
  const before = await run.listedBefore();
  // What another list names, or does not name, tells neither what is new nor what was there before.
  assertOwnList(before.gateways, "gateways", "Which gateways there were before");
  assertOwnList(listed.gateways, "gateways", "Which gateways there are");
  const { gateways, unidentified } = listed;
  const mayBe = (item: { readonly name?: string }) =>
    item.name === undefined || isLike("name", desired.name, item.name);
  const named = gateways.filter((item) => isLike("name", desired.name, item.name));
  // What cannot be read whole is never taken for what was made, nor for nothing.
  const unread = gateways.filter((item) => item.unread && mayBe(item) && !isOld(item.id));
  const fresh: GatewayDocument[] = [];
  // A list item promises only four fields: the profile is compared with the gateway's own document.
  for (const { id, unread: isUnread } of named) if (!isUnread && !isOld(id)) fresh.push(await run.api.getGateway(id));
  const unclearBefore = before.unidentified.filter(mayBe).length;
  return {
    made: fresh.filter((own) => holds(own, desired)),
    others: [...fresh.filter((own) => !holds(own, desired)), ...unread].map(({ id }) => id),
    old: named.map(({ id }) => id).filter(isOld),
    isUnclear: unidentified.filter(mayBe).length !== unclearBefore,
  };
}

/** Looks for what a create has made. The list may lag behind, so that it is looked at again before nothing is found. */
async function lookFor(
  run: Run,
  desired: GatewayProfile,
  isOld: IsOld,
  { signal, otherwise, isAtWork = false }: Omit<Lost, "what">,
): Promise<Namesakes> {
  const look = () => namesakes(run, desired, isOld);
  const isThere = ({ made }: Namesakes) => made.length > 0;
  if (isAtWork) {
    const seen = await lookUntil(run, await look(), look, isThere, { signal, status: 202 });
    if (isThere(seen)) return seen;
  }
  const isNothing = (seen: Namesakes) => !isThere(seen) && otherwise === undefined && !signal?.aborted;
  return lookWhileFresh(run, Date.now(), look, isNothing, {});
}

/** An answer to a create that does not tell which gateway was made. */
interface Lost {
  /** What has become of it, as a clause. */
  readonly what: string;
  readonly status?: number | undefined;
  /** What it said went wrong, where it was one of success. */
  readonly failure?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The gateway that it names. */
  readonly named?: string | undefined;
  /** What is taken where no new gateway fits better. */
  readonly otherwise?: GatewayDocument | undefined;
  /** Whether the service said that it was not done yet, so that it is waited for. Default: false. */
  readonly isAtWork?: boolean | undefined;
}

/** Takes what a create has made. */
async function findLost(run: Run, desired: GatewayProfile, isOld: IsOld, { what, ...lost }: Lost): Promise<Answered> {
  const { named, otherwise, status = 0, failure } = lost;
  const subject = `The answer to creating gateway ${JSON.stringify(desired.name)} ${what}`;
  let found: Namesakes;
  try {
    found = await lookFor(run, desired, isOld, lost);
  } catch (listing) {
    if (otherwise) return otherwise;
    throw new ReconcileError(
      "create_unconfirmed",
      `${subject}, and the list of gateways could not be read either (${(listing as Error).message}). It may have been created. Look for a ` +
        `gateway of that name${named === undefined ? "" : `, or for ${named},`} and import it by its id before anything else is applied.`,
    );
  }
  const [only, ...more] = found.made;
  if (only && more.length === 0 && !found.isUnclear)
    return { ...only, written: { status, lost: what, ...(failure !== undefined && { failure }) } };
  if (otherwise && !only) return otherwise;
  throw new ReconcileError("create_unconfirmed", `${subject}. ${whatToDo(found, named)}`);
}

/** Never to apply again: where a service has made it after all, each apply would make another. */
function whatToDo({ made, others, isUnclear }: Namesakes, named: string | undefined): string {
  if (isUnclear)
    return (
      "The list has items of which no id can be read, so that nobody can tell which gateway is new. Look for it in MCP Stack" +
      `${made.length === 0 ? "" : `, such as ${made.map(({ id }) => id).join(", ")},`} and import it by its id.`
    );
  if (made.length > 0)
    return `Several new gateways could be the one: ${made.map(({ id }) => id).join(", ")}. Delete those that are not wanted and import the one that is, by its id.`;
  const near = [...new Set([...others, ...(named === undefined ? [] : [named])])];
  if (near.length === 0)
    return "No new gateway of that name and profile is listed. Look in MCP Stack whether one appears after all; if it does, import it by its id.";
  return `No new gateway of that name and profile is listed. If ${near.join(" or ")} is the one that is meant, import it by its id.`;
}

/**
 * A create that is refused since the name is taken may have been done all the same, by the same request when it came twice, or by an earlier
 * apply whose answer was lost.
 */
async function madeBefore(run: Run, desired: GatewayProfile, isOld: IsOld, refusal: ApiError): Promise<Answered> {
  const found = await namesakes(run, desired, isOld).catch(() => undefined);
  const [only, ...more] = found?.made ?? [];
  if (only && more.length === 0 && !found?.isUnclear)
    return { ...only, written: { status: refusal.status ?? 0, lost: `was a refusal (${refusal.summary})` } };
  const ids = [...(found?.made ?? []).map(({ id }) => id), ...(found?.others ?? []), ...(found?.old ?? [])];
  const free = ids.filter((id) => !run.claimed.has(id));
  if (free.length === 0) throw refusal;
  throw new ReconcileError(
    "name_taken",
    `${refusal.summary} The name ${JSON.stringify(desired.name)} is that of ${free.join(", ")}. If that is the gateway that is meant, such as one ` +
      `that an earlier apply made without being told so, import it by its id; else choose another name. ${exchanging("name")}`,
    ["name"],
  );
}

/** Whether a document holds a desired profile, by meaning or tidied; what the service filled in besides, or does not show, does not matter. */
export function holds(document: GatewayDocument, desired: GatewayProfile): boolean {
  return storedFields.every((name) => isEmpty(desired[name]) || isLike(name, desired[name], document.observed[name]));
}
