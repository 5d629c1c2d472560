import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";
import type { LookupArgs, OutputArgs } from "./connection";

export interface GetGatewayLogsArgs extends LookupArgs {
  /** Id of the gateway. */
  readonly gatewayId: string;
  /**
   * How many events to read at most: a whole number from 1 to 1,000.
   *
   * @default 50
   */
  readonly limit?: number;
}

/**
 * An auth event or a tool call that went through a gateway. What the service leaves out is absent. Tokens that somebody put into the log
 * are left out of its texts: an output of a stack is kept and shown.
 */
export interface GatewayLogEvent {
  readonly id?: string;
  /** When, as the service writes it. */
  readonly at?: string;
  readonly type?: string;
  readonly outcome?: string;
  readonly message?: string;
}

/** Reads recent events of a gateway, in the order of the service. Fails where there is no such gateway. */
export async function getGatewayLogs(args: GetGatewayLogsArgs): Promise<GatewayLogEvent[]> {
  return lookups().getGatewayLogs(args);
}

/** `getGatewayLogs` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getGatewayLogsOutput(args: OutputArgs<GetGatewayLogsArgs>): pulumi.Output<GatewayLogEvent[]> {
  return pulumi.output(args).apply((known) => getGatewayLogs(known as GetGatewayLogsArgs));
}
