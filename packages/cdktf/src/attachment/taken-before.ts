import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ServerGatewayAttachment as Level1Attachment } from "../gen/server-gateway-attachment";
import { isUnresolved } from "../values/unresolved";

/**
 * What this attachment wants and another one in the stack, before it, has already: a server has one gateway, a public id one server.
 * Applied, the two would undo each other in every run.
 */
export function takenBefore(attachment: Level1Attachment): string[] {
  const others = attachmentsIn(TerraformStack.of(attachment));
  const before = others.slice(0, others.indexOf(attachment)).filter(({ provider }) => provider === attachment.provider);
  const owner = (name: "serverIdInput" | "publicIdInput") =>
    isKnown(attachment[name]) ? before.find((other) => other[name] === attachment[name])?.node.path : undefined;
  const serverOwner = owner("serverIdInput");
  const publicIdOwner = owner("publicIdInput");
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

function isKnown(value: string | undefined): boolean {
  return value !== undefined && !isUnresolved(value);
}

function attachmentsIn(construct: IConstruct): Level1Attachment[] {
  return construct.node.findAll().filter((node): node is Level1Attachment => node instanceof Level1Attachment);
}
