import type { CallOptions, Run } from "../run";
import { ofGateway } from "./of-gateway";
import { byNameThenId } from "./order";

/** A server that uses a gateway. */
export interface GatewayServer {
  readonly id: string;
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly status?: string | undefined;
}

/**
 * The servers that use a gateway, by name and then by id.
 *
 * @throws ReconcileError `gateway_not_found`, ApiError
 */
export async function gatewayServers(run: Run, gatewayId: string, options: CallOptions = {}): Promise<GatewayServer[]> {
  const servers = await ofGateway(run, gatewayId, () => run.api.gatewayServers(gatewayId, options), options);
  return servers.map(({ id, name, slug, status }) => ({ id, name, slug, status })).sort(byNameThenId);
}
