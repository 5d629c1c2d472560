import type { Attachment, AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { attach } from "./create";

/**
 * Points a server at another gateway, or gives its route another name.
 *
 * @throws ReconcileError `organization_mismatch`, PartialFailure `public_id_not_taken`, ApiError
 */
export async function updateAttachment(
  run: Run,
  prior: AttachmentState,
  desired: Attachment,
  options: CallOptions = {},
): Promise<AttachmentState> {
  await run.assertOwner("Attachment of server", prior, options);
  return attach(run, desired, prior.publicId, options);
}
