import { isApiError, type WriteAnswer } from "@mcpstack/api-client";
import type { AttachmentState } from "@mcpstack/model";
import { lookUntil, notDeleted } from "../look-again";
import type { CallOptions, Run } from "../run";

/**
 * Detaches a server, if it is still attached as the state says. A renamed resource is created before its old self is deleted, and must
 * not take its successor down: what this run attached stays. A 404 alone never counts as detached, nor does any answer that the list of
 * servers of its gateway contradicts.
 *
 * @throws ReconcileError `organization_mismatch`, `delete_not_done`, ApiError
 */
export async function deleteAttachment(run: Run, state: AttachmentState, options: CallOptions = {}): Promise<void> {
  await run.assertOwner("Attachment of server", state, options);
  if (run.attached.has(state.serverId)) return;
  if (!(await isStill(run, state, options))) return;
  let open: WriteAnswer | undefined;
  try {
    open = await run.api.deleteAttachment(state.serverId, options);
  } catch (error) {
    if (!isApiError(error)) throw error;
    // Detached meanwhile, or by a try of this very call whose answer was lost.
    if (error.code === "not_found" && !(await isStill(run, state, options))) return;
    if (error.mayHaveHappened && !(await isStill(run, state, options).catch(() => true))) return;
    throw error;
  }
  if (open) await assertDetached(run, state, open, options);
}

/** Looks whether it was done, where the answer does not plainly say so. Answers that contradict each other may be those of a service at work. */
async function assertDetached(
  run: Run,
  state: AttachmentState,
  open: WriteAnswer,
  options: CallOptions,
): Promise<void> {
  const look = () =>
    isStill(run, state, options).catch((error: unknown) => {
      if (isApiError(error, "unexpected_answer")) return error;
      throw error;
    });
  const still = await lookUntil(run, await look(), look, (seen) => seen === false, { ...options, status: open.status });
  if (still === false) return;
  if (still !== true) throw still;
  throw notDeleted(`Server ${state.serverId} is still attached to the gateway ${state.gatewayId}`, open);
}

async function isStill(run: Run, state: AttachmentState, options: CallOptions): Promise<boolean> {
  const document = await run.reads.attachment(state.serverId, { ...options, gatewayId: state.gatewayId });
  if (document?.gatewayId !== state.gatewayId) return false;
  return document.publicId === undefined || state.publicId === undefined || document.publicId === state.publicId;
}
