import { type ProviderDefinition, schema, t } from "../index";

export function toyProvider(): ProviderDefinition<object> {
  return {
    schema: schema({ attributes: {} }),
    configure: () => ({ client: {} }),
    resources: {
      toy_note: {
        schema: schema({
          attributes: {
            id: { type: t.string, computed: true, planModifiers: ["useStateForUnknown"] },
            text: { type: t.string, required: true },
          },
        }),
        read: ({ state }) => ({ state }),
        create: ({ planned }) => ({ state: { ...planned, id: "1" } }),
        update: ({ planned }) => ({ state: planned }),
        delete: () => {},
      },
    },
  };
}
