import { encodeGateway, type GatewayDocument } from "@mcpstack/api-client";
import {
  editedFields,
  type GatewayProfile,
  type GatewayState,
  isUnshown,
  isWrittenToApi,
  meansSame,
  type ObservedProfile,
  profileFields,
  type SettingsPath,
  settingsGivenUp,
  statedSettings,
} from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { type GatewayApplied, writtenState } from "./create";
import { type Undone, undone } from "./filled";
import { policyOf } from "./findings";
import { filledBeside, formerlyAfter, type GatewayMemory, pick, storedPart } from "./memory";
import { type PlannedMetadata, settleMetadata } from "./planned-metadata";
import { allSettings, notDropped, notShown, remembered, stillThere, unshownAfter } from "./settings";
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
 * @throws ReconcileError `organization_mismatch`, `findings_refuse`, ApiError (`masked_field` among them)
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
  const { filled, unshown = [], notices }: Written = writes ? await write(run, update, options) : memory;
  const accepted = settleMetadata(metadata, look.found);
  // The next read keeps nothing where nobody looks any more, so neither does this.
  const looks = policyOf(run, desired).metadataCheck !== "off";
  return {
    // `status` is planned as it was; the next refresh picks a new one up.
    state: writtenState(desired, {
      id: prior.id,
      organizationId: prior.organizationId,
      status: prior.status,
      metadata: accepted,
    }),
    memory: {
      written: storedPart(desired),
      filled,
      formerly: formerlyAfter(memory, prior, desired, accepted),
      ...remembered(unshown),
      discovered: looks ? look.discovered : undefined,
    },
    notices,
  };
}

/** What a write left behind: what the service then holds in fields that the program leaves unset, and what it does not show. */
type Written = Pick<GatewayMemory, "filled" | "unshown"> & Pick<GatewayApplied, "notices">;

async function write(run: Run, { prior, desired, memory = {} }: GatewayUpdate, options: CallOptions): Promise<Written> {
  const current = await run.api.getGateway(prior.id, options);
  const undo = { ...undone(memory, prior, desired, current), settingsBefore: prior.settings };
  const put = async (base: GatewayDocument, nulled: readonly SettingsPath[] = []) => {
    const document = encodeGateway(desired, base.raw, { ...undo, nulled });
    const answered = await run.api.updateGateway(prior.id, document, { ...options, writeOnly: desired.settingsWo });
    run.reads.forget(prior.id);
    return answered;
  };
  const givenUp = settingsGivenUp(statedSettings(prior.settings), allSettings(desired));
  // Of what is not shown nobody can see whether it is gone, so the service is told.
  let after = await put(
    current,
    givenUp.filter((path) => isUnshown(memory.unshown ?? [], path)),
  );
  // A service that merges keeps what a document leaves out; one that replaces may keep a null.
  const merged = stillThere(after, givenUp);
  if (merged.length > 0) after = await put(after, merged);
  const unshown = await unshownAfter(run, desired, after, options);
  const notices = [...notDropped(stillThere(after, merged)), ...notShown(unshown, memory.unshown)];
  return { filled: filledAfter(desired, current, after, undo), unshown, notices };
}

function filledAfter(
  desired: GatewayProfile,
  current: GatewayDocument,
  after: GatewayDocument,
  undo: Undone,
): ObservedProfile | undefined {
  const filled = filledBeside(desired, after);
  // What was to be taken away, and is there as it was, is no filling: it stays drift. What can be discovered a service may fill in at once.
  return (
    filled &&
    pick(filled, (name) => {
      const isBack =
        undo.cleared.includes(name) && meansSame(profileFields[name], current.observed[name], filled[name]);
      return filled[name] !== undefined && !(isBack && !("discoverable" in profileFields[name]));
    })
  );
}
