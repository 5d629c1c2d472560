import type { LogEvent } from "@mcpstack/api-client";
import type { CallOptions, Run } from "../run";

/** How many events of a gateway's log are read where nothing is said, and at most. */
export const logLimit = { default: 50, most: 1000 } as const;

/** Why a number cannot be a limit of events, or undefined. */
export function logLimitProblem(limit: number): string | undefined {
  if (Number.isInteger(limit) && limit >= 1 && limit <= logLimit.most) return undefined;
  return `limit must be a whole number from 1 to ${logLimit.most}, not ${limit}. (invalid_value)`;
}

/** Recent events of a gateway, in the order of the service; further pages are read only as far as the limit asks. */
export async function recentEvents(
  run: Run,
  gatewayId: string,
  limit: number = logLimit.default,
  { signal }: CallOptions = {},
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for await (const event of run.api.gatewayLogs(gatewayId, { signal, pageSize: Math.min(limit, logLimit.default) })) {
    events.push(event);
    if (events.length === limit) break;
  }
  return events;
}
