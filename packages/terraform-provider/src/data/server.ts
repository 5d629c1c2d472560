import type { Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";

/** `data "mcpstack_server"` */
export const serverData: DataSourceDefinition<Run> = {
  schema: schema({
    description: "An MCP server of the organization, looked up by its id or slug.",
    attributes: {
      server_id: { type: t.string, required: true, description: "Id or slug of the server." },
      id: { type: t.string, computed: true, description: "Id of the server." },
      slug: { type: t.string, computed: true, description: "Slug of the server." },
      name: { type: t.string, computed: true, description: "Name of the server." },
      runtime_type: { type: t.string, computed: true, description: "Runtime type as the service reports it." },
      status: { type: t.string, computed: true, description: "Status as the service reports it." },
      gateway_id: {
        type: t.string,
        computed: true,
        description: "Id of the gateway that the server uses, if it uses one.",
      },
      tools: { type: t.list(t.string), computed: true, description: "Names of the server's tools, sorted." },
    },
  }),
  async read({ config, client, ctx }) {
    const { api } = client;
    const wanted = String(config.server_id);
    const [server, attachment] = await Promise.all([
      api.getServer(wanted, { signal: ctx.signal }),
      api.getAttachment(wanted, { signal: ctx.signal }),
    ]);
    const { runtimeType } = server.raw;
    const tools = server.tools.flatMap((tool) => {
      const name = typeof tool === "object" && tool !== null ? (tool as { name?: unknown }).name : tool;
      return typeof name === "string" ? [name] : [];
    });
    return {
      state: {
        server_id: wanted,
        id: server.id,
        slug: server.slug ?? null,
        name: server.name ?? null,
        runtime_type: typeof runtimeType === "string" ? runtimeType : null,
        status: server.status ?? null,
        gateway_id: attachment?.gatewayId ?? null,
        tools: tools.sort(),
      },
    };
  },
};
