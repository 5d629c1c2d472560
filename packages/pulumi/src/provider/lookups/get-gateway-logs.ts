import { logLimit, logLimitProblem, recentEvents } from "@mcpstack/reconciler";
import type { GatewayLogEvent, GetGatewayLogsArgs } from "../../functions/get-gateway-logs";
import type { Operation } from "../connection/operation";
import { ProviderError } from "../engine/failure";
import { definedOnly } from "../values";
import { connect } from "./connect";

export async function getGatewayLogs(
  operation: Operation,
  { gatewayId, limit = logLimit.default, connection }: GetGatewayLogsArgs,
): Promise<GatewayLogEvent[]> {
  const problem = logLimitProblem(limit);
  if (problem !== undefined) throw new ProviderError("invalid_value", problem);
  const events = await recentEvents(connect(operation, connection), gatewayId, limit);
  return events.map(({ id, at, type, outcome, message }) => definedOnly({ id, at, type, outcome, message }));
}
