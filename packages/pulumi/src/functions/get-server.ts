import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";
import type { LookupArgs, OutputArgs } from "./connection";

export interface GetServerArgs extends LookupArgs {
  /** Id or slug of the server. */
  readonly server: string;
}

/** A hosted MCP server, and the gateway that it uses. */
export interface GetServerResult {
  readonly id: string;
  readonly name?: string;
  readonly slug?: string;
  readonly status?: string;
  readonly runtimeType?: string;
  /** The gateway that the server is attached to, if any. */
  readonly gatewayId?: string;
  /** Name of its public route, if it is attached. */
  readonly publicId?: string;
  /** Names of its tools, sorted. */
  readonly tools: string[];
}

/** Looks a server up. Servers are made elsewhere; a program only attaches them. Fails where there is none. */
export async function getServer(args: GetServerArgs): Promise<GetServerResult> {
  return lookups().getServer(args);
}

/** `getServer` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getServerOutput(args: OutputArgs<GetServerArgs>): pulumi.Output<GetServerResult> {
  return pulumi.output(args).apply((known) => getServer(known as GetServerArgs));
}
