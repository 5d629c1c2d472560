import {
  type Attachment,
  type AttachmentState,
  attachmentFields,
  type ChangeClass,
  changeClass,
  sameAsTyped,
} from "@mcpstack/model";

export type AttachmentField = keyof Attachment;

export interface AttachmentPlan {
  readonly change: ChangeClass;
  /** Fields of the program that changed, unknown ones included. */
  readonly edited: readonly AttachmentField[];
  /** Fields whose change makes a new attachment. */
  readonly replaced: readonly AttachmentField[];
  /** Outputs that are known only after the apply. */
  readonly unknown: readonly ("publicId" | "mcpUrl" | "callbackUrl")[];
}

export interface AttachmentPlanInput {
  readonly prior?: AttachmentState | undefined;
  /** Undefined plans a delete. */
  readonly desired?: Partial<Attachment> | undefined;
  readonly unknown?: readonly AttachmentField[];
  /** Whether the program's `serverId` and the state's are two names of one server. Default: only where they are the same text. */
  readonly isSameServer?: boolean | undefined;
  /** Whether another entry of the state for this very attachment is deleted, so that it must be written once more. Default: false. */
  readonly isLeft?: boolean | undefined;
}

/** Plans an attachment: pure. A public id that the program leaves to the service is no change while the gateway stays. */
export function planAttachment({
  prior,
  desired,
  unknown = [],
  isSameServer,
  isLeft = false,
}: AttachmentPlanInput): AttachmentPlan {
  const silent = { edited: [], replaced: [], unknown: [] } as const;
  if (!desired) return { ...silent, change: prior ? "delete" : "none" };
  const chosen = desired.publicId !== undefined || unknown.includes("publicId");
  if (!prior) {
    return {
      ...silent,
      change: "create",
      unknown: chosen ? ["mcpUrl", "callbackUrl"] : ["publicId", "mcpUrl", "callbackUrl"],
    };
  }
  const edited = (["serverId", "gatewayId", "publicId"] as const).filter((name) => {
    if (unknown.includes(name)) return true;
    if (name === "serverId" && isSameServer) return false;
    if (name === "publicId" && !chosen) return false;
    return !sameAsTyped(attachmentFields[name], prior[name], desired[name]);
  });
  const replaced = edited.filter((name) => "replaces" in attachmentFields[name]);
  // An engine updates only what differs: an address that is known again after the apply.
  const addresses = isLeft ? (["callbackUrl"] as const) : [];
  return {
    change: changeClass({ prior: true, desired: true, changed: [...edited, ...addresses], replaced }),
    edited,
    replaced,
    // Whether the service keeps the public id when the gateway changes is open: what follows from it is not promised.
    unknown:
      edited.length === 0 ? addresses : chosen ? ["mcpUrl", "callbackUrl"] : ["publicId", "mcpUrl", "callbackUrl"],
  };
}
