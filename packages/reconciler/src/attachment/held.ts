import type { AttachmentDocument } from "@mcpstack/api-client";
import type { AttachmentState } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";

/** The attachment of a server that a state knows, as it is now. */
export interface Held {
  /** What the server is asked for by: the name in the state, while that still means the server. */
  readonly address: string;
  readonly document: AttachmentDocument | null;
  /** The id of the server, where an answer has told it, now or before. */
  readonly resolvedId: string | undefined;
}

/**
 * Reads the attachment that a state stands for. One read where the name still means the server that it meant; by the server's own id where
 * the slug was renamed, or has become another server's.
 */
export async function readHeld(run: Run, state: AttachmentState, options: CallOptions): Promise<Held> {
  const { serverId: name, resolvedId, gatewayId } = state;
  const { hear, ...call } = options;
  const named = await run.reads.attachment(name, { ...call, gatewayId });
  const isSame = resolvedId === undefined || resolvedId === name || named?.serverId === resolvedId;
  if (isSame) {
    const id = resolvedId ?? named?.serverId;
    run.servers.learn(name, id);
    return { address: name, document: named, resolvedId: id };
  }
  const document = await run.reads.attachment(resolvedId, { ...call, gatewayId });
  if (document && named?.serverId !== undefined) {
    hear?.({
      code: "slug_of_another_server",
      severity: "warning",
      path: ["serverId"],
      message:
        `The slug ${JSON.stringify(name)} now belongs to the server ${named.serverId}. This attachment stays with the server ${resolvedId}, which had ` +
        `the slug before. Write that id into the program, or the server's present slug.`,
    });
  }
  return { address: resolvedId, document, resolvedId };
}

/** Whether an attachment is what a state says; what a document leaves out is no difference. */
export function isAsIn(
  state: AttachmentState,
  document: Pick<AttachmentDocument, "gatewayId" | "publicId"> | null,
): boolean {
  if (document?.gatewayId !== state.gatewayId) return false;
  return document.publicId === undefined || state.publicId === undefined || document.publicId === state.publicId;
}
