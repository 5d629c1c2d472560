import { ApiError, type AttachmentDocument } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import { PartialFailure, ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { type NamedRoute, routeOf } from "./route";

export interface AttachOptions extends CallOptions {
  /** Take an existing attachment of the server over, whatever gateway it has. */
  readonly adopt?: boolean;
}

/**
 * Attaches a server to a gateway.
 *
 * @throws ReconcileError `already_attached`, PartialFailure `public_id_not_taken`, ApiError
 */
export async function createAttachment(
  run: Run,
  desired: Attachment,
  options: AttachOptions = {},
): Promise<AttachmentState> {
  // An absence needs no proof here: a credential that cannot see the server cannot attach it either, and the write fails.
  const existing = await run.api.getAttachment(desired.serverId, options);
  if (existing && !options.adopt) throw alreadyAttached(desired, existing);
  // An adopted attachment keeps its public route unless the program says otherwise: the callback URL is registered somewhere.
  return attach(run, desired, existing?.publicId, options);
}

/** Writes an attachment, keeping the route it has where the program leaves the public id to the service. */
export async function attach(
  run: Run,
  desired: Attachment,
  currentPublicId: string | undefined,
  options: CallOptions,
): Promise<AttachmentState> {
  const organizationId = await run.api.organizationId(options);
  const publicId = desired.publicId ?? currentPublicId;
  const stateOf = (document: NamedRoute): AttachmentState => ({
    id: desired.serverId,
    organizationId,
    serverId: desired.serverId,
    gatewayId: desired.gatewayId,
    ...routeOf(run, { ...document, publicId: document.publicId ?? publicId }),
  });
  options.signal?.throwIfAborted();
  // What was sent is seen through, so that a run which is stopped knows what it made.
  const document = await run.api
    .putAttachment(desired.serverId, { gatewayId: desired.gatewayId, publicId })
    .catch(async (error: unknown) => {
      if (!(error instanceof ApiError && error.mayHaveHappened)) throw error;
      const found = await run.reads
        .attachment(desired.serverId, { gatewayId: desired.gatewayId })
        .catch(() => undefined);
      if (found?.gatewayId === desired.gatewayId && (publicId === undefined || found.publicId === publicId))
        return found;
      // It may be attached now: the state must say so, and the next refresh finds out.
      if (found === undefined) throw new PartialFailure(error, stateOf({}));
      throw error;
    });
  run.attached.add(desired.serverId);
  const state = stateOf(document);
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

function alreadyAttached(desired: Attachment, existing: AttachmentDocument): ReconcileError {
  return new ReconcileError(
    "already_attached",
    `Server ${desired.serverId} is already attached to gateway ${existing.gatewayId}` +
      `${existing.publicId ? ` with the public id ${existing.publicId}` : ""}. Import that attachment (its id is ${desired.serverId}), ` +
      "or detach the server first. If this resource was only renamed, tell the engine so (Terraform: a moved block; Pulumi: an alias).",
    ["serverId"],
  );
}
