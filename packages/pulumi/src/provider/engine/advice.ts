import type { NoticeCode, ReconcileErrorCode } from "@mcpstack/reconciler";

type Code = NoticeCode | ReconcileErrorCode;

const adopting = "In Pulumi, the argument `adopt` takes the place of an import.";

/** How Pulumi has what a shared message advises. */
const advice: Partial<Record<Code, string>> = {
  create_unconfirmed: adopting,
  name_taken: adopting,
  gateway_exists: `${adopting} If this resource was only renamed, an alias tells Pulumi so.`,
  already_attached: `${adopting} If this resource was only renamed, an alias tells Pulumi so.`,
  already_attached_here: "`retainOnDelete` does that.",
  gateway_has_servers:
    "Where the gateway is to be replaced, leave `deleteBeforeReplace` out: Pulumi then makes the new one first, and its attachments go over to it " +
    "before this one is deleted.",
};

/** What holds only of a preview: Pulumi checks what it is told to replace as if it were new, and detaches it first in the update. */
const foretold: Partial<Record<Code, string>> = {
  already_attached:
    "If Pulumi was told to replace this resource (`--replace`, `pulumi state taint`), the attachment is its own, and there is nothing to do.",
};

/** A message with how Pulumi has what it advises. */
export function withAdvice(code: string, message: string, severity: "warning" | "error" = "error"): string {
  const more = [advice[code as Code], severity === "warning" ? foretold[code as Code] : undefined];
  return [message, ...more.filter((sentence) => sentence !== undefined)].join(" ");
}
