import { type AttachmentDocument, isApiError, type ReadOptions } from "@mcpstack/api-client";
import type { AttachmentState } from "@mcpstack/model";
import { lookWhileFresh } from "../fresh";
import type { CallOptions, Run } from "../run";
import { agreedId } from "./identity";

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
export async function readHeld(run: Run, state: AttachmentState, options: CallOptions & ReadOptions): Promise<Held> {
  const { serverId: name, resolvedId, gatewayId } = state;
  const named = await run.owned(run.reads.attachment(name, { ...options, gatewayId }), options);
  if (resolvedId === undefined || resolvedId === name || named?.serverId === resolvedId) {
    const isAsKnown = resolvedId !== undefined && named?.serverId === resolvedId;
    const told = named ? (isAsKnown ? resolvedId : await agreedId(run, name, named.serverId, options)) : undefined;
    const id = resolvedId ?? told;
    run.servers.learn(name, id);
    return { address: name, document: named, resolvedId: id };
  }
  // An answer about neither is none about the name.
  const holder = named?.serverId && (await agreedId(run, name, named.serverId, options).catch(noneOf));
  if (holder === resolvedId) return { address: name, document: named, resolvedId };
  const document = await run.owned(run.reads.attachment(resolvedId, { ...options, gatewayId }), options);
  if (document) await agreedId(run, resolvedId, document.serverId, options);
  if (document) run.servers.strayed.set(name, resolvedId);
  return { address: resolvedId, document, resolvedId };
}

/**
 * The same, where the state was written some seconds ago, perhaps by another process: reads may lag behind, so what is otherwise than the state
 * says is not believed at the first look.
 */
export function heldWhileFresh(run: Run, state: AttachmentState, options: CallOptions & ReadOptions): Promise<Held> {
  const mayLag = ({ document }: Held) => !isAsIn(state, document);
  return lookWhileFresh(run, state.writtenAt, () => readHeld(run, state, options), mayLag, options);
}

/** Whether an attachment is what a state says; what a document leaves out is no difference. */
export function isAsIn(
  state: AttachmentState,
  document: Pick<AttachmentDocument, "gatewayId" | "publicId"> | null,
): boolean {
  if (document?.gatewayId !== state.gatewayId) return false;
  return document.publicId === undefined || state.publicId === undefined || document.publicId === state.publicId;
}

function noneOf(error: unknown): undefined {
  if (!isApiError(error, "unexpected_answer")) throw error;
}
