import { type AttachmentDocument, type DeleteOptions, isApiError, type WriteAnswer } from "@mcpstack/api-client";
import type { AttachmentState } from "@mcpstack/model";
import { afterRefusedVersion, lookWhileFresh } from "../fresh";
import { lookUntil, notDeleted } from "../look-again";
import { NothingLeft } from "../nothing-left";
import type { CallOptions, Run } from "../run";
import { attach, handOverMs } from "./create";
import { type Held, heldWhileFresh, isAsIn } from "./held";
import { describedAttachment, keptNotice } from "./refusals";

export interface DetachOptions extends CallOptions {
  /** Whether a plan of another process found that a resource of the program keeps the server. Default: false. */
  readonly isKept?: boolean | undefined;
}

/**
 * Detaches a server, if it is still attached as the state says. A renamed resource may be created before its old self is deleted, and must
 * not be taken down: what this run attached stays, what another resource keeps stays and is said, what waits for the server is handed it, and
 * what was refused it is written in place of the old. An attachment that has an error of its own, or over which the service fails, is
 * detached, too: whose it is, is all that must be known. What has become somebody else's stays and is said. A 404 alone never counts as detached,
 * nor does any answer that the list of servers of its gateway contradicts.
 *
 * @throws ReconcileError `organization_mismatch`, `delete_not_done`, ApiError
 */
export async function deleteAttachment(run: Run, state: AttachmentState, options: DetachOptions = {}): Promise<void> {
  await run.assertOwner("Attachment of server", state, options);
  const isSucceeded = (id: string | undefined) => run.servers.attached.has(id ?? state.serverId);
  if (isSucceeded(run.servers.idOf(state))) return;
  if (options.isKept) return leaveToKeeper(run, state, options);
  const held = await heldWhileFresh(run, state, { ...options, mayHaveError: true });
  const id = held.resolvedId ?? state.serverId;
  if (isSucceeded(id)) return;
  const { document } = held;
  if (!document) return;
  if (!isAsIn(state, document)) return sayWhoseItIs(state, document, options);
  if (await run.servers.handOver(state, id, handOverMs)) return;
  if (await writeSuccessor(run, id, held, options)) return;
  await run.servers.exclusively(id, async () => {
    if (isSucceeded(id)) return;
    if (run.servers.leave(state)) return leaveToKeeper(run, state, options);
    if (await detach(run, state, held, document, options)) run.servers.detached.set(id, document);
  });
}

/** False where the server is not detached, since somebody else has it now. */
async function detach(
  run: Run,
  state: AttachmentState,
  { address }: Held,
  document: AttachmentDocument,
  options: CallOptions,
): Promise<boolean> {
  let isOthers = false;
  const { signal } = options;
  const now = () =>
    run.owned(run.reads.attachment(address, { signal, gatewayId: document.gatewayId, mayHaveError: true }), { signal });
  const isStill = async () => {
    const left = await now();
    return left !== null && isAsIn(state, left);
  };
  // While the service asked to wait, somebody may have attached the server elsewhere.
  const beforeRepeat = async () => {
    const left = await lookWhileFresh(run, state.writtenAt, now, (seen) => !seen || !isAsIn(state, seen), options);
    if (left && isAsIn(state, left)) return undefined;
    if (left) sayWhoseItIs(state, left, options);
    isOthers = left !== null;
    throw new NothingLeft();
  };
  let open: WriteAnswer | undefined;
  try {
    open = await deleted(run, address, document, isStill, { ...options, beforeRepeat });
  } catch (error) {
    if (error instanceof NothingLeft) return !isOthers;
    if (!isApiError(error)) throw error;
    // Detached meanwhile, or by a try of this very call whose answer was lost.
    if (error.code === "not_found" && !(await isStill())) return true;
    if (error.mayHaveHappened && !(await isStill().catch(() => true))) return true;
    throw error;
  }
  if (open) await assertDetached(run, state, isStill, open, options);
  return true;
}

/** Where the service says that it was changed meanwhile, and it is still what it was, it is deleted as it is now. */
async function deleted(
  run: Run,
  address: string,
  { version, gatewayId }: AttachmentDocument,
  isStill: () => Promise<boolean>,
  { signal, beforeRepeat }: DeleteOptions,
): Promise<WriteAnswer | undefined> {
  try {
    return await run.api.deleteAttachment(address, { signal, version, beforeRepeat });
  } catch (error) {
    if (!isApiError(error, "conflict") || !(await isStill())) throw error;
    const look = () => run.owned(run.api.getAttachment(address, { signal, mayHaveError: true }), { signal });
    const now = await afterRefusedVersion(run, version, look, { signal });
    if (now && now.gatewayId !== gatewayId) throw error;
    const again = now?.version === version ? undefined : now?.version;
    return run.api.deleteAttachment(address, { signal, version: again, beforeRepeat });
  }
}

/** Looks whether it was done, where the answer does not plainly say so. Answers that contradict each other may be those of a service at work. */
async function assertDetached(
  run: Run,
  state: AttachmentState,
  isStill: () => Promise<boolean>,
  open: WriteAnswer,
  options: CallOptions,
): Promise<void> {
  const look = () =>
    isStill().catch((error: unknown) => {
      if (isApiError(error, "unexpected_answer")) return error;
      throw error;
    });
  const still = await lookUntil(run, await look(), look, (seen) => seen === false, { ...options, status: open.status });
  if (still === false) return;
  if (still !== true) throw still;
  throw notDeleted(`Server ${state.serverId} is still attached to the gateway ${state.gatewayId}`, open);
}

/**
 * A successor in this program that came first, and waited in vain, was refused. Now that the old attachment turns out to be this program's
 * own, the server goes over without being detached; the next apply takes the successor into the state.
 */
async function writeSuccessor(run: Run, id: string, held: Held, options: CallOptions): Promise<boolean> {
  const desired = run.servers.refused.get(id);
  const { address, document, resolvedId } = held;
  // What has an error is nothing to write upon.
  if (!desired || document?.failure) return false;
  const place = { address, held: document, base: document, publicId: document?.publicId, resolvedId };
  await attach(run, desired, place, options);
  options.hear?.({
    code: "attachment_handed_over",
    severity: "warning",
    path: ["serverId"],
    message:
      `Server ${desired.serverId} was not detached: another resource of this program wants it, and could not wait for this one. It is attached ` +
      `to gateway ${desired.gatewayId} now. Apply once more to take that into the state.`,
  });
  return true;
}

/** Only the state forgets this entry. A create of this run, where the resource that keeps the server is replaced, writes on top of what is there. */
function leaveToKeeper(run: Run, state: AttachmentState, { hear }: CallOptions): void {
  run.servers.left.add(run.servers.idOf(state));
  hear?.(keptNotice(state, "The other one stays, so only the state forgets this one: the server was not detached."));
}

function sayWhoseItIs(state: AttachmentState, document: AttachmentDocument, { hear }: CallOptions): void {
  hear?.({
    code: "attachment_not_ours",
    severity: "warning",
    path: ["serverId"],
    message:
      `Server ${state.serverId} was not detached: it is attached to ${describedAttachment(document)} now, and not to ${describedAttachment(state)} as ` +
      "the state says. Somebody else has changed it, and it stays as it is; only the state forgets it.",
  });
}
