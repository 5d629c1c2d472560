import type { AttachmentDocument } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { Notice } from "../notice";
import type { PlannedUse } from "./servers";

/** An attachment that is there already, in words: to whom, and by which name. */
export function describedAttachment({ gatewayId, publicId }: AttachmentDocument | AttachmentState): string {
  return `gateway ${gatewayId}${publicId === undefined ? "" : ` with the public id ${publicId}`}`;
}

/** How a server's attachment is taken over by a program that says so. */
export function waysOn(serverId: string): string {
  return `Import that attachment (its id is ${serverId}), or detach the server first.`;
}

export function alreadyAttached(desired: Attachment, existing: AttachmentDocument): ReconcileError {
  return new ReconcileError(
    "already_attached",
    `Server ${desired.serverId} is already attached to ${describedAttachment(existing)}. ${waysOn(desired.serverId)}`,
    ["serverId"],
  );
}

export function attachedHere(desired: PlannedUse, first: PlannedUse): ReconcileError {
  return new ReconcileError("already_attached_here", describedTwice(desired, first), ["serverId"]);
}

/** Says that a state has two entries for a server, and what becomes of them. */
export function keptNotice({ serverId }: AttachmentState, outcome: string): Notice {
  return {
    code: "attachment_kept",
    severity: "warning",
    path: ["serverId"],
    message: `The state has two entries for the attachment of server ${serverId}, one of which is destroyed. ${outcome}`,
  };
}

/** Why a server cannot have two attachments in one program, and which one it has. */
export function describedTwice({ serverId }: PlannedUse, first: PlannedUse): string {
  const gateway = first.gatewayId === undefined ? "a gateway that is not known yet" : `gateway ${first.gatewayId}`;
  const name = first.publicId === undefined ? "" : ` and the public id ${first.publicId}`;
  return (
    `Server ${serverId} has another attachment in this program, with the server ${JSON.stringify(first.serverId)}, ${gateway}${name}. ` +
    "A server has one gateway: two attachments would take it from each other at every apply. Remove one of them. " +
    "Where both are in the state already, take one out without a destroy, which would detach the server."
  );
}
