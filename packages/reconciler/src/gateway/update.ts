import { encodeGateway, type GatewayDocument } from "@mcpstack/api-client";
import {
  editedFields,
  type GatewayProfile,
  type GatewayState,
  isUnshown,
  isWrittenToApi,
  type ObservedProfile,
  profileFields,
  type SettingsPath,
  settingsGivenUp,
  statedSettings,
} from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { type GatewayApplied, writtenState } from "./create";
import { undone } from "./filled";
import { policyOf } from "./findings";
import { filledBeside, formerlyAfter, type GatewayMemory, pick, stillMade, storedPart } from "./memory";
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
 * @throws ReconcileError `organization_mismatch`, `findings_refuse`, `not_carried_out`, ApiError (`masked_field` among them)
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
  const writes = editedFields(prior, desired).some(isWrittenToApi);
  const { shown, filled, made, unshown, findings } = writes
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
      discovered: looks ? look.discovered : undefined,
    },
    findings,
  };
}

interface Written extends Pick<Outcome, "shown" | "made" | "unshown" | "findings"> {
  /** What the service then holds in fields that the program leaves unset. */
  readonly filled: ObservedProfile | undefined;
}

async function write(run: Run, { prior, desired, memory = {} }: GatewayUpdate, options: CallOptions): Promise<Written> {
  const current = await run.api.getGateway(prior.id, options);
  const undo = { ...undone(memory, prior, desired, current), settingsBefore: prior.settings };
  const read = () => run.api.getGateway(prior.id, { ...options, writeOnly: desired.settingsWo });
  const put = async (base: GatewayDocument, nulled: readonly SettingsPath[]) => {
    const document = encodeGateway(desired, base.raw, { ...undo, nulled });
    // What others set while the service asked to wait survives, as what they set before.
    const beforeRepeat = async () => {
      const now = await read();
      return encodeGateway(desired, now.raw, { ...undo, ...undone(memory, prior, desired, now), nulled });
    };
    const write = { ...options, writeOnly: desired.settingsWo, beforeRepeat };
    const answered = await run.api.updateGateway(prior.id, document, write);
    run.reads.forget(prior.id);
    return answered;
  };
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
    (name) => undo.cleared.includes(name) && !("discoverable" in profileFields[name]),
  );
  const sent = { desired, cleared, givenUp, unshown: memory.unshown };
  const { document, failure, ...outcome } = await outcomeOf(run, sent, after, options);
  // A failed update leaves the state as it was, which is what the service still shows.
  if (failure) throw failure;
  const filled = filledBeside(desired, document);
  // What was to be taken away, and is there as it was, is no filling: it stays drift.
  return {
    ...outcome,
    filled: filled && pick(filled, (name) => filled[name] !== undefined && !(name in outcome.shown)),
  };
}
