import { listGateways } from "@mcpstack/reconciler";
import type { GatewaySummary, GetGatewaysArgs } from "../../functions/get-gateways";
import type { Operation } from "../connection/operation";
import { definedOnly } from "../values";
import { connect } from "./connect";

export async function getGateways(
  operation: Operation,
  { connection, ...filter }: GetGatewaysArgs,
): Promise<GatewaySummary[]> {
  const gateways = await listGateways(connect(operation, connection), filter);
  return gateways.map((gateway) => definedOnly(gateway) as unknown as GatewaySummary);
}
