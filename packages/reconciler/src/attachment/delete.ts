import { isApiError } from "@mcpstack/api-client";
import type { AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";

/**
 * Detaches a server, if it is still attached as the state says. A renamed resource is created before its old self is deleted, and must
 * not take its successor down: what this run attached stays. A 404 alone never counts as detached, nor does any answer that the list of
 * servers of its gateway contradicts.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function deleteAttachment(run: Run, state: AttachmentState, options: CallOptions = {}): Promise<void> {
  await run.assertOwner("Attachment of server", state, options);
  if (run.attached.has(state.serverId)) return;
  if (!(await isStill(run, state, options))) return;
  try {
    await run.api.deleteAttachment(state.serverId, options);
  } catch (error) {
    // Detached meanwhile, or by a try of this very call whose answer was lost.
    if (isApiError(error, "not_found") && !(await isStill(run, state, options))) return;
    throw error;
  }
}

async function isStill(run: Run, state: AttachmentState, options: CallOptions): Promise<boolean> {
  const document = await run.reads.attachment(state.serverId, { ...options, gatewayId: state.gatewayId });
  if (document?.gatewayId !== state.gatewayId) return false;
  return document.publicId === undefined || state.publicId === undefined || document.publicId === state.publicId;
}
