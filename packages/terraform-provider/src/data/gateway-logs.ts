import type { Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, type Diagnostic, schema, t, type ValueObject } from "@mcpstack/tfplugin";

const defaultLimit = 50;
const mostEvents = 1000;

/** `data "mcpstack_gateway_logs"` */
export const gatewayLogsData: DataSourceDefinition<Run> = {
  schema: schema({
    description:
      'Recent auth events and tool calls of a gateway, in the order of the service, so that an "invalid audience" or a missing scope can be ' +
      "seen beside the finding that explains it.",
    attributes: {
      gateway_id: { type: t.string, required: true, description: "Id of the gateway." },
      limit: {
        type: t.number,
        optional: true,
        description: `How many events to read at most. Default: ${defaultLimit}; at most ${mostEvents}.`,
      },
      events: {
        computed: true,
        description: "The events. Which of their fields the service gives is open: what it leaves out is null.",
        nested: {
          nesting: "list",
          attributes: {
            id: { type: t.string, computed: true, description: "Id of the event." },
            at: { type: t.string, computed: true, description: "When it happened, as the service writes it." },
            type: { type: t.string, computed: true, description: "Type of the event." },
            outcome: { type: t.string, computed: true, description: "How it ended." },
            message: { type: t.string, computed: true, description: "What the service says about it." },
          },
        },
      },
    },
  }),
  validate: ({ limit }): Diagnostic[] =>
    typeof limit === "number" && !(Number.isInteger(limit) && limit >= 1 && limit <= mostEvents)
      ? [
          {
            severity: "error",
            summary: "Invalid value for limit",
            detail: `limit must be a whole number from 1 to ${mostEvents}, not ${limit}. (invalid_value)`,
            path: ["limit"],
          },
        ]
      : [],
  async read({ config, client, ctx }) {
    const limit = typeof config.limit === "number" ? config.limit : defaultLimit;
    const events: ValueObject[] = [];
    const pages = client.api.gatewayLogs(String(config.gateway_id), {
      signal: ctx.signal,
      pageSize: Math.min(limit, defaultLimit),
    });
    for await (const { id, at, type, outcome, message } of pages) {
      events.push({
        id: id ?? null,
        at: at ?? null,
        type: type ?? null,
        outcome: outcome ?? null,
        message: message ?? null,
      });
      if (events.length === limit) break;
    }
    return { state: { gateway_id: config.gateway_id ?? null, limit: config.limit ?? null, events } };
  },
};
