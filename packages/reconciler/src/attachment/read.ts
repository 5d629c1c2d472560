import type { AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { routeOf } from "./route";

/**
 * Refreshes an attachment; undefined where the server has none any more.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function readAttachment(
  run: Run,
  state: AttachmentState,
  options: CallOptions = {},
): Promise<AttachmentState | undefined> {
  await run.assertOwner("Attachment of server", state, options);
  const document = await run.reads.attachment(state.serverId, { ...options, gatewayId: state.gatewayId });
  if (!document) return undefined;
  return {
    id: state.id,
    organizationId: state.organizationId || (await run.api.organizationId(options)),
    serverId: state.serverId,
    gatewayId: document.gatewayId,
    ...routeOf(run, { ...document, publicId: document.publicId ?? state.publicId }),
  };
}
