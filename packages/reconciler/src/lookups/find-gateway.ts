import { ApiError, type GatewayDocument } from "@mcpstack/api-client";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";

/** Finds one gateway by its id or else by its name. */
export async function findGateway(run: Run, idOrName: string, options: CallOptions = {}): Promise<GatewayDocument> {
  const byId = await run.api.getGateway(idOrName, options).catch((error: unknown) => {
    if (error instanceof ApiError && (error.code === "not_found" || error.code === "invalid")) return undefined;
    throw error;
  });
  if (byId) return byId;
  const { gateways } = await run.api.listGateways(options);
  const named = gateways.filter((gateway) => gateway.name === idOrName);
  const [only, ...more] = named;
  if (!only) {
    throw new ReconcileError(
      "gateway_not_found",
      `There is no gateway with the id or name ${JSON.stringify(idOrName)} in organization ${await run.api.organizationId(options)}.`,
    );
  }
  if (more.length > 0) {
    throw new ReconcileError(
      "gateway_name_ambiguous",
      `${named.length} gateways have the name ${JSON.stringify(idOrName)}: ${named.map((gateway) => gateway.id).join(", ")}. Give the id of one.`,
    );
  }
  return run.api.getGateway(only.id, options);
}
