import { type ApiError, encodeGateway, type GatewayDocument, isApiError } from "@mcpstack/api-client";
import {
  editedFields,
  type GatewayProfile,
  type GatewayState,
  isUnshown,
  isWrittenToApi,
  type ObservedProfile,
  profileFields,
  type SettingsPath,
  sameText,
  settingsGivenUp,
  statedSettings,
} from "@mcpstack/model";
import { afterRefusedVersion, imprintOf, isAsBefore } from "../fresh";
import type { CallOptions, Run } from "../run";
import { changedMeanwhile, changesOn, nameTaken } from "./changed";
import { type GatewayApplied, writtenState } from "./create";
import { undone } from "./filled";
import { policyOf } from "./findings";
import { type Fresh, filledBeside, formerlyAfter, type GatewayMemory, pick, stillMade, storedPart } from "./memory";
import { type Outcome, outcomeOf } from "./outcome";
import { type PlannedMetadata, settleMetadata } from "./planned-metadata";
import { allSettings, remembered, stillThere } from "./settings";
import { lookBeforeWriting } from "./settle";

export interface GatewayUpdate {
  readonly prior: GatewayState;
  readonly desired: GatewayProfile;
  /** What is remembered beside the prior state. */
  readonly memory?: GatewayMemory | undefined;
  /** As planned: what is not known yet is looked for before anything is written. */
  readonly metadata: PlannedMetadata;
}

/**
 * Updates a gateway in place. The document is read first and written back whole, so that fields unknown to this project survive.
 * What somebody has set in the meantime where the program is silent does not. A profile that did not change is not written: accepting
 * metadata alone sends nothing.
 *
 * Where the service says that the gateway was changed meanwhile (409, 412, 428), it is read again, and written once more where the program's own
 * fields are still as they were planned.
 *
 * @throws ReconcileError `organization_mismatch`, `findings_refuse`, `not_carried_out`, `changed_meanwhile`, `name_taken`, ApiError
 *   (`masked_field` among them)
 */
export async function updateGateway(
  run: Run,
  update: GatewayUpdate,
  options: CallOptions = {},
): Promise<GatewayApplied> {
  const { prior, desired, memory = {}, metadata } = update;
  run.api.secrets.add(desired.settingsWo);
  await run.assertOwner("Gateway", prior, options);
  run.claimed.add(prior.id);
  const look = await lookBeforeWriting(run, { prior, desired, memory }, metadata, options);
  // What nobody saw stored is written at the first occasion.
  const writes = memory.unsettled === true || editedFields(prior, desired).some(isWrittenToApi);
  const { shown, filled, made, unshown, findings, fresh } = writes
    ? await write(run, update, options)
    : { ...memory, shown: {}, made: stillMade(memory, desired), findings: [] };
  const accepted = settleMetadata(metadata, look.found);
  // The next read keeps nothing where nobody looks any more, so neither does this.
  const looks = policyOf(run, desired).metadataCheck !== "off";
  return {
    // `status` is planned as it was; the next refresh picks a new one up.
    state: {
      ...writtenState(desired, {
        id: prior.id,
        organizationId: prior.organizationId,
        status: prior.status,
        metadata: accepted,
      }),
      ...shown,
    },
    memory: {
      written: storedPart(desired),
      filled,
      made,
      formerly: formerlyAfter(memory, prior, desired, accepted),
      ...remembered(unshown ?? []),
      ...(fresh && { fresh }),
      discovered: looks ? look.discovered : undefined,
    },
    findings,
  };
}

interface Written extends Pick<Outcome, "shown" | "made" | "unshown" | "findings"> {
  /** What the service then holds in fields that the program leaves unset. */
  readonly filled: ObservedProfile | undefined;
  readonly fresh: Fresh;
}

