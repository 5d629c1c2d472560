import type { GatewayLogEvent, GetGatewayLogsArgs } from "../../functions/get-gateway-logs";
import { runFor } from "../connection/runs";
import { definedOnly } from "../values";

const mostEvents = 1000;
const pageSize = 50;

/** The `limit` of `getGatewayLogs` is no count of events that can be read. */
export class InvalidLimit extends Error {
  override readonly name = "InvalidLimit";
  readonly code = "invalid_value";

  constructor(limit: number) {
    super(`limit must be a whole number from 1 to ${mostEvents}, not ${limit}. (invalid_value)`);
  }
}

export async function getGatewayLogs({
  gatewayId,
  limit = pageSize,
  connection,
}: GetGatewayLogsArgs): Promise<GatewayLogEvent[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEvents) throw new InvalidLimit(limit);
  const events: GatewayLogEvent[] = [];
  const logs = runFor(connection).api.gatewayLogs(gatewayId, { pageSize: Math.min(limit, pageSize) });
  for await (const { id, at, type, outcome, message } of logs) {
    events.push(definedOnly({ id, at, type, outcome, message }) as GatewayLogEvent);
    if (events.length === limit) break;
  }
  return events;
}
