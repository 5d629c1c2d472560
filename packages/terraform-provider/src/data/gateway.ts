import { type Fields, gatewayOutputFields, profileFields, storedFields } from "@mcpstack/model";
import { lookUpGateway, type Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, schema, t } from "@mcpstack/tfplugin";
import { computedAttributesOf } from "../schema/attributes";
import { toAttributes } from "../values/convert";
import { atAttribute } from "./at-attribute";

const { id, organizationId, status } = gatewayOutputFields;

/** What the API says about a gateway: no accepted metadata, since nobody accepted anything. */
const observedFields: Fields = {
  ...Object.fromEntries(storedFields.map((name) => [name, profileFields[name]])),
  id,
  organizationId,
  status,
};

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
    const wanted = config.id === null ? { name: String(config.name) } : { id: String(config.id) };
    const found = await atAttribute(config.id === null ? "name" : "id", () =>
      lookUpGateway(client, wanted, { signal: ctx.signal }),
    );
    return { state: toAttributes(observedFields, { ...found }) };
  },
};
