import {
  type ApiError,
  assertProvesAbsence,
  type GatewayDocument,
  type GatewayReadOptions,
  isApiError,
} from "@mcpstack/api-client";
import { type ObservedProfile, sameText } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { believedList } from "./believed-list";
import { noSuchGateway } from "./of-gateway";
import { byCodePoint } from "./order";

/** Which gateway is meant. A text is its id or, where no gateway has that id, its name. */
export type GatewayWanted = string | { readonly id: string } | { readonly name: string };

/** A gateway as the service has it. No metadata: nobody accepted any. */
export interface FoundGateway extends ObservedProfile {
  readonly id: string;
  readonly organizationId: string;
  readonly status?: string | undefined;
  /** Empty where the service has none. */
  readonly name: string;
  /** Sorted by code point. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * Looks up a gateway that this program does not manage.
 *
 * @throws ReconcileError `gateway_not_found`, `gateway_name_ambiguous`, ApiError
 */
export async function lookUpGateway(run: Run, wanted: GatewayWanted, options: CallOptions = {}): Promise<FoundGateway> {
  const { id, name = "", organizationId, status, observed } = await findGateway(run, wanted, options);
  return {
    ...observed,
    ...(observed.scopes && { scopes: [...observed.scopes].sort(byCodePoint) }),
    id,
    name,
    organizationId: organizationId ?? (await run.api.organizationId(options)),
    status,
  };
}

/**
 * Finds one gateway and reads its own document. A 404 counts only where the organization's list does not name the gateway.
 *
 * @throws ReconcileError `gateway_not_found`, `gateway_name_ambiguous`, ApiError
 */
export async function findGateway(
  run: Run,
  wanted: GatewayWanted,
  options: CallOptions = {},
): Promise<GatewayDocument> {
  const { id, name } = partsOf(wanted);
  const meant = name ?? id ?? "";
  // A service that resolves names may answer a namesake: it counts only where the list has no other of that name.
  const own = { ...options, orName: name !== undefined };
  const { document: told, refused } = id === undefined ? {} : await ownDocument(run, id, own);
  if (told && told.id === id) return told;
  const listed = await believedList(() => run.api.listGateways(options));
  const { gateways } = listed;
  if (id !== undefined && gateways.some((gateway) => gateway.id === id))
    await run.reads.gone(id, options, refused?.status);
  const named = gateways.filter((gateway) => sameText(gateway.name, meant)).map((gateway) => gateway.id);
  if (name === undefined || named.length === 0)
    assertProvesAbsence(listed, `Whether there is a gateway ${JSON.stringify(meant)}`);
  if (name === undefined) {
    const hint = named.length === 0 ? "" : `One of that name has the id ${named.join(", ")}.`;
    throw await noSuchGateway(run, `with the id ${JSON.stringify(id)}`, options, hint);
  }
  const [only, ...more] = named;
  const searched = id === undefined ? "name" : "id or name";
  if (only === undefined) throw await noSuchGateway(run, `with the ${searched} ${JSON.stringify(name)}`, options);
  if (more.length > 0) {
    throw new ReconcileError(
      "gateway_name_ambiguous",
      `${named.length} gateways have the name ${JSON.stringify(name)}: ${named.join(", ")}. Give the id of one.`,
    );
  }
  const found = told?.id === only ? { document: told } : await ownDocument(run, only, options);
  if (found.document) return found.document;
  // It may have been deleted since the list was read.
  await run.reads.gone(only, options, found.refused?.status);
  throw await noSuchGateway(run, `with the ${searched} ${JSON.stringify(name)}`, options);
}

function partsOf(wanted: GatewayWanted): { readonly id?: string; readonly name?: string } {
  return typeof wanted === "string" ? { id: wanted, name: wanted } : wanted;
}

/** A gateway's own document, or the answer that there is none, or that this cannot be an id. */
async function ownDocument(
  run: Run,
  id: string,
  options: GatewayReadOptions,
): Promise<{ readonly document?: GatewayDocument; readonly refused?: ApiError }> {
  try {
    return { document: await run.owned(run.api.getGateway(id, options), options) };
  } catch (error) {
    if (isApiError(error, "not_found", "invalid")) return { refused: error };
    throw error;
  }
}
