import { Operation, type OperationOptions } from "../connection/operation";
import { readable } from "../engine/guarded";
import { getGateway } from "./get-gateway";
import { getGatewayLogs } from "./get-gateway-logs";
import { getGatewayServers } from "./get-gateway-servers";
import { getGateways } from "./get-gateways";
import { getOAuthMetadata } from "./get-oauth-metadata";
import { getServer } from "./get-server";

/** What the functions of the package run in the program's process. */
export interface Lookups {
  readonly getGateway: Lookup<typeof getGateway>;
  readonly getGateways: Lookup<typeof getGateways>;
  readonly getGatewayServers: Lookup<typeof getGatewayServers>;
  readonly getGatewayLogs: Lookup<typeof getGatewayLogs>;
  readonly getServer: Lookup<typeof getServer>;
  readonly getOAuthMetadata: Lookup<typeof getOAuthMetadata>;
}

type Lookup<Asked> = Asked extends (operation: Operation, args: infer Args) => infer Answer
  ? (args: Args) => Answer
  : never;

/** The look-ups of one operation of the engine, which share its configuration and what they learn. */
export function lookupsOf(options: OperationOptions): Lookups {
  const operation = new Operation(options);
  const of = <Args, Result>(ask: (operation: Operation, args: Args) => Promise<Result>) =>
    readable((args: Args) => ask(operation, args));
  return {
    getGateway: of(getGateway),
    getGateways: of(getGateways),
    getGatewayServers: of(getGatewayServers),
    getGatewayLogs: of(getGatewayLogs),
    getServer: of(getServer),
    getOAuthMetadata: of(getOAuthMetadata),
  };
}
