import {
  type AcceptedMetadata,
  type Finding,
  gatewayFields,
  metadataFields,
  profileFields,
  validateGateway,
} from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import {
  createGateway,
  decideGateway,
  deleteGateway,
  findingsOf,
  importGateway,
  readGateway,
  updateGateway,
} from "@mcpstack/reconciler";
import {
  type Diagnostic,
  type ReadResult,
  type ResourceDefinition,
  schema,
  t,
  unknown,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";
import { findingDiagnostic, problemDiagnostic } from "../diagnostics";
import { sayingOnce } from "../say-once";
import { attributesOf } from "../schema/attributes";
import { containsUnknown, fromAttributes, toAttributes } from "../values/convert";
import { organizationOf } from "../values/identity";
import { desiredGateway, type GatewayPrivate, gatewayAttributes, gatewayPrivate, gatewayState } from "./state";

/** While the provider's configuration is not known, it adds no trust. */
const nobody = { policy: {}, trustedOrigins: [] };

const attributes = attributesOf(gatewayFields);

/** `mcpstack_gateway`. */
export const gatewayResource: ResourceDefinition<Run> = {
  schema: schema({
    description:
      "A Gateway profile: the OAuth and resource settings used when an MCP server needs user-scoped auth. It can be used by many servers.",
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
    const { discovered: previous } = kept as GatewayPrivate;
    const refresh = async (): Promise<ReadResult> => {
      const read = await readGateway(client, gatewayState(state), { signal: ctx.signal, previous });
      if (!read.state) return { state: null };
      return {
        state: { ...gatewayAttributes(read.state, state) },
        private: gatewayPrivate(read.discovered),
        identity: identityOf(read.state),
        diagnostics: diagnosticsOf(read.findings ?? []),
      };
    };
    return sayingOnce(client, refresh, { state });
  },

  async plan({ prior, proposed: planned, config, priorPrivate, client, ctx }) {
    if (!planned || !config) return {};
    const { discovered } = priorPrivate as GatewayPrivate;
    const { desired, unknown: unknownNames } = desiredGateway(planned, config);
    const input = { prior: prior ? gatewayState(prior) : undefined, desired, unknown: unknownNames, discovered };
    const decided = decideGateway(input, client ?? nobody);
    const findings = client ? await findingsOf(client, input, decided, { signal: ctx.signal }) : [];
    return {
      planned: { ...planned, metadata: decided.metadata.known ? metadataValue(decided.metadata.value) : unknown },
      diagnostics: diagnosticsOf(findings),
    };
  },

  async create({ planned, config, client, ctx }) {
    const { desired } = desiredGateway(planned, config);
    const { state, discovered } = await createGateway(client, desired, { signal: ctx.signal });
    return {
      state: { ...planned, ...outputsOf(gatewayAttributes(state)) },
      private: gatewayPrivate(discovered),
      identity: identityOf(state),
    };
  },

  async update({ prior, planned, config, private: kept, client, ctx }) {
    const { desired } = desiredGateway(planned, config);
    const metadata = containsUnknown(planned.metadata)
      ? ({ known: false } as const)
      : ({ known: true, value: metadataOf(planned.metadata ?? null) } as const);
    const { discovered } = kept as GatewayPrivate;
    const updated = await updateGateway(
      client,
      { prior: gatewayState(prior), desired, metadata, discovered },
      { signal: ctx.signal },
    );
    return {
      state: { ...planned, ...outputsOf(gatewayAttributes(updated.state)) },
      private: gatewayPrivate(updated.discovered),
      identity: identityOf(updated.state),
    };
  },

  async delete({ prior, client, ctx }) {
    await deleteGateway(client, gatewayState(prior), { signal: ctx.signal });
    return {};
  },

  async import({ id, identity, client, ctx }) {
    const idOrName = identityId(identity) ?? id;
    await client.assertOwner(
      "Gateway",
      { id: idOrName, organizationId: organizationOf(identity) },
      { signal: ctx.signal },
    );
    const { state, discovered } = await importGateway(client, idOrName, { signal: ctx.signal });
    return { state: gatewayAttributes(state), private: gatewayPrivate(discovered), identity: identityOf(state) };
  },
};

function diagnosticsOf(findings: readonly Finding[]): Diagnostic[] {
  return findings.flatMap((finding) => findingDiagnostic(finding, gatewayFields) ?? []);
}

function metadataValue(metadata: AcceptedMetadata | undefined): Value {
  return metadata ? toAttributes(metadataFields, { ...metadata }) : null;
}

function metadataOf(value: Value): AcceptedMetadata | undefined {
  return value === null ? undefined : (fromAttributes(metadataFields, value as ValueObject) as AcceptedMetadata);
}

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
