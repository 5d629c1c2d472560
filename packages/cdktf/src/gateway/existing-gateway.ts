import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type AttachToProps, attach, type ServerReference } from "../attachment/attach-to";
import type { ServerGatewayAttachment } from "../attachment/server-gateway-attachment";
import type { IGateway } from "./gateway-reference";

/** A gateway that another stack or a person made. */
export class ExistingGateway extends Construct implements IGateway {
  readonly gatewayId: string;

  constructor(
    scope: Construct,
    id: string,
    gatewayId: string | ((scope: Construct) => string),
    private readonly provider?: TerraformProvider | undefined,
  ) {
    super(scope, id);
    this.gatewayId = typeof gatewayId === "string" ? gatewayId : gatewayId(this);
  }

  attachTo(server: ServerReference, props: AttachToProps = {}): ServerGatewayAttachment {
    return attach(this, server, this.provider ? { provider: this.provider, ...props } : props);
  }
}
