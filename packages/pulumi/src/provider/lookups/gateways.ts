import { findGateway } from "@mcpstack/reconciler";
import type { GetGatewayArgs, GetGatewayResult } from "../../functions/get-gateway";
import type { GatewayServer, GetGatewayServersArgs } from "../../functions/get-gateway-servers";
import type { GatewaySummary, GetGatewaysArgs } from "../../functions/get-gateways";
import { runFor } from "../connection/runs";
import { definedOnly } from "../values";

export async function getGateway({ gateway, connection }: GetGatewayArgs): Promise<GetGatewayResult> {
  const run = runFor(connection);
  const { id, name, status, observed } = await findGateway(run, gateway);
  return definedOnly({
    id,
    organizationId: await run.api.organizationId(),
    status,
    name,
    ...observed,
    scopes: observed.scopes && [...observed.scopes].sort(),
  }) as unknown as GetGatewayResult;
}

export async function getGateways({ name, connection }: GetGatewaysArgs): Promise<GatewaySummary[]> {
  const { gateways } = await runFor(connection).api.listGateways();
  return gateways
    .filter((gateway) => name === undefined || gateway.name === name)
    .map(({ id, name, status, observed }) =>
      definedOnly({ id, name: name ?? "", providerType: observed.providerType, status }),
    )
    .map((item) => item as unknown as GatewaySummary)
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

export async function getGatewayServers({ gatewayId, connection }: GetGatewayServersArgs): Promise<GatewayServer[]> {
  const servers = await runFor(connection).api.gatewayServers(gatewayId);
  return servers
    .map(({ id, name, slug }) => definedOnly({ id, name, slug }) as unknown as GatewayServer)
    .sort((a, b) => compare(a.slug ?? a.id, b.slug ?? b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
