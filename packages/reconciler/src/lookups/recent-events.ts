import type { LogEvent } from "@mcpstack/api-client";
import type { CallOptions, Run } from "../run";
import { ofGateway } from "./of-gateway";

/** How many events of a gateway's log are read where nothing is said, and at most. */
export const logLimit = { default: 50, most: 1000 } as const;

/** Why a number cannot be a limit of events, or undefined. */
export function logLimitProblem(limit: number): string | undefined {
  if (Number.isInteger(limit) && limit >= 1 && limit <= logLimit.most) return undefined;
  return `limit must be a whole number from 1 to ${logLimit.most}, not ${limit}. (invalid_value)`;
}

/**
 * Recent events of a gateway, in the order of the service; further pages are read only as far as the limit asks.
 *
 * @throws ReconcileError `gateway_not_found`, ApiError
 */
export async function recentEvents(
  run: Run,
  gatewayId: string,
  limit: number = logLimit.default,
  options: CallOptions = {},
): Promise<LogEvent[]> {
  const read = { signal: options.signal, pageSize: Math.min(limit, logLimit.default) };
  return ofGateway(run, gatewayId, () => first(limit, run.api.gatewayLogs(gatewayId, read)), options);
}

async function first<Item>(limit: number, items: AsyncIterable<Item>): Promise<Item[]> {
  const taken: Item[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === limit) break;
  }
  return taken;
}
