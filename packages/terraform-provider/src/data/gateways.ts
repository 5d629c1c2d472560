import type { Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";

/** `data "mcpstack_gateways"` */
export const gatewaysData: DataSourceDefinition<Run> = {
  schema: schema({
    description:
      "All Gateway profiles of the organization, ordered by name and id. A list promises only these few fields; look a gateway up for the rest.",
    attributes: {
      provider_type: { type: t.string, optional: true, description: "Only gateways of this provider type." },
      gateways: {
        computed: true,
        description: "The gateways.",
        nested: {
          nesting: "list",
          attributes: {
            id: { type: t.string, computed: true, description: "Id of the gateway." },
            name: { type: t.string, computed: true, description: "Name of the gateway." },
            provider_type: { type: t.string, computed: true, description: "Kind of identity provider." },
            status: { type: t.string, computed: true, description: "Status as the service reports it." },
          },
        },
      },
    },
  }),
  async read({ config, client, ctx }) {
    const { gateways } = await client.api.listGateways({ signal: ctx.signal });
    const rows = gateways
      .filter((gateway) => config.provider_type === null || gateway.observed.providerType === config.provider_type)
      .map((gateway) => ({
        id: gateway.id,
        name: gateway.name ?? null,
        provider_type: gateway.observed.providerType ?? null,
        status: gateway.status ?? null,
      }))
      .sort((a, b) => compare(a.name ?? "", b.name ?? "") || compare(a.id, b.id));
    return { state: { ...config, gateways: rows } };
  },
};

/** By code point: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
