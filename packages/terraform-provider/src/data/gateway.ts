import type { GatewayDocument } from "@mcpstack/api-client";
import { type Fields, gatewayOutputFields, profileFields, storedFields } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import { findGateway } from "@mcpstack/reconciler";
import { type DataSourceDefinition, DiagnosticsError, schema, t, type ValueObject } from "@mcpstack/tfplugin";
import { computedAttributesOf } from "../schema/attributes";
import { toAttributes } from "../values/convert";

const { id, organizationId, status } = gatewayOutputFields;

/** What the API says about a gateway: no accepted metadata, since nobody accepted anything. */
export const observedFields: Fields = {
  ...Object.fromEntries(storedFields.map((name) => [name, profileFields[name]])),
  id,
  organizationId,
  status,
};

export function observedAttributes(document: GatewayDocument, organization: string): ValueObject {
  return toAttributes(observedFields, {
    ...document.observed,
    id: document.id,
    organizationId: document.organizationId ?? organization,
    status: document.status,
  });
}

/** `data "mcpstack_gateway"` */
export const gatewayData: DataSourceDefinition<Run> = {
  schema: schema({
    description: "An existing Gateway profile, looked up by its id or its name.",
    attributes: {
      ...computedAttributesOf(observedFields),
      id: { type: t.string, optional: true, computed: true, description: "Id of the gateway. Give this or `name`." },
      name: {
        type: t.string,
        optional: true,
        computed: true,
        description: "Name of the gateway, which must be the only one of that name. Give this or `id`.",
      },
    },
  }),
  validate: (config) =>
    (config.id === null) === (config.name === null)
      ? [
          {
            severity: "error",
            summary: "Give either id or name",
            detail: "A gateway is looked up by exactly one of them. (look_up_ambiguous)",
            path: ["id"],
          },
        ]
      : [],
  async read({ config, client, ctx }) {
    const wanted = String(config.id ?? config.name);
    const document = await findGateway(client, wanted, { signal: ctx.signal });
    if (config.id !== null && document.id !== wanted) {
      throw new DiagnosticsError([
        {
          severity: "error",
          summary: "No such gateway",
          detail: `There is no gateway with the id ${wanted}; one of that name has the id ${document.id}. (gateway_not_found)`,
          path: ["id"],
        },
      ]);
    }
    return { state: observedAttributes(document, await client.api.organizationId()) };
  },
};
