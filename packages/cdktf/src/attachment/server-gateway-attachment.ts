import { attachmentFields, validateAttachment } from "@mcpstack/model";
import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { ServerGatewayAttachment as Level1Attachment } from "../gen/server-gateway-attachment";
import { inputOf } from "../validation/input";
import { messages } from "../validation/messages";
import { defined } from "../values/defined";
import { isUnresolved } from "../values/unresolved";
import { register, takenBefore } from "./taken-before";

/** Which gateway a server uses. */
export interface ServerGatewayAttachmentProps extends TerraformMetaArguments {
  /**
   * Id or slug of the MCP server. Another server means another attachment.
   */
  readonly serverId: string;

  /**
   * Id of the gateway that the server uses.
   */
  readonly gatewayId: string;

  /**
   * Name of the server's public route. Choose it to know the callback URL before anything exists (`callbackUrl`
   * function); left out, the service chooses. Changing it changes the MCP URL, the public issuer and the callback
   * URL.
   *
   * @default - the service chooses
   */
  readonly publicId?: string | undefined;
}

/** Says which gateway an MCP server uses. A server has at most one. */
export class ServerGatewayAttachment extends Level1Attachment {
  constructor(scope: Construct, id: string, props: ServerGatewayAttachmentProps) {
    super(scope, id, defined(props));
    register(this);
    this.node.addValidation({
      validate: () => {
        const input = inputOf(this, attachmentFields);
        const problems = validateAttachment(input, { isUnknown: isUnresolved });
        return [...messages(problems, attachmentFields, input), ...takenBefore(this)];
      },
    });
  }
}
