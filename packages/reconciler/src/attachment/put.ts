import { type ApiError, type AttachmentDocument, isApiError } from "@mcpstack/api-client";
import type { Attachment } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import { lagWaits, whileNew } from "../fresh";
import { exchanging } from "../gateway/changed";
import type { CallOptions, Run } from "../run";
import { describedAttachment } from "./refusals";

/**
 * Writes an attachment over the one that the server has. A gateway that was made just now may not be known yet where servers are attached; and
 * where the service says that the attachment was changed meanwhile (409, 412, 428), it is written once more if it is still what it was.
 *
 * @param address - what the server is asked for by.
 * @throws ReconcileError `changed_meanwhile`, `public_id_taken`, ApiError
 */
export function put(
  run: Run,
  address: string,
  desired: Pick<Attachment, "gatewayId" | "publicId">,
  base: AttachmentDocument | null | undefined,
  options: CallOptions,
): Promise<AttachmentDocument> {
  const { signal } = options;
  const waits = lagWaits(run.readLagMs);
  const send = (over: AttachmentDocument | null | undefined) =>
    whileNew(
      run,
      desired.gatewayId,
      () => run.api.putAttachment(address, desired, { base: over, waits, signal }),
      options,
    );
  return send(base).catch(async (refusal: unknown) => {
    if (!isApiError(refusal, "conflict")) throw refusal;
    const now = await run.api.getAttachment(address, { signal });
    if (now && isSame(now, desired)) return now;
    // Where nothing is attached, nobody else's attachment stands in the way, whatever the new one is built on.
    if (now === null && refusal.status === 409) throw explained(address, desired, refusal);
    if (base !== undefined && !isSame(now, base)) throw changed(address, base, now);
    // Some services tell versions that they do not take.
    const again = now && now.version === base?.version ? { ...now, version: undefined } : now;
    return send(again).catch((last: unknown) => {
      throw isApiError(last, "conflict") ? explained(address, desired, last) : last;
    });
  });
}

type Route = Pick<Attachment, "gatewayId" | "publicId">;

function isSame(one: Route | null, other: Route | null): boolean {
  if (one === null || other === null) return one === other;
  const isRoute = one.publicId === other.publicId || one.publicId === undefined || other.publicId === undefined;
  return one.gatewayId === other.gatewayId && isRoute;
}

function changed(serverId: string, base: AttachmentDocument | null, now: AttachmentDocument | null): ReconcileError {
  const said = (one: AttachmentDocument | null) => (one ? describedAttachment(one) : "nothing");
  return new ReconcileError(
    "changed_meanwhile",
    `The attachment of server ${serverId} was changed by somebody else while it was written: from ${said(base)} to ${said(now)}. Nothing was written. ` +
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
