import type { Attachment, AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { attach, detachedHere } from "./create";
import { heldWhileFresh } from "./held";
import { attachedHere } from "./refusals";

/**
 * Points a server at another gateway, or gives its route another name. What else its attachment carries stays.
 *
 * @throws ReconcileError `organization_mismatch`, `already_attached_here`, `not_carried_out`, PartialFailure `public_id_not_taken`, ApiError
 */
export async function updateAttachment(
  run: Run,
  prior: AttachmentState,
  desired: Attachment,
  options: CallOptions = {},
): Promise<AttachmentState> {
  return run.servers.exclusively(run.servers.idOf(prior), async () => {
    await run.assertOwner("Attachment of server", prior, options);
    const { address, document, resolvedId } = await heldWhileFresh(run, prior, options);
    const first = resolvedId && run.servers.attached.get(resolvedId);
    if (first) throw attachedHere(desired, first);
    const base = document ?? detachedHere(run, resolvedId ?? prior.serverId);
    const publicId = base?.publicId ?? prior.publicId;
    return attach(run, desired, { address, held: document, base, publicId, resolvedId, mayOverwrite: true }, options);
  });
}
