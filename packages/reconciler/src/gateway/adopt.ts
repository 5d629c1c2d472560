import { ApiError, assertProvesAbsence, type GatewayDocument } from "@mcpstack/api-client";
import {
  editedFields,
  type GatewayProfile,
  type GatewayState,
  type KeptField,
  observedIntoState,
  type Problem,
  type ProfileField,
  sameText,
} from "@mcpstack/model";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { type GatewayApplied, metadataAfterApply, type WriteOptions, writtenState } from "./create";
import { editProblems } from "./edits";
import { filledBeside, type GatewayMemory } from "./memory";
import { updateGateway } from "./update";

/** Which gateway is taken over: the one with this id, or, for `true`, the one that has the profile's name. */
export type Adopt = string | true;

/** A field that taking a gateway over would write. `settingsWo` is never among them: `settingsWoVersion` stands for it. */
export interface AdoptedChange {
  readonly field: KeptField;
  readonly from: unknown;
  readonly to: unknown;
}

export interface AdoptionPlan {
  readonly id: string;
  readonly changes: readonly AdoptedChange[];
  /** What the program may not write anew, and the gateway does not have. */
  readonly refused: readonly Problem[];
}

/**
 * Says which gateway would be taken over and what would be written to it. What means the same is no change, and what the profile leaves
 * unset stays as it is.
 *
 * @param options `unknown` names the fields of the profile that are not known yet.
 * @throws ReconcileError `adopt_not_found`, `adopt_ambiguous`, ApiError
 */
export async function planAdoption(
  run: Run,
  desired: GatewayProfile,
  adopt: Adopt,
  options: CallOptions & { readonly unknown?: readonly ProfileField[] } = {},
): Promise<AdoptionPlan> {
  const { unknown } = options;
  const { prior } = await adopted(run, desired, adopt, options);
  const changes = editedFields(prior, desired).map((field) => ({ field, from: prior[field], to: desired[field] }));
  return { id: prior.id, changes, refused: editProblems({ desired, unknown }, [prior]) };
}

/**
 * Takes an existing gateway over and brings it to the desired profile. Nothing is written where it has it already.
 *
 * @throws ReconcileError `adopt_not_found`, `adopt_ambiguous`, ApiError
 */
export async function adoptGateway(
  run: Run,
  desired: GatewayProfile,
  adopt: Adopt,
  options: WriteOptions = {},
): Promise<GatewayApplied> {
  const { metadata = metadataAfterApply } = options;
  const { prior, memory } = await adopted(run, desired, adopt, options);
  if (run.adopted.has(prior.id)) {
    throw new ReconcileError(
      "adopt_ambiguous",
      `Gateway ${prior.id} is taken over by two resources of the same program. Give each the id of a gateway of its own.`,
      ["adopt"],
    );
  }
  run.adopted.add(prior.id);
  try {
    return await updateGateway(run, { prior, desired, memory, metadata }, options);
  } catch (error) {
    run.adopted.delete(prior.id);
    throw error;
  }
}

/** The state that the gateway has before it is taken over, in the spelling of the profile where that means the same. */
async function adopted(
  run: Run,
  desired: GatewayProfile,
  adopt: Adopt,
  options: CallOptions,
): Promise<{ prior: GatewayState; memory: GatewayMemory }> {
  const organizationId = await run.api.organizationId(options);
  const document = await run.owned(find(run, desired, adopt, options), options);
  // The version of write-only settings is known to no API: where there are any, they are written.
  const asDesired = {
    ...writtenState(desired, { id: document.id, organizationId, status: document.status }),
    settingsWoVersion: undefined,
  };
  // What the profile leaves unset stays as it is, whoever set it: taking over is a person's own decision.
  const prior = observedIntoState(asDesired, document.observed, document.unknownFields, () => true);
  return { prior, memory: { filled: filledBeside(desired, document) } };
}

async function find(run: Run, desired: GatewayProfile, adopt: Adopt, options: CallOptions): Promise<GatewayDocument> {
  if (adopt !== true) {
    return run.api.getGateway(adopt, options).catch(async (error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== "not_found") throw error;
      await run.reads.gone(adopt, options, error.status);
      throw new ReconcileError(
        "adopt_not_found",
        `There is no gateway with the id ${JSON.stringify(adopt)} to take over. Check the id and the organization, or leave \`adopt\` out to create one.`,
        ["adopt"],
      );
    });
  }
  const listed = await run.api.listGateways(options);
  const named = listed.gateways.filter((gateway) => sameText(gateway.name, desired.name));
  const [only, ...more] = named;
  if (!only) {
    assertProvesAbsence(listed, `Whether there is a gateway ${JSON.stringify(desired.name)} to take over`);
    throw new ReconcileError(
      "adopt_not_found",
      `There is no gateway of the name ${JSON.stringify(desired.name)} to take over. Give its id, or leave \`adopt\` out to create one.`,
      ["adopt"],
    );
  }
  if (more.length > 0) {
    throw new ReconcileError(
      "adopt_ambiguous",
      `${named.length} gateways have the name ${JSON.stringify(desired.name)}: ${named.map(({ id }) => id).join(", ")}. Give the id of the one to take over.`,
      ["adopt"],
    );
  }
  return run.api.getGateway(only.id, options);
}
