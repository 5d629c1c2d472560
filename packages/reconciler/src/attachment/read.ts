import type { AttachmentState } from "@mcpstack/model";
import { lookWhileFresh } from "../fresh";
import type { CallOptions, Run } from "../run";
import { isAsIn, readHeld } from "./held";
import { routeOf } from "./route";

/**
 * Refreshes an attachment; undefined where the server has none any more. What was written some seconds ago is not believed to be otherwise
 * at the first look: reads may lag behind.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError
 */
export async function readAttachment(
  run: Run,
  state: AttachmentState,
  options: CallOptions = {},
): Promise<AttachmentState | undefined> {
  await run.assertOwner("Attachment of server", state, options);
  const { document, resolvedId } = await lookWhileFresh(
    run,
    state.writtenAt,
    () => readHeld(run, state, options),
    (held) => !isAsIn(state, held.document),
    options,
  );
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
