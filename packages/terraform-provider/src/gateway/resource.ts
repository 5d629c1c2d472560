import {
  type AcceptedMetadata,
  type Finding,
  gatewayFields,
  metadataFields,
  profileFields,
  snakeCase,
  validateGateway,
} from "@mcpstack/model";
import {
  createGateway,
  decideGateway,
  deleteGateway,
  findingsOf,
  foreseeGateway,
  foreseeGatewayDelete,
  type GatewayApplied,
  importGateway,
  type PlannedMetadata,
  type Run,
  readGateway,
  refusedEdits,
  rememberedGateway,
  updateGateway,
} from "@mcpstack/reconciler";
import {
  type Diagnostic,
  isUnknown,
  type ReadResult,
  type ResourceDefinition,
  schema,
  t,
  unknown,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";
import { findingDiagnostic, hearing, planDiagnostics, problemDiagnostic, refusingAtAttributes } from "../diagnostics";
import { keepingPartial } from "../partial-failure";
import { sayingOnce } from "../say-once";
import { attributesOf } from "../schema/attributes";
import { containsUnknown, fromAttributes, known, toAttributes } from "../values/convert";
import { organizationOf } from "../values/identity";
import { desiredGateway, gatewayAttributes, gatewayPrivate, gatewayState } from "./state";

const attributes = attributesOf(gatewayFields);

/** `mcpstack_gateway`. */
export const gatewayResource: ResourceDefinition<Run> = {
  schema: schema({
    description:
      "A Gateway profile: the OAuth and resource settings used when an MCP server needs user-scoped auth. It can be used by many servers. " +
      "A program may say of an existing gateway whatever it has, such as a plain http issuer, but for user information in a URL, which may be a password: " +
      "take that out of the gateway first. What a program writes anew is judged more strictly, by the plan.",
    attributes: {
      ...attributes,
      ...Object.fromEntries(
        (["id", "organization_id", "status"] as const).map((name) => [
          name,
          { ...attributes[name], planModifiers: ["useStateForUnknown"] } as (typeof attributes)[string],
        ]),
      ),
    },
  }),
  identity: {
    attributes: {
      id: { type: t.string, description: gatewayFields.id.description },
      organization_id: {
        type: t.string,
        optionalForImport: true,
        description: gatewayFields.organizationId.description,
      },
    },
  },

  validate: (config) =>
    validateGateway(fromAttributes(profileFields, config), { isUnknown: containsUnknown }).map((problem) =>
      problemDiagnostic(problem, profileFields),
    ),

  async read({ state, private: kept, client, ctx }) {
    const memory = rememberedGateway(kept);
    const { diagnostics, hear } = hearing(gatewayFields);
    const refresh = async (): Promise<ReadResult> => {
      const options = { signal: ctx.signal, memory, hear, mayPrecedeDestroy: ctx.mayPrecedeDestroy() };
      const read = await readGateway(client, gatewayState(state), options);
      if (!read.state) return { state: null };
      return {
        state: { ...gatewayAttributes(read.state, state) },
        private: gatewayPrivate(read.memory),
        identity: identityOf(read.state),
        diagnostics: [...diagnostics, ...diagnosticsOf(read.findings ?? [])],
      };
    };
    return sayingOnce(client, refresh, { state });
  },

  async plan({ prior, proposed: planned, config, priorPrivate, client, ctx }) {
    if (!planned || !config) {
      const { diagnostics, hear } = hearing(gatewayFields);
      if (prior && client) foreseeGatewayDelete(client, gatewayState(prior), { hear });
      return { diagnostics };
    }
    const { desired, unknown: unknownNames } = desiredGateway(planned, config);
    client?.api.secrets.add(desired.settingsWo);
    const memory = rememberedGateway(priorPrivate);
    const input = { prior: prior ? gatewayState(prior) : undefined, memory, desired, unknown: unknownNames };
    const { metadata } = decideGateway(input, client);
    const refused = await refusedEdits(client, input, { signal: ctx.signal });
    const findings = client ? await findingsOf(client, input, { signal: ctx.signal }) : [];
    const { diagnostics, hear } = hearing(gatewayFields, ctx);
    if (client) {
      // Core plans what is replaced once more, without what there was, and hands on what was kept beside it.
      const hasPredecessor = !prior && Object.keys(memory).length > 0;
      const foreseen = await foreseeGateway(client, { ...input, hasPredecessor }, { signal: ctx.signal });
      for (const notice of foreseen) hear(notice);
    }
    return {
      planned: { ...planned, metadata: plannedValue(metadata) },
      diagnostics: [...diagnostics, ...planDiagnostics(findings, gatewayFields, ctx, refused)],
    };
  },

  async create({ planned, config, client, ctx }) {
    const { desired } = desiredGateway(planned, config);
    const metadata = plannedMetadata(planned.metadata ?? null);
    const { diagnostics, hear } = hearing(gatewayFields);
    const creation = createGateway(client, desired, { signal: ctx.signal, metadata, hear });
    const made = await refusingAtAttributes(keepingCreated(planned, creation), gatewayFields);
    return applied(planned, made, diagnostics);
  },

  async update({ prior, planned, config, private: kept, client, ctx }) {
    const { desired } = desiredGateway(planned, config);
    const metadata = plannedMetadata(planned.metadata ?? null);
    const memory = rememberedGateway(kept);
    const change = { prior: gatewayState(prior), desired, metadata, memory };
    const { diagnostics, hear } = hearing(gatewayFields);
    const update = updateGateway(client, change, { signal: ctx.signal, hear });
    const made = await refusingAtAttributes(update, gatewayFields);
    return applied(planned, made, diagnostics);
  },

  async delete({ prior, private: kept, client, ctx }) {
    await deleteGateway(client, gatewayState(prior), { signal: ctx.signal, memory: rememberedGateway(kept) });
    return {};
  },

  async import({ id, identity, client, ctx }) {
    const idOrName = identityId(identity) ?? id;
    await client.assertOwner(
      "Gateway",
      { id: idOrName, organizationId: organizationOf(identity) },
      { signal: ctx.signal },
    );
    const { state, memory } = await importGateway(client, idOrName, { signal: ctx.signal });
    return { state: gatewayAttributes(state), private: gatewayPrivate(memory), identity: identityOf(state) };
  },
};

/** What was planned must come out of an apply: what the service shows otherwise is said, and in the state after the next refresh. */
function applied(planned: ValueObject, { state, memory, findings = [] }: GatewayApplied, heard: readonly Diagnostic[]) {
  return {
    state: { ...planned, ...outputsOf(gatewayAttributes(state)) },
    private: gatewayPrivate(memory),
    identity: identityOf(state),
    diagnostics: [...diagnosticsOf(findings), ...heard],
  };
}

/** A gateway that was made otherwise than it was to be is in the state as the service shows it. */
function keepingCreated(planned: ValueObject, creation: Promise<GatewayApplied>): Promise<GatewayApplied> {
  return keepingPartial(creation, ({ state, memory }) => ({
    state: { ...planned, ...gatewayAttributes(state) },
    private: gatewayPrivate(memory),
    identity: identityOf(state),
  }));
}

function diagnosticsOf(findings: readonly Finding[]): Diagnostic[] {
  return findings.flatMap((finding) => findingDiagnostic(finding, gatewayFields) ?? []);
}

/** What the decision knows, and unknown where it does not: an object of which a part is unknown, where the rest is known. */
function plannedValue({ value, unknown: names }: PlannedMetadata): Value {
  if (names.length === metadataNames.length) return unknown;
  if (value === undefined) return null;
  const open = Object.fromEntries(names.map((name) => [snakeCase(name), unknown]));
  return { ...toAttributes(metadataFields, { ...value }), ...open };
}

function plannedMetadata(planned: Value): PlannedMetadata {
  if (isUnknown(planned)) return { value: undefined, unknown: metadataNames };
  if (planned === null) return { value: undefined, unknown: [] };
  const values = fromAttributes(metadataFields, planned as ValueObject);
  return {
    value: known(values) as AcceptedMetadata,
    unknown: metadataNames.filter((name) => containsUnknown(values[name])),
  };
}

const metadataNames = Object.keys(metadataFields) as (keyof typeof metadataFields)[];

/** What the service and the issuer decide; everything else must come back from an apply exactly as it was planned. */
function outputsOf(state: ValueObject): ValueObject {
  const { id, organization_id, status, metadata } = state;
  return {
    id: id ?? null,
    organization_id: organization_id ?? null,
    status: status ?? null,
    metadata: metadata ?? null,
  };
}

function identityOf(state: { readonly id: string; readonly organizationId: string }): ValueObject {
  return { id: state.id, organization_id: state.organizationId };
}

function identityId(identity: ValueObject | undefined): string | undefined {
  return typeof identity?.id === "string" ? identity.id : undefined;
}
