import type { IConstruct } from "constructs";
import type { AttachToProps, ServerReference } from "../attachment/attach-to";
import type { ServerGatewayAttachment } from "../attachment/server-gateway-attachment";

/** A gateway that servers can be attached to: one of this stack, or one that exists already. */
export interface IGateway extends IConstruct {
  /** Id of the gateway. A token where this stack makes or looks up the gateway. */
  readonly gatewayId: string;

  /**
   * Attaches an MCP server: it uses this gateway from then on.
   *
   * @param server its id or slug, or a data source that looked it up
   */
  attachTo(server: ServerReference, props?: AttachToProps): ServerGatewayAttachment;
}
