import { findServer, type Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";
import { atAttribute } from "./at-attribute";

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
      public_id: {
        type: t.string,
        computed: true,
        description: "Name of the server's public route, if it is attached.",
      },
      tools: { type: t.list(t.string), computed: true, description: "Names of the server's tools, sorted." },
    },
  }),
  async read({ config, client, ctx }) {
    const wanted = String(config.server_id);
    const found = await atAttribute("server_id", () => findServer(client, wanted, { signal: ctx.signal }));
    return {
      state: {
        server_id: wanted,
        id: found.id,
        slug: found.slug ?? null,
        name: found.name ?? null,
        runtime_type: found.runtimeType ?? null,
        status: found.status ?? null,
        gateway_id: found.gatewayId ?? null,
        public_id: found.publicId ?? null,
        tools: [...found.tools],
      },
    };
  },
};
