import type { TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import type { IGateway } from "../gateway/gateway-reference";
import { InvalidInput } from "../invalid-input";
import { isUnresolved } from "../values/unresolved";
import { ServerGatewayAttachment } from "./server-gateway-attachment";

/** An MCP server: its id or slug, or a data source that looked it up. */
export type ServerReference = string | { readonly id: string };

/** How a server is attached. */
export interface AttachToProps extends TerraformMetaArguments {
  /**
   * Name of the server's public route. Choose it to know the callback URL before anything exists
   * (`Gateway.callbackUrl`).
   *
   * @default - the service chooses
   */
  readonly publicId?: string | undefined;

  /**
   * Id of the attachment's construct, below the gateway.
   *
   * @default - the server's id or slug as given, or the construct id of the data source; required where that is a token
   */
  readonly id?: string | undefined;
}

/** Attaches a server to a gateway, as a construct below the gateway. */
export function attach(gateway: IGateway, server: ServerReference, props: AttachToProps): ServerGatewayAttachment {
  const { id, ...rest } = props;
  return new ServerGatewayAttachment(gateway, id ?? constructId(gateway, server), {
    serverId: typeof server === "string" ? server : server.id,
    gatewayId: gateway.gatewayId,
    ...rest,
  });
}

function constructId(gateway: IGateway, server: ServerReference): string {
  if (Construct.isConstruct(server)) return server.node.id;
  const text = typeof server === "string" ? server : server.id;
  if (!isUnresolved(text)) return text;
  throw new InvalidInput(
    "construct_id_unknown",
    `[${gateway.node.path}] attachTo: the server is known only to Terraform, so the construct needs an id of its own: ` +
      'pass { id: "…" }',
  );
}
