import { encodeGateway } from "@mcpstack/api-client";
import {
  type AcceptedMetadata,
  editedFields,
  type GatewayProfile,
  type GatewayState,
  isWrittenToApi,
  storedFields,
} from "@mcpstack/model";
import type { Discovered } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";
import { type GatewayApplied, writtenState } from "./create";
import { discoverFor, firstAccepted, policyOf } from "./findings";
import { withoutWriteOnly } from "./write-only";

export interface GatewayUpdate {
  readonly prior: GatewayState;
  readonly desired: GatewayProfile;
  /** As planned: the value to accept, or not known before the update. */
  readonly metadata: { readonly known: true; readonly value: AcceptedMetadata | undefined } | { readonly known: false };
  /** What the plan was made from; kept where the update does not look again. */
  readonly discovered?: Discovered | undefined;
}

/**
 * Updates a gateway in place. The document is read first and written back whole, so that fields unknown to this project survive.
 * A profile that did not change is not written: accepting metadata alone sends nothing.
 *
 * @throws ReconcileError `organization_mismatch`, ApiError (`masked_field` among them)
 */
export async function updateGateway(
  run: Run,
  update: GatewayUpdate,
  options: CallOptions = {},
): Promise<GatewayApplied> {
  const { prior, desired } = update;
  await run.assertOwner("Gateway", prior, options);
  run.claimed.add(prior.id);
  if (editedFields(prior, desired).some(isWrittenToApi)) {
    const current = await run.api.getGateway(prior.id, options);
    const cleared = storedFields.filter((name) => prior[name] !== undefined && desired[name] === undefined);
    const document = encodeGateway(desired, current.raw, { cleared });
    await withoutWriteOnly(desired, () => run.api.updateGateway(prior.id, document, options));
    run.reads.forget(prior.id);
  }
  const applied = (metadata: AcceptedMetadata | undefined) =>
    // `status` is planned as it was; the next refresh picks a new one up.
    writtenState(desired, { id: prior.id, organizationId: prior.organizationId, status: prior.status, metadata });
  if (update.metadata.known) {
    // The next read keeps nothing where nobody looks any more, so neither does this.
    const looks = policyOf(run, desired).metadataCheck !== "off";
    return { state: applied(update.metadata.value), discovered: looks ? update.discovered : undefined };
  }
  // What was written has to reach the state, also where the run is stopped meanwhile.
  const discovered = await discoverFor(run, desired, options).catch(() => undefined);
  return { state: applied(firstAccepted(run, desired, discovered)), discovered };
}
