import * as pulumi from "@pulumi/pulumi";
import { lookups } from "./call";
import type { LookupArgs, OutputArgs } from "./connection";

export interface GetGatewayArgs extends LookupArgs {
  /** Id of the gateway, or its name where only one has it. */
  readonly gateway: string;
}

/** A gateway as the service has it. A field that is not set is absent. */
export interface GetGatewayResult {
  readonly id: string;
  readonly organizationId: string;
  readonly status?: string;
  /** Empty where the service has none. */
  readonly name: string;
  readonly description?: string;
  readonly providerType?: string;
  readonly authorizationServerUrl?: string;
  readonly metadataUrl?: string;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly registrationEndpoint?: string;
  readonly clientId?: string;
  readonly resource?: string;
  /** Sorted. */
  readonly scopes?: string[];
}

/** Looks a gateway up that this program does not manage. Fails where there is none, or more than one of that name. */
export async function getGateway(args: GetGatewayArgs): Promise<GetGatewayResult> {
  return lookups().getGateway(args);
}

/** `getGateway` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getGatewayOutput(args: OutputArgs<GetGatewayArgs>): pulumi.Output<GetGatewayResult> {
  return pulumi.output(args).apply((known) => getGateway(known as GetGatewayArgs));
}
