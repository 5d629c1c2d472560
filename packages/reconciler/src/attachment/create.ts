import { ApiError, type AttachmentDocument, withoutMasked } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import { explainedConflict } from "../conflict";
import { PartialFailure, ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
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
  // An absence needs no proof here: a credential that cannot see the server cannot attach it either, and the write fails.
  const look = run.servers.takeLook(serverId);
  const existing = look ? look.document : await run.api.getAttachment(serverId, options);
  if (!existing) return attach(run, desired, await freePlace(run, serverId, options), options);
  const resolvedId = existing.serverId ?? (await serverIdOf(run, serverId, options.signal));
  const id = resolvedId ?? serverId;
  run.servers.learn(serverId, resolvedId);
  const first = run.servers.attached.get(id);
  if (first) throw attachedHere(desired, first);
  // An adopted attachment keeps its public route unless the program says otherwise: the callback URL is registered somewhere.
  const place: Place = { address: serverId, base: existing, publicId: existing.publicId, resolvedId };
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
  const now = await run.api.getAttachment(desired.serverId, options);
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

/** Whether an attachment is just what a program wants. */
export function isJust({ gatewayId, publicId }: Partial<Attachment>, existing: AttachmentDocument): boolean {
  return existing.gatewayId === gatewayId && (publicId === undefined || publicId === existing.publicId);
}

/** Where an attachment is written, and on top of what. */
export interface Place {
  /** What the server is asked for by. */
  readonly address: string;
  readonly base?: AttachmentDocument | null | undefined;
  /** The public id that stays where the program leaves it to the service. */
  readonly publicId?: string | undefined;
  /** The id of the server, where it is known. */
  readonly resolvedId?: string | undefined;
}

/** A server with nothing attached. */
async function freePlace(run: Run, serverId: string, options: CallOptions): Promise<Place> {
  if (run.servers.detached.size === 0) return { address: serverId };
  const resolvedId = await serverIdOf(run, serverId, options.signal);
  const base = detachedHere(run, resolvedId ?? serverId);
  return { address: serverId, base, publicId: base?.publicId, resolvedId };
}

/** What this run detached is put back, but for the gateway: it is the same server's attachment. */
export function detachedHere(run: Run, id: string): AttachmentDocument | undefined {
  const before = run.servers.detached.get(id);
  return before && withoutMasked(before);
}

function refusedWrite(error: unknown, { publicId }: Attachment, before: string | undefined): unknown {
  const isChosen = publicId !== undefined && publicId !== before;
  return isChosen ? explainedConflict(error, ["server", "public_id", publicId]) : error;
}

/** Writes an attachment, keeping the route it has where the program leaves the public id to the service. */
export async function attach(
  run: Run,
  desired: Attachment,
  { address, base, publicId: current, resolvedId }: Place,
  options: CallOptions,
): Promise<AttachmentState> {
  const organizationId = await run.api.organizationId(options);
  const publicId = desired.publicId ?? current;
  const stateOf = (document: NamedRoute, id: string | undefined): AttachmentState => ({
    id: desired.serverId,
    organizationId,
    serverId: desired.serverId,
    resolvedId: id,
    gatewayId: desired.gatewayId,
    ...routeOf(run, { ...document, publicId: document.publicId ?? publicId }),
  });
  options.signal?.throwIfAborted();
  // What was sent is seen through, so that a run which is stopped knows what it made.
  const document = await run.api
    .putAttachment(address, { gatewayId: desired.gatewayId, publicId }, { base })
    .catch(async (error: unknown) => {
      if (!(error instanceof ApiError && error.mayHaveHappened)) throw refusedWrite(error, desired, base?.publicId);
      const found = await run.reads.attachment(address, { gatewayId: desired.gatewayId }).catch(() => undefined);
      if (found?.gatewayId === desired.gatewayId && (publicId === undefined || found.publicId === publicId))
        return found;
      // It may be attached now: the state must say so, and the next refresh finds out.
      if (found === undefined) throw new PartialFailure(error, stateOf({}, resolvedId));
      throw error;
    });
  const id = resolvedId ?? document.serverId ?? (await serverIdOf(run, address).catch(() => undefined));
  const state = stateOf(document, id);
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
