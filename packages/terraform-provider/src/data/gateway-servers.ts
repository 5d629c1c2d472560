import type { Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";

/** `data "mcpstack_gateway_servers"` */
export const gatewayServersData: DataSourceDefinition<Run> = {
  schema: schema({
    description: "The MCP servers that use a gateway, ordered by id.",
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
    const servers = await client.api.gatewayServers(String(config.gateway_id), { signal: ctx.signal });
    return {
      state: {
        gateway_id: config.gateway_id ?? null,
        servers: servers
          .map((server) => ({
            id: server.id,
            slug: server.slug ?? null,
            name: server.name ?? null,
            status: server.status ?? null,
          }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      },
    };
  },
};
