import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";
import type { LookupArgs, OutputArgs } from "./connection";

export interface GetGatewayServersArgs extends LookupArgs {
  /** Id of the gateway. */
  readonly gatewayId: string;
}

/** A server that uses a gateway. */
export interface GatewayServer {
  readonly id: string;
  readonly name?: string;
  readonly slug?: string;
  readonly status?: string;
}

/** Lists the servers that use a gateway, by name and then by id. Fails where there is no such gateway. */
export async function getGatewayServers(args: GetGatewayServersArgs): Promise<GatewayServer[]> {
  return lookups().getGatewayServers(args);
}

/** `getGatewayServers` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getGatewayServersOutput(args: OutputArgs<GetGatewayServersArgs>): pulumi.Output<GatewayServer[]> {
  return pulumi.output(args).apply((known) => getGatewayServers(known as GetGatewayServersArgs));
}
