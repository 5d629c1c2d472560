import type { AttachmentState } from "@mcpstack/model";
import { keepingBroken, type RefreshOptions } from "../refresh";
import type { Run } from "../run";
import { heldWhileFresh } from "./held";
import { routeOf } from "./route";

/**
 * Refreshes an attachment; undefined where the server has none any more.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function readAttachment(
  run: Run,
  state: AttachmentState,
  options: RefreshOptions = {},
): Promise<AttachmentState | undefined> {
  return keepingBroken(refreshed(run, state, options), state, options);
}

async function refreshed(
  run: Run,
  state: AttachmentState,
  options: RefreshOptions,
): Promise<AttachmentState | undefined> {
  await run.assertOwner("Attachment of server", state, options);
  const { document, resolvedId } = await heldWhileFresh(run, state, options);
  if (!document) return undefined;
  const read: AttachmentState = {
    id: state.id,
    organizationId: state.organizationId || (await run.api.organizationId(options)),
    serverId: state.serverId,
    resolvedId,
    writtenAt: state.writtenAt,
    gatewayId: document.gatewayId,
    ...routeOf(run, { ...document, publicId: document.publicId ?? state.publicId }),
  };
  run.servers.addOwn(read);
  return read;
}
