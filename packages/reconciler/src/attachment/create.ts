import { type AttachmentDocument, restorable, type WriteAnswer } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import { PartialFailure, ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { saidOf } from "../write-outcome";
import { findAttachment } from "./find";
import { agreedId } from "./identity";
import { isJust, type Place, put } from "./put";
import { alreadyAttached, attachedHere, describedAttachment } from "./refusals";
import { type NamedRoute, routeOf } from "./route";
import { serverIdOf } from "./servers";

/**
 * How long a create waits for this run's own delete of the same server's attachment, in ms. An engine deletes what was renamed and creates
 * it anew in any order, and tells no resource of the other.
 */
export const handOverMs = 2_000;

export interface AttachOptions extends CallOptions {
  /** Take an existing attachment of the server over, whatever gateway it has. */
  readonly adopt?: boolean;
  /** How long to wait for a delete of this run, in ms. Default: `handOverMs`. 0 where the engine deletes only after it has created. */
  readonly patienceMs?: number | undefined;
}

/**
 * Attaches a server to a gateway. Where it is attached already, that is either what this run is about to delete, under an older name: then
 * that is waited for and the server goes over to this resource. Or it is just what is wanted: then it is taken over as it is, and said.
 * Anything else is refused.
 *
 * @throws ReconcileError `already_attached`, `already_attached_here`, PartialFailure `public_id_not_taken`, ApiError
 */
export async function createAttachment(
  run: Run,
  desired: Attachment,
  options: AttachOptions = {},
): Promise<AttachmentState> {
  const { serverId } = desired;
  const look = run.servers.takeLook(serverId);
  const { document: existing, resolvedId } = look ?? (await findAttachment(run, serverId, options));
  if (!existing) return attach(run, desired, await freePlace(run, serverId, options), options);
  const id = resolvedId ?? serverId;
  run.servers.learn(serverId, resolvedId);
  const first = run.servers.attached.get(id);
  if (first) throw attachedHere(desired, first);
  // An adopted attachment keeps its public route unless the program says otherwise: the callback URL is registered somewhere.
  const place: Place = {
    address: serverId,
    held: existing,
    base: existing,
    publicId: existing.publicId,
    resolvedId,
    mayOverwrite: options.adopt,
  };
  if (options.adopt) return attach(run, desired, place, options);

  let told: (attached: boolean) => void = () => undefined;
  const done = new Promise<boolean>((resolve) => {
    told = resolve;
  });
  const isDetached = () => run.servers.detached.has(id);
  const isInVain = isDetached() || run.servers.left.has(id) || (look?.isWaitedOut === true && !run.servers.isOwn(id));
  const patience = isInVain ? 0 : (options.patienceMs ?? handOverMs);
  try {
    const isHandedOver = await run.servers.deleteWithin(id, patience, done, options.signal);
    if (isDetached()) return await attach(run, desired, await freePlace(run, serverId, options), options);
    if (!isHandedOver && !run.servers.left.has(id)) await assertMayTakeOver(run, id, desired, options);
    const state = await attach(run, desired, place, options);
    told(true);
    return state;
  } finally {
    told(false);
  }
}

/** What is at the API may be taken over where nothing of it changes. Whoever runs the engine is told: another program may hold it. */
async function assertMayTakeOver(run: Run, id: string, desired: Attachment, options: AttachOptions): Promise<void> {
  // While it was waited for, it may have gone.
  const now = await run.owned(run.api.getAttachment(desired.serverId, options), options);
  if (!now) return;
  if (!isJust(desired, now)) {
    run.servers.refused.set(id, desired);
    throw alreadyAttached(desired, now);
  }
  options.hear?.({
    code: "attachment_taken_over",
    severity: "warning",
    path: ["serverId"],
    message:
      `Server ${desired.serverId} was attached to ${describedAttachment(now)} already, as this resource says: it stands for that attachment now, and ` +
      "nothing was changed. Where another program has it too, remove it from one of them.",
  });
}

/** A server with nothing attached. */
async function freePlace(run: Run, serverId: string, options: CallOptions): Promise<Place> {
  if (run.servers.detached.size === 0) return { address: serverId, held: null };
  const resolvedId = await serverIdOf(run, serverId, options.signal);
  const base = detachedHere(run, resolvedId ?? serverId);
  return { address: serverId, held: null, base, publicId: base?.publicId, resolvedId };
}

/** What this run detached is put back, but for the gateway: it is the same server's attachment. */
export function detachedHere(run: Run, id: string): AttachmentDocument | undefined {
  const before = run.servers.detached.get(id);
  return before && !before.isBare ? restorable(before) : undefined;
}

/**
 * Writes an attachment, keeping the route it has where the program leaves the public id to the service. It is believed as far as it is seen:
 * a state never says more than the service does.
 *
 * @throws ReconcileError `not_carried_out`, `already_attached`, PartialFailure `public_id_not_taken`, ApiError
 */
export async function attach(
  run: Run,
  desired: Attachment,
  place: Place,
  options: CallOptions,
): Promise<AttachmentState> {
  const { address, resolvedId } = place;
  const organizationId = await run.api.organizationId(options);
  const publicId = desired.publicId ?? place.publicId;
  const stateOf = (document: NamedRoute, id: string | undefined): AttachmentState => ({
    id: desired.serverId,
    organizationId,
    serverId: desired.serverId,
    resolvedId: id,
    gatewayId: desired.gatewayId,
    writtenAt: Date.now(),
    ...routeOf(run, { ...document, publicId: document.publicId ?? publicId }),
  });
  options.signal?.throwIfAborted();
  // What was sent is seen through, so that a run which is stopped knows what it made.
  const { seen, error, written } = await put(run, desired, place, options);
  if (seen === undefined) throw new PartialFailure(error as Error, stateOf({}, resolvedId));
  if (seen?.gatewayId !== desired.gatewayId) throw notAttached(desired, seen, written);
  const id = resolvedId ?? (await agreedId(run, address, seen.serverId));
  const state = stateOf(seen, id);
  run.servers.learn(desired.serverId, id);
  run.servers.attached.set(id ?? desired.serverId, state);
  if (desired.publicId !== undefined && state.publicId !== desired.publicId) {
    const problem = new ReconcileError(
      "public_id_not_taken",
      `The service gave server ${desired.serverId} the public id ${JSON.stringify(state.publicId)} instead of ${JSON.stringify(desired.publicId)}. ` +
        "Write that one into the program, or choose another.",
      ["publicId"],
    );
    throw new PartialFailure(problem, state);
  }
  return state;
}

function notAttached(
  { serverId, gatewayId }: Attachment,
  seen: AttachmentDocument | null,
  written: WriteAnswer,
): ReconcileError {
  const is = seen ? `is attached to ${describedAttachment(seen)}` : "is attached to nothing";
  const next =
    written.status === 202
      ? "It may still be at it: plan and apply again in a while."
      : "Look in MCP Stack what keeps it; the next plan shows what is left to do.";
  return new ReconcileError(
    "not_carried_out",
    `Attaching server ${serverId} to gateway ${gatewayId} was ${saidOf(written)}. Even so the server ${is}, and the state does not say otherwise. ${next}`,
    ["gatewayId"],
  );
}
