import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";
import type { LookupArgs, OutputArgs } from "./connection";

export interface GetGatewaysArgs extends LookupArgs {
  /** Only gateways of exactly this name. Default: all. */
  readonly name?: string | undefined;
  /** Only gateways of exactly this provider type. Default: all. */
  readonly providerType?: string | undefined;
}

/** One gateway of a list. A list promises no more than this. */
export interface GatewaySummary {
  readonly id: string;
  /** Empty where the service has none. */
  readonly name: string;
  readonly providerType?: string;
  readonly status?: string;
}

/** Lists the gateways of the organization, by name and then by id, in the order of code points. */
export async function getGateways(args: GetGatewaysArgs = {}): Promise<GatewaySummary[]> {
  return lookups().getGateways(args);
}

/** `getGateways` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getGatewaysOutput(args: OutputArgs<GetGatewaysArgs> = {}): pulumi.Output<GatewaySummary[]> {
  return pulumi.output(args).apply((known) => getGateways(known as GetGatewaysArgs));
}
