import {
  type DataSourceDefinition,
  type EphemeralResourceDefinition,
  type FunctionDefinition,
  FunctionError,
  isUnknown,
  type ListResourceDefinition,
  type ProviderDefinition,
  schema,
  t,
  type Value,
  warningDiagnostic,
} from "../index";
import { everything } from "./everything";
import { note } from "./note";
import { Store } from "./store";

const lookup: DataSourceDefinition<Store> = {
  schema: schema({
    attributes: { id: { type: t.string, required: true }, text: { type: t.string, computed: true } },
  }),
  read({ config, client }) {
    const document = client.read(String(config.id));
    if (document === undefined) throw new Error(`There is no document ${String(config.id)}.`);
    return { state: { ...config, text: String(document.text) } };
  },
};

const ticket: EphemeralResourceDefinition<Store> = {
  schema: schema({
    attributes: {
      name: { type: t.string, required: true },
      value: { type: t.string, computed: true, sensitive: true },
    },
  }),
  open({ config, client }) {
    client.write("ticket", { open: true });
    return {
      result: { ...config, value: `ticket for ${String(config.name)}` },
      private: { name: String(config.name) },
    };
  },
  renew: ({ private: kept }) => ({ private: { ...kept, renewed: true } }),
  close: ({ private: kept, client }) => client.write("ticket", { open: false, name: kept.name }),
};

const notes: ListResourceDefinition<Store> = {
  schema: schema({ attributes: { prefix: { type: t.string, optional: true } } }),
  async *list({ config, client, includeResource }) {
    for (const id of client.ids()) {
      if (!id.startsWith(String(config.prefix ?? ""))) continue;
      const text = String(client.read(id)?.text);
      yield { displayName: text, identity: { id }, ...(includeResource ? { resource: { id, text } } : {}) };
    }
  },
};

const join: FunctionDefinition = {
  summary: "Joins texts",
  parameters: [{ name: "separator", type: t.string }],
  variadic: { name: "parts", type: t.string },
  returns: t.string,
  call([separator, ...parts]) {
    if (separator === "") throw new FunctionError("The separator is empty.", 0);
    return parts.join(String(separator));
  },
};

/** Returns its argument: whatever type it has must survive both ways. */
const same: FunctionDefinition = {
  parameters: [{ name: "value", type: t.dynamic, allowNull: true }],
  returns: t.dynamic,
  call: ([value]) => value as Value,
};

/** A provider that has a bit of everything, for the tests of this library. */
export function toyProvider(): ProviderDefinition<Store> {
  return {
    schema: schema({
      attributes: { folder: { type: t.string, required: true, description: "Where the documents are." } },
    }),
    configure({ folder }) {
      if (isUnknown(folder)) return { client: undefined };
      return { client: new Store(String(folder)) };
    },
    validateConfig: ({ folder }) =>
      folder === "/" ? [warningDiagnostic("The folder is the root", "Better use another.", ["folder"])] : [],
    resources: { toy_everything: everything, toy_note: note },
    dataSources: { toy_lookup: lookup },
    ephemeralResources: { toy_ticket: ticket },
    listResources: { toy_note: notes },
    functions: { join, same },
  };
}
