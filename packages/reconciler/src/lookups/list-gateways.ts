import { assertProvesAbsence } from "@mcpstack/api-client";
import { sameText } from "@mcpstack/model";
import type { CallOptions, Run } from "../run";
import { believedList } from "./believed-list";
import { byNameThenId } from "./order";

/** Which gateways of the organization are meant: those that every given part fits exactly. Default: all. */
export interface GatewayFilter {
  readonly name?: string | undefined;
  readonly providerType?: string | undefined;
}

/** One gateway of a list. A list promises no more than this. */
export interface ListedGateway {
  readonly id: string;
  /** Empty where the service has none. */
  readonly name: string;
  readonly providerType?: string | undefined;
  readonly status?: string | undefined;
}

/**
 * The gateways of the organization, by name and then by id.
 *
 * @throws ApiError
 */
export async function listGateways(
  run: Run,
  filter: GatewayFilter = {},
  options: CallOptions = {},
): Promise<ListedGateway[]> {
  const listed = await believedList(() => run.api.listGateways(options));
  assertProvesAbsence(listed, "Which gateways there are");
  const { gateways } = listed;
  return gateways
    .map(({ id, name = "", status, observed: { providerType } }) => ({ id, name, providerType, status }))
    .filter(({ name }) => filter.name === undefined || sameText(name, filter.name))
    .filter(({ providerType }) => filter.providerType === undefined || providerType === filter.providerType)
    .sort(byNameThenId);
}
