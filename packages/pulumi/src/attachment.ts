import * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";
import { assertInstalled, providerText } from "./program/provider-text";
import { withoutValueUndefined } from "./program/without-value";

/** Which gateway a server uses. A server has at most one. */
export interface ServerGatewayAttachmentArgs {
  /** Id or slug of the MCP server. Another server means another attachment. */
  readonly serverId: pulumi.Input<string>;
  /** Id of the gateway that the server uses. */
  readonly gatewayId: pulumi.Input<string>;
  /**
   * Name of the server's public route. Choose it to know the callback URL before anything exists (`callbackUrl` function); left out, the
   * service chooses. Changing it changes the MCP URL, the public issuer and the callback URL.
   */
  readonly publicId?: pulumi.Input<string | undefined>;
  /**
   * Takes the attachment that the server has over, whatever gateway it names, instead of refusing a server that is attached already. The
   * preview says what would change. Read only when the resource is created; it may stay in the program. Default: false.
   */
  readonly adopt?: pulumi.Input<boolean | undefined>;
  /** Which API it belongs to. Default: what the environment and `pulumi config` say. */
  readonly connection?: pulumi.Input<ConnectionArgs | undefined>;
}

/** What `ServerGatewayAttachment.get` needs beyond the id. */
export interface ServerGatewayAttachmentLookup {
  /** Which API it belongs to. Default: what the environment and `pulumi config` say. */
  readonly connection?: pulumi.Input<ConnectionArgs | undefined>;
}

const typeName = "pulumi-nodejs:dynamic/mcpstack:ServerGatewayAttachment";

/** A server's use of a gateway, with the public route that comes with it. */
export class ServerGatewayAttachment extends pulumi.CustomResource {
  /** Id or slug of the MCP server. Another server means another attachment. */
  declare readonly serverId: pulumi.Output<string>;
  /** Id of the gateway that the server uses. */
  declare readonly gatewayId: pulumi.Output<string>;
  /**
   * Name of the server's public route. Choose it to know the callback URL before anything exists (`callbackUrl` function); left out, the
   * service chooses. Changing it changes the MCP URL, the public issuer and the callback URL.
   */
  declare readonly publicId: pulumi.Output<string>;
  /** Id of the organization that owns it. It guards against a credential for another organization. */
  declare readonly organizationId: pulumi.Output<string>;
  /** URL at which MCP clients reach the server. */
  declare readonly mcpUrl: pulumi.Output<string>;
  /** Callback URL to register at the identity provider, exactly as it stands here. */
  declare readonly callbackUrl: pulumi.Output<string>;

  /** Whether a value is a `ServerGatewayAttachment`, also one of another copy of this package. */
  static override isInstance(value: unknown): value is ServerGatewayAttachment {
    return pulumi.Resource.isInstance(value) && (value as { __pulumiType?: unknown }).__pulumiType === typeName;
  }

  /** Reads an existing attachment without managing it; `id` is the id or slug of its server. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    lookup: ServerGatewayAttachmentLookup = {},
    opts: pulumi.CustomResourceOptions = {},
  ): ServerGatewayAttachment {
    return new ServerGatewayAttachment(name, lookup as ServerGatewayAttachmentArgs, { ...opts, id });
  }

  /** Declares an attachment. A replacement detaches before it attaches: a server has only one gateway. */
  constructor(name: string, args: ServerGatewayAttachmentArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertInstalled();
    const props = { ...outputs, ...args, __provider: providerText.attachment };
    super(typeName, name, props, { deleteBeforeReplace: true, ...opts });
    withoutValueUndefined(this, Object.keys(outputs));
  }
}

/** Properties that the provider gives a value, so that the program has an output for each. */
const outputs = {
  serverId: undefined,
  gatewayId: undefined,
  publicId: undefined,
  organizationId: undefined,
  mcpUrl: undefined,
  callbackUrl: undefined,
};
