import { type NoticeCode, ReconcileError, type ReconcileErrorCode } from "@mcpstack/reconciler";
import type { ResourceDefinition } from "@mcpstack/tfplugin";

type Code = NoticeCode | ReconcileErrorCode;

const replacingAttachments =
  "plan with `-replace=ADDRESS`, ADDRESS being that of each such attachment, which is then detached before and attached after; or, where the gateway " +
  "was only renamed in the program, add a `moved` block";

/** How Terraform has what a shared message advises. */
const advice: Partial<Record<Code, string>> = {
  already_attached:
    "If this resource was only renamed, a moved block tells Terraform so. " +
    "One that is replaced with its gateway needs no create_before_destroy of its own: it follows its gateway in place.",
  gateway_exists:
    "Terraform imports it with `terraform import ADDRESS ID`. Where this resource was only renamed, a moved block tells Terraform so.",
  already_attached_here: "A removed block with `destroy = false` does that.",
  gateway_destroyed_first:
    "Where the gateway has `create_before_destroy`, there is nothing to do. Else Terraform destroys it before the attachment is changed, and the apply fails: " +
    `${replacingAttachments}.`,
  gateway_has_servers:
    "Where the gateway is to be replaced: with `lifecycle { create_before_destroy = true }` in the gateway its attachments go over to the new one " +
    "before the old one is destroyed; with `lifecycle { replace_triggered_by = [ADDRESS.id] }` in each attachment, ADDRESS being the gateway's, they are " +
    "detached before and attached after. " +
    "Where it is replaced only because it is tainted, `terraform untaint ADDRESS` (`tofu untaint ADDRESS`) keeps it as it is. " +
    `Where it leaves the program while its attachments go to another gateway: ${replacingAttachments}.`,
};

/** A message with how Terraform has what it advises. */
export function withAdvice(code: string, message: string): string {
  const more = advice[code as Code];
  return more === undefined ? message : `${message} ${more}`;
}

/** A resource whose refused writes say how Terraform has what they advise. */
export function advising<Client>(resource: ResourceDefinition<Client>): ResourceDefinition<Client> {
  const { create, update, delete: remove } = resource;
  return {
    ...resource,
    create: (request) => advised(create(request)),
    ...(update && { update: (request) => advised(update(request)) }),
    delete: (request) => advised(remove(request)),
  };
}

async function advised<Result>(work: Result | Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code === "findings_refuse") throw error;
    throw new ReconcileError(error.code, withAdvice(error.code, error.message), error.path);
  }
}