async function write(run: Run, { prior, desired, memory = {} }: GatewayUpdate, options: CallOptions): Promise<Written> {
  const current = await run.owned(run.api.getGateway(prior.id, options), options);
  const undo = (base: GatewayDocument) => undone(memory, prior, desired, base);
  const read = () => run.owned(run.api.getGateway(prior.id, { ...options, writeOnly: desired.settingsWo }), options);
  const send = async (base: GatewayDocument, nulled: readonly SettingsPath[]) => {
    const over = (one: GatewayDocument) => ({
      body: encodeGateway(desired, one.raw, { ...undo(one), settingsBefore: prior.settings, nulled }),
      version: one.version,
    });
    // What others set while the service asked to wait survives, as what they set before.
    const beforeRepeat = async () => over(await read());
    const { body, version } = over(base);
    const write = { ...options, writeOnly: desired.settingsWo, version, beforeRepeat };
    const answered = await run.api.updateGateway(prior.id, body, write);
    run.reads.forget(prior.id);
    return answered;
  };
  const put = (base: GatewayDocument, nulled: readonly SettingsPath[]) =>
    send(base, nulled).catch(async (refusal: unknown) => {
      if (!isApiError(refusal, "conflict")) throw refusal;
      const now = await afterRefusedVersion(run, base.version, read, options);
      const changed = changedMeanwhile(run, { prior, desired, memory }, now);
      if (changed) throw changed;
      // Some services tell versions that they do not take: a weak tag, or one that something on the way has changed.
      const again = now.version === base.version ? { ...now, version: undefined } : now;
      return send(again, nulled).catch(async (last: unknown) => {
        throw isApiError(last, "conflict") ? await explained(run, { prior, desired }, last, options) : last;
      });
    });
  const givenUp = settingsGivenUp(statedSettings(prior.settings), allSettings(desired));
  // Of what is not shown nobody can see whether it is gone, so the service is told.
  let after = await put(
    current,
    givenUp.filter((path) => isUnshown(memory.unshown ?? [], path)),
  );
  // After an answer that says no, nothing is sent again.
  if (givenUp.length > 0 && after.written?.failure === undefined) {
    // The answer may leave out what others have set, and what is still there: it may only repeat what was sent.
    const own = await read();
    // A service that merges keeps what a document leaves out; one that replaces may keep a null.
    const merged = stillThere(own, givenUp);
    if (merged.length > 0) after = await put(own, merged);
  }
  // What can be discovered a service may fill in again at once.
  const cleared = pick(
    current.observed,
    (name) => undo(current).cleared.includes(name) && !("discoverable" in profileFields[name]),
  );
  const named = [prior.settings, desired.settings].flatMap((settings) => Object.keys(statedSettings(settings)));
  const before = imprintOf(current, [...new Set(named)]);
  const sent = { desired, cleared, givenUp, unshown: memory.unshown, before };
  const { document, failure, ...outcome } = await outcomeOf(run, sent, after, options);
  // A failed update leaves the state as it was, which is what the service still shows.
  if (failure) throw failure;
  const filled = filledBeside(desired, document);
  // What was to be taken away, and is there as it was, is no filling: it stays drift.
  return {
    ...outcome,
    fresh: {
      writtenAt: Date.now(),
      madeAt: memory.fresh?.madeAt,
      before: isAsBefore(document, before) ? undefined : before,
    },
    filled: filled && pick(filled, (name) => filled[name] !== undefined && !(name in outcome.shown)),
  };
}

/** Why a write is refused although nobody has changed what it is about. */
async function explained(
  run: Run,
  { prior, desired }: Pick<GatewayUpdate, "prior" | "desired">,
  refusal: ApiError,
  options: CallOptions,
): Promise<Error> {
  if (refusal.status !== 409) return changesOn({ prior });
  const listed = await run.api.listGateways(options).catch(() => undefined);
  const holder = listed?.gateways.find(({ id, name }) => id !== prior.id && sameText(name, desired.name));
  return holder ? nameTaken(desired.name, holder.id, refusal.summary) : refusal;
}
