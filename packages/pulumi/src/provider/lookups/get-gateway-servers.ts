import { gatewayServers } from "@mcpstack/reconciler";
import type { GatewayServer, GetGatewayServersArgs } from "../../functions/get-gateway-servers";
import type { Operation } from "../connection/operation";
import { definedOnly } from "../values";
import { connect } from "./connect";

export async function getGatewayServers(operation: Operation, args: GetGatewayServersArgs): Promise<GatewayServer[]> {
  const servers = await gatewayServers(connect(operation, args.connection), args.gatewayId);
  return servers.map((server) => definedOnly(server) as unknown as GatewayServer);
}
