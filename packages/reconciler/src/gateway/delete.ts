import { ApiError } from "@mcpstack/api-client";
import type { GatewayState } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";

/**
 * Deletes a gateway; one that is gone already is a success. What this run took over stays: a renamed resource that adopts is created
 * before its old self is deleted.
 *
 * @throws ReconcileError `organization_mismatch`, `gateway_has_servers`, ApiError
 */
export async function deleteGateway(run: Run, state: GatewayState, options: CallOptions = {}): Promise<void> {
  await run.assertOwner("Gateway", state, options);
  if (run.adopted.has(state.id)) return;
  try {
    await run.api.deleteGateway(state.id, options);
  } catch (error) {
    if (error instanceof ApiError && error.code === "conflict") throw await hasServers(run, state, error, options);
    throw error;
  }
  run.reads.forget(state.id);
}

async function hasServers(run: Run, state: GatewayState, error: ApiError, options: CallOptions): Promise<Error> {
  const servers = await run.api.gatewayServers(state.id, options).catch(() => []);
  if (servers.length === 0) return error;
  const names = servers.map((server) => server.slug ?? server.name ?? server.id).join(", ");
  return new ReconcileError(
    "gateway_has_servers",
    `Gateway ${state.id} (${state.name}) was not deleted: servers are attached to it: ${names}. Detach them, or remove their attachments in the same program, first.`,
  );
}
