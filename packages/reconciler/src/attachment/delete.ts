import type { AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";

/**
 * Detaches a server, if it is still attached as the state says. A renamed resource is created before its old self is deleted, and must
 * not take its successor down: what this run attached stays.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function deleteAttachment(run: Run, state: AttachmentState, options: CallOptions = {}): Promise<void> {
  await run.assertOwner("Attachment of server", state, options);
  if (run.attached.has(state.serverId)) return;
  const document = await run.api.getAttachment(state.serverId, options);
  if (!document || document.gatewayId !== state.gatewayId) return;
  if (document.publicId !== undefined && state.publicId !== undefined && document.publicId !== state.publicId) return;
  await run.api.deleteAttachment(state.serverId, options);
}
