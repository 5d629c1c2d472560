import { ApiError, encodeGateway, type GatewayDocument } from "@mcpstack/api-client";
import { type GatewayProfile, type GatewayState, meansSame, profileFields, storedFields } from "@mcpstack/model";
import { metadataFieldNames } from "@mcpstack/oauth-metadata";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { filledBeside, type GatewayMemory, storedPart } from "./memory";
import { type PlannedMetadata, settleMetadata } from "./planned-metadata";
import { type Notice, notShown, remembered, unshownAfter } from "./settings";
import { lookBeforeWriting } from "./settle";

export interface GatewayApplied {
  readonly state: GatewayState;
  readonly memory: GatewayMemory;
  /** What the write brought to light: warnings. */
  readonly notices?: readonly Notice[] | undefined;
}

export interface WriteOptions extends CallOptions {
  /** As planned: what is not known yet is looked for before anything is written. Default: nothing is known. */
  readonly metadata?: PlannedMetadata | undefined;
}

export const metadataAfterApply: PlannedMetadata = { value: undefined, unknown: metadataFieldNames };

/**
 * Creates a gateway, once: a create whose answer was lost, or names a gateway that was there before, is not repeated; the one new gateway
 * that it can only have made is adopted.
 * What was sent is seen through, so that a run which is stopped knows what it made: the signal counts before that and after it.
 *
 * @throws ReconcileError `create_unconfirmed`, `findings_refuse`, ApiError
 */
export async function createGateway(
  run: Run,
  desired: GatewayProfile,
  options: WriteOptions = {},
): Promise<GatewayApplied> {
  const { metadata = metadataAfterApply } = options;
  run.api.secrets.add(desired.settingsWo);
  const organizationId = await run.api.organizationId(options);
  const before = await run.gatewaysBefore();
  const look = await lookBeforeWriting(run, { desired }, metadata, options);
  // In turn, so that a lost answer cannot be taken for a namesake that another resource is creating at the same time.
  const document = await run.inTurn(`create ${desired.name}`, async () => {
    options.signal?.throwIfAborted();
    const { settingsWo: writeOnly } = desired;
    const sent = run.api.createGateway(encodeGateway(desired), { writeOnly });
    const isOld = (id: string) => (before.has(id) && !run.deleted.has(id)) || run.claimed.has(id);
    const created = await sent.then(newOne(desired, isOld)).catch((error: unknown) => {
      if (error instanceof ApiError && error.mayHaveHappened) return findLost(run, desired, isOld, error);
      throw error;
    });
    run.claimed.add(created.id);
    run.deleted.delete(created.id);
    return created;
  });
  run.reads.forget(document.id);
  const accepted = settleMetadata(metadata, look.found);
  const unshown = await unshownAfter(run, desired, document, options);
  const filled = filledBeside(desired, document);
  return {
    state: writtenState(desired, { id: document.id, organizationId, status: document.status, metadata: accepted }),
    memory: { written: storedPart(desired), filled, ...remembered(unshown), discovered: look.discovered },
    notices: notShown(unshown),
  };
}

/** The state of a gateway just written: the profile as the program spelled it, and what the service and the issuer said. */
export function writtenState(
  desired: GatewayProfile,
  outputs: Pick<GatewayState, "id" | "organizationId" | "status" | "metadata">,
): GatewayState {
  const { settingsWo: _, ...kept } = desired;
  return { ...kept, ...outputs };
}

/** An answer about a gateway that somebody has already, or that is another one, says nothing of the new one: it is as good as lost. */
function newOne(
  desired: GatewayProfile,
  isOld: (id: string) => boolean,
): (created: GatewayDocument) => GatewayDocument {
  return (created) => {
    const other = isOld(created.id)
      ? "which was there before"
      : isAnother(created, desired)
        ? "which has another name or issuer than what was sent"
        : undefined;
    if (other === undefined) return created;
    throw new ApiError({
      code: "unexpected_answer",
      method: "POST",
      summary: `it names the gateway ${created.id}, ${other} and is not taken over`,
      mayHaveHappened: true,
    });
  };
}

/** No service gives a gateway another name, or issuer, than it was told; what an answer leaves out says nothing. */
function isAnother({ observed }: GatewayDocument, desired: GatewayProfile): boolean {
  return (["name", "authorizationServerUrl"] as const).some(
    (field) =>
      desired[field] !== undefined &&
      observed[field] !== undefined &&
      !meansSame(profileFields[field], desired[field], observed[field]),
  );
}

async function findLost(
  run: Run,
  desired: GatewayProfile,
  isOld: (id: string) => boolean,
  error: ApiError,
): Promise<GatewayDocument> {
  const created = "It may have been created.";
  const candidates: GatewayDocument[] = [];
  try {
    const { gateways } = await run.api.listGateways();
    for (const item of gateways) {
      if (isOld(item.id) || item.name !== desired.name) continue;
      // A list item promises only four fields: the profile is compared with the gateway's own document.
      const own = await run.api.getGateway(item.id);
      if (holds(own, desired)) candidates.push(own);
    }
  } catch (listing) {
    throw new ReconcileError(
      "create_unconfirmed",
      `The answer to creating gateway ${JSON.stringify(desired.name)} was lost (${error.message}) and the list of gateways could not be ` +
        `read either (${(listing as Error).message}). ${created} Look for a gateway of that name and import it by its id before applying again.`,
    );
  }
  const [only, ...more] = candidates;
  if (only && more.length === 0) return only;
  const what = only
    ? `Several new gateways could be the one: ${candidates.map((gateway) => gateway.id).join(", ")}. Delete those that are not wanted and import the one that is, by its id.`
    : `No new gateway of that name and profile is listed. Apply again once the list is certain; if it appears after all, import it by its id.`;
  throw new ReconcileError(
    "create_unconfirmed",
    `The answer to creating gateway ${JSON.stringify(desired.name)} was lost (${error.message}). ${what}`,
  );
}

/** Whether a document holds a desired profile, by meaning; what the service filled in besides, or does not show, does not matter. */
export function holds(document: GatewayDocument, desired: GatewayProfile): boolean {
  return storedFields.every(
    (name) => desired[name] === undefined || meansSame(profileFields[name], desired[name], document.observed[name]),
  );
}
