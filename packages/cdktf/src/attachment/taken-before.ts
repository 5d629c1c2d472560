import { TerraformStack } from "cdktf";
import type { ServerGatewayAttachment as Level1Attachment } from "../gen/server-gateway-attachment";
import { isUnresolved } from "../values/unresolved";

/** The attachments of each stack in the order in which they were made: to look through the whole tree for each would be quadratic. */
const attachmentsOf = new WeakMap<TerraformStack, Level1Attachment[]>();

/** Makes an attachment known to those that come after it in the stack. */
export function register(attachment: Level1Attachment): void {
  const stack = TerraformStack.of(attachment);
  const known = attachmentsOf.get(stack);
  if (known) known.push(attachment);
  else attachmentsOf.set(stack, [attachment]);
}

/**
 * What this attachment wants and another one in the stack, before it, has already: a server has one gateway, a public id one server.
 * Applied, the two would undo each other in every run.
 */
export function takenBefore(attachment: Level1Attachment): string[] {
  const serverOwner = ownerBefore(attachment, "serverIdInput");
  const publicIdOwner = ownerBefore(attachment, "publicIdInput");
  return [
    ...(serverOwner === undefined
      ? []
      : [
          `serverId ${JSON.stringify(attachment.serverIdInput)} is attached by ${serverOwner} already, and a server has at most one ` +
            "gateway: remove one of the two (server_attached_twice)",
        ]),
    ...(publicIdOwner === undefined
      ? []
      : [
          `publicId ${JSON.stringify(attachment.publicIdInput)} is taken by ${publicIdOwner} already: choose another one (public_id_taken)`,
        ]),
  ];
}

/** The path of the first attachment that has the same. Those of another provider configuration belong to another organization. */
function ownerBefore(attachment: Level1Attachment, name: "serverIdInput" | "publicIdInput"): string | undefined {
  const value = attachment[name];
  if (value === undefined || isUnresolved(value)) return undefined;
  const owner = attachmentsOf
    .get(TerraformStack.of(attachment))
    ?.find((other) => other[name] === value && other.provider === attachment.provider && isInTree(other));
  return owner === attachment ? undefined : owner?.node.path;
}

/** A construct can be taken out of the tree again. */
function isInTree({ node }: Level1Attachment): boolean {
  return node.scope?.node.tryFindChild(node.id)?.node === node;
}
