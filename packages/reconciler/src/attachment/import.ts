import type { AttachmentState } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { agreedId } from "./identity";
import { routeOf } from "./route";

/**
 * Takes an existing attachment over, by the id or slug of its server.
 *
 * @throws ReconcileError `not_attached`, ApiError
 */
export async function importAttachment(
  run: Run,
  serverId: string,
  options: CallOptions = {},
): Promise<AttachmentState> {
  const organizationId = await run.api.organizationId(options);
  const document = await run.owned(run.reads.attachment(serverId, options), options);
  if (!document) {
    throw new ReconcileError(
      "not_attached",
      `Server ${JSON.stringify(serverId)} has no gateway in organization ${organizationId}. Give the id or slug of a server that has one.`,
      ["serverId"],
    );
  }
  const resolvedId = await agreedId(run, serverId, document.serverId, options);
  const { gatewayId } = document;
  return { id: serverId, organizationId, serverId, resolvedId, gatewayId, ...routeOf(run, document) };
}
