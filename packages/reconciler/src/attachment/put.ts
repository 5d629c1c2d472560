import {
  ApiError,
  type AttachmentDocument,
  encodeAttachment,
  isApiError,
  restorable,
  type WriteAnswer,
} from "@mcpstack/api-client";
import { type Attachment, sameJson } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import { afterRefusedVersion, whileNew } from "../fresh";
import { exchanging } from "../gateway/changed";
import { NothingLeft } from "../nothing-left";
import type { CallOptions, Run } from "../run";
import { type Sight, sightOf } from "../write-outcome";
import { agreedId } from "./identity";
import { alreadyAttached, describedAttachment } from "./refusals";

/** Whether an attachment is just what a program wants. */
export function isJust({ gatewayId, publicId }: Partial<Attachment>, existing: AttachmentDocument): boolean {
  return existing.gatewayId === gatewayId && (publicId === undefined || publicId === existing.publicId);
}

/** Where an attachment is written, and on top of what. */
export interface Place {
  /** What the server is asked for by. */
  readonly address: string;
  /** What the server was attached to when it was looked at. */
  readonly held: AttachmentDocument | null;
  /** What the write builds on. Default: nothing. */
  readonly base?: AttachmentDocument | null | undefined;
  /** The public id that stays where the program leaves it to the service. */
  readonly publicId?: string | undefined;
  /** The id of the server, where it is known. */
  readonly resolvedId?: string | undefined;
  /** Whether what others attach between two tries of the write is built upon; else it is refused. Default: false. */
  readonly mayOverwrite?: boolean | undefined;
}

/** What a server is attached to after a write. */
export interface Put extends Sight<AttachmentDocument | null> {
  readonly written: WriteAnswer;
}

/**
 * Writes an attachment over the one that the server has, and sees what came of it. A gateway that was made just now may not be known yet where
 * servers are attached. Each repeat looks first; and where the service says that the attachment was changed meanwhile (409, 412, 428), it is
 * written once more if it is still what it was.
 *
 * @throws ReconcileError `already_attached`, `changed_meanwhile`, `public_id_taken`, ApiError
 */
export async function put(run: Run, desired: Attachment, place: Place, options: CallOptions): Promise<Put> {
  const { address, held, resolvedId } = place;
  const { gatewayId } = desired;
  const { signal } = options;
  let { base } = place;
  const wish = () => ({ gatewayId, publicId: desired.publicId ?? base?.publicId ?? place.publicId });
  const isRight = (now: AttachmentDocument | null) => now !== null && isJust(wish(), now);
  const aboutIt = async (document: AttachmentDocument | null) => {
    if (document?.serverId !== undefined && document.serverId !== resolvedId)
      await agreedId(run, address, document.serverId);
    return run.owned(document, {});
  };
  const read = async () => aboutIt(await run.api.getAttachment(address));
  // That nothing is attached is no more believed after a write than before one.
  const settled = async (): Promise<Sight<AttachmentDocument | null>> => {
    try {
      return { seen: await aboutIt(await run.reads.attachment(address, { gatewayId })) };
    } catch (error) {
      return { seen: undefined, error };
    }
  };
  const beforeRepeat = async () => {
    const now = await read();
    if (now && isRight(now)) throw new Attached(now);
    if (isSameDocument(now, held)) return undefined;
    if (now && !place.mayOverwrite) throw alreadyAttached(desired, now);
    base = now ?? (base && restorable(base));
    return { body: encodeAttachment(wish(), base), version: now?.version };
  };
  const send = () =>
    whileNew(run, gatewayId, () => run.api.putAttachment(address, wish(), { base, beforeRepeat, signal }), options);
  const sendAgain = async (refusal: ApiError) => {
    const now = await afterRefusedVersion(run, base?.version, read, options);
    if (now && isRight(now)) throw new Attached(now);
    // Where nothing is attached, nobody else's attachment stands in the way, whatever the new one is built on.
    if (now === null && refusal.status === 409) throw explained(desired.serverId, wish(), refusal);
    if (!isSameRoute(now, held)) throw changed(desired.serverId, held, now);
    // Some services tell versions that they do not take.
    if (now) base = now.version === base?.version ? { ...now, version: undefined } : now;
    return send().catch((last: unknown) => {
      throw isApiError(last, "conflict") ? explained(desired.serverId, wish(), last) : last;
    });
  };
  try {
    const { document, written } = await send().catch((refusal: unknown) => {
      if (!isApiError(refusal, "conflict")) throw refusal;
      return sendAgain(refusal);
    });
    const isWhole = document?.gatewayId === gatewayId && document.publicId !== undefined;
    const answered = isWhole ? ((await aboutIt(document).catch(() => null)) ?? undefined) : undefined;
    // Which public id an answer gives is the service's own word.
    const isDone = (now: AttachmentDocument | null) => now === answered || isRight(now);
    const mayLag = (now: AttachmentDocument | null) => isSameDocument(now, held);
    const sight = await sightOf(run, { written, answered, look: read, isRight: isDone, mayLag }, { signal });
    return { ...(sight.seen === null ? await settled() : sight), written };
  } catch (error) {
    if (error instanceof Attached) return { seen: error.document, written: { status: 200 } };
    if (!(error instanceof ApiError && error.mayHaveHappened)) throw error;
    const { seen } = await settled();
    // It may be attached now: the state must say so, and the next refresh finds out.
    if (seen !== undefined && !isRight(seen)) throw error;
    return { seen, error, written: { status: error.status ?? 0 } };
  }
}

/** The server is attached as it is to be: by a try of this very write whose answer was lost, or by somebody who wants the same. */
class Attached extends NothingLeft {
  constructor(readonly document: AttachmentDocument) {
    super();
  }
}

function isSameDocument(one: AttachmentDocument | null, other: AttachmentDocument | null): boolean {
  return one === null || other === null ? one === other : sameJson(one.raw, other.raw);
}

type Route = Pick<Attachment, "gatewayId"> & { readonly publicId?: string | undefined };

function isSameRoute(one: Route | null, other: Route | null): boolean {
  if (one === null || other === null) return one === other;
  const isRoute = one.publicId === other.publicId || one.publicId === undefined || other.publicId === undefined;
  return one.gatewayId === other.gatewayId && isRoute;
}

function changed(serverId: string, before: AttachmentDocument | null, now: AttachmentDocument | null): ReconcileError {
  const said = (one: AttachmentDocument | null) => (one ? describedAttachment(one) : "nothing");
  return new ReconcileError(
    "changed_meanwhile",
    `The attachment of server ${serverId} was changed by somebody else while it was written: from ${said(before)} to ${said(now)}. Nothing was written. ` +
      "Plan again to see what an apply would do to that.",
    ["gatewayId"],
  );
}

function explained(serverId: string, { publicId }: Route, refusal: ApiError): Error {
  if (refusal.status !== 409 || publicId === undefined) return refusal;
  return new ReconcileError(
    "public_id_taken",
    `${refusal.summary} If the public id ${JSON.stringify(publicId)} is that of another server than ${serverId}, choose another. ` +
      `${exchanging("public id")} A server that is detached gives its public id free.`,
    ["publicId"],
  );
}
