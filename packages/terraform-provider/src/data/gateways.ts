import { listGateways, type Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t, type Value } from "@mcpstack/tfplugin";

/** `data "mcpstack_gateways"` */
export const gatewaysData: DataSourceDefinition<Run> = {
  schema: schema({
    description:
      "All Gateway profiles of the organization, by name and then by id. A list promises only these few fields; look a gateway up for the rest.",
    attributes: {
      name: { type: t.string, optional: true, description: "Only gateways of exactly this name." },
      provider_type: { type: t.string, optional: true, description: "Only gateways of exactly this provider type." },
      gateways: {
        computed: true,
        description: "The gateways.",
        nested: {
          nesting: "list",
          attributes: {
            id: { type: t.string, computed: true, description: "Id of the gateway." },
            name: {
              type: t.string,
              computed: true,
              description: "Name of the gateway.",
            },
            provider_type: { type: t.string, computed: true, description: "Kind of identity provider." },
            status: { type: t.string, computed: true, description: "Status as the service reports it." },
          },
        },
      },
    },
  }),
  async read({ config, client, ctx }) {
    const filter = { name: textOf(config.name), providerType: textOf(config.provider_type) };
    const gateways = await listGateways(client, filter, { signal: ctx.signal });
    const rows = gateways.map(({ id, name, providerType, status }) => ({
      id,
      name: name || null,
      provider_type: providerType ?? null,
      status: status ?? null,
    }));
    return { state: { ...config, gateways: rows } };
  },
};

function textOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
