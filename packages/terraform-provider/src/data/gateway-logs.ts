import { logLimit, logLimitProblem, type Run, recentEvents } from "@mcpstack/reconciler";
import { type DataSourceDefinition, type Diagnostic, schema, t } from "@mcpstack/tfplugin";
import { atAttribute } from "./at-attribute";

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
        description: `How many events to read at most. Default: ${logLimit.default}; at most ${logLimit.most}.`,
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
            message: {
              type: t.string,
              computed: true,
              description: "What the service says about it, without the tokens that it may hold.",
            },
          },
        },
      },
    },
  }),
  validate({ limit }): Diagnostic[] {
    const detail = typeof limit === "number" ? logLimitProblem(limit) : undefined;
    return detail === undefined
      ? []
      : [{ severity: "error", summary: "Invalid value for limit", detail, path: ["limit"] }];
  },
  async read({ config, client, ctx }) {
    const limit = typeof config.limit === "number" ? config.limit : logLimit.default;
    const read = await atAttribute("gateway_id", () =>
      recentEvents(client, String(config.gateway_id), limit, { signal: ctx.signal }),
    );
    const events = read.map(({ id, at, type, outcome, message }) => ({
      id: id ?? null,
      at: at ?? null,
      type: type ?? null,
      outcome: outcome ?? null,
      message: message ?? null,
    }));
    return { state: { gateway_id: config.gateway_id ?? null, limit: config.limit ?? null, events } };
  },
};
