import { gatewayServers, type Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";
import { atAttribute } from "./at-attribute";

/** `data "mcpstack_gateway_servers"` */
export const gatewayServersData: DataSourceDefinition<Run> = {
  schema: schema({
    description: "The MCP servers that use a gateway, by name and then by id.",
    attributes: {
      gateway_id: { type: t.string, required: true, description: "Id of the gateway." },
      servers: {
        computed: true,
        description: "The servers.",
        nested: {
          nesting: "list",
          attributes: {
            id: { type: t.string, computed: true, description: "Id of the server." },
            slug: { type: t.string, computed: true, description: "Slug of the server." },
            name: { type: t.string, computed: true, description: "Name of the server." },
            status: { type: t.string, computed: true, description: "Status as the service reports it." },
          },
        },
      },
    },
  }),
  async read({ config, client, ctx }) {
    const servers = await atAttribute("gateway_id", () =>
      gatewayServers(client, String(config.gateway_id), { signal: ctx.signal }),
    );
    return {
      state: {
        gateway_id: config.gateway_id ?? null,
        servers: servers.map(({ id, slug, name, status }) => ({
          id,
          slug: slug ?? null,
          name: name ?? null,
          status: status ?? null,
        })),
      },
    };
  },
};
