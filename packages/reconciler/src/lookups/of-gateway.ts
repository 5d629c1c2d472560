import { isApiError } from "@mcpstack/api-client";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";

/**
 * Reads something that belongs to a gateway, such as its servers.
 *
 * @throws ReconcileError `gateway_not_found` where it is answered 404 and the organization's list does not name the gateway; ApiError
 */
export async function ofGateway<Result>(
  run: Run,
  gatewayId: string,
  read: () => Promise<Result>,
  options: CallOptions,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isApiError(error, "not_found")) throw error;
    await run.reads.gone(gatewayId, options, error.status);
    throw await noSuchGateway(run, `with the id ${JSON.stringify(gatewayId)}`, options);
  }
}

export async function noSuchGateway(run: Run, which: string, options: CallOptions, hint = ""): Promise<ReconcileError> {
  const organization = await run.api.organizationId(options);
  return new ReconcileError(
    "gateway_not_found",
    `There is no gateway ${which} in organization ${organization}.${hint === "" ? "" : ` ${hint}`}`,
  );
}
