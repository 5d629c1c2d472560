import { logLimit, logLimitProblem, recentEvents } from "@mcpstack/reconciler";
import type { GatewayLogEvent, GetGatewayLogsArgs } from "../../functions/get-gateway-logs";
import { runFor } from "../connection/runs";
import { definedOnly } from "../values";

/** The `limit` of `getGatewayLogs` is no count of events that can be read. */
export class InvalidLimit extends Error {
  override readonly name = "InvalidLimit";
  readonly code = "invalid_value";
}

export async function getGatewayLogs({
  gatewayId,
  limit = logLimit.default,
  connection,
}: GetGatewayLogsArgs): Promise<GatewayLogEvent[]> {
  const problem = logLimitProblem(limit);
  if (problem !== undefined) throw new InvalidLimit(problem);
  const events = await recentEvents(runFor(connection), gatewayId, limit);
  return events.map(({ id, at, type, outcome, message }) => definedOnly({ id, at, type, outcome, message }));
}
