import { type Attribute, type ResourceDefinition, schema, t, type ValueObject } from "../index";
import type { Store } from "./store";

const optional = { optional: true } as const;

/** Attributes of an element, three levels down: one of each manner. */
const leaf: Record<string, Attribute> = {
  name: { type: t.string, required: true },
  size: { type: t.number, default: 1 },
  made: { type: t.string, computed: true, planModifiers: ["useStateForUnknown"] },
};

function nested(nesting: "single" | "list" | "set" | "map", attributes: Record<string, Attribute>): Attribute {
  return { nested: { nesting, attributes }, optional: true };
}

export const everythingSchema = schema({
  description: "Has every type of attribute, nested to three levels.",
  attributes: {
    id: { type: t.string, computed: true, planModifiers: ["useStateForUnknown"] },
    revision: { type: t.number, computed: true },
    kind: { type: t.string, ...optional, planModifiers: ["requiresReplace"] },
    string: { type: t.string, ...optional },
    number: { type: t.number, ...optional },
    bool: { type: t.bool, ...optional },
    dynamic: { type: t.dynamic, ...optional },
    list: { type: t.list(t.map(t.set(t.number))), ...optional },
    set: { type: t.set(t.list(t.string)), ...optional },
    map: { type: t.map(t.object({ a: t.bool, b: t.list(t.string) })), ...optional },
    object: { type: t.object({ inner: t.object({ deep: t.object({ x: t.number }) }) }), ...optional },
    tuple: { type: t.tuple([t.string, t.number, t.tuple([t.bool])]), ...optional },
    defaulted: { type: t.string, default: "by default" },
    sensitive: { type: t.string, ...optional, sensitive: true },
    secret_wo: { type: t.string, ...optional, writeOnly: true },
    secret_length: { type: t.number, computed: true },
    loose: {
      type: t.string,
      ...optional,
      planModifiers: [{ sameMeaning: (a, b) => String(a).toLowerCase() === String(b).toLowerCase() }],
      validators: [(value) => (value === "forbidden" ? "This word is forbidden." : undefined)],
    },
    single: nested("single", {
      list: nested("list", { map: nested("map", leaf) }),
      on: { type: t.bool, default: true },
    }),
    map_of: nested("map", { single: nested("single", { set: nested("set", leaf) }) }),
    set_of: nested("set", { name: { type: t.string, required: true }, list: nested("list", leaf) }),
    filled: {
      nested: { nesting: "single", attributes: { at: { type: t.string, computed: true } } },
      computed: true,
      planModifiers: ["useStateForUnknown"],
    },
  },
  blocks: {
    single_block: {
      nesting: "single",
      attributes: { name: { type: t.string, ...optional } },
      blocks: {
        list_block: { nesting: "list", attributes: leaf, blocks: { set_block: { nesting: "set", attributes: leaf } } },
      },
    },
    set_block: { nesting: "set", attributes: leaf },
    map_block: {
      nesting: "map",
      attributes: leaf,
      blocks: { group_block: { nesting: "group", attributes: { a: { type: t.string, default: "g" } } } },
    },
    list_block: {
      nesting: "list",
      maxItems: 3,
      attributes: { secret_wo: { type: t.string, ...optional, writeOnly: true }, ...leaf },
    },
  },
});

/** Fills what is computed, wherever it is unknown. */
function fill(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, key));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null) {
    const result: Record<string, unknown> = Object.create(null);
    for (const [name, item] of Object.entries(value)) result[name] = fill(item, name);
    return result;
  }
  if (String(value) !== "(known after apply)") return value;
  return key === "filled" ? { at: "filled" } : `${key} by the toy`;
}

function apply(planned: ValueObject, config: ValueObject, id: string, revision: number): ValueObject {
  const secret = config.secret_wo;
  const own = { id, revision, secret_length: typeof secret === "string" ? secret.length : 0 };
  return fill(Object.assign(Object.create(null), planned, own), "") as ValueObject;
}

export const everything: ResourceDefinition<Store> = {
  schema: everythingSchema,
  read: ({ state, client }) => ({ state: client.read(String(state.id)) === undefined ? null : state }),
  create({ planned, config, client }) {
    const id = `everything-${client.ids().length + 1}`;
    const state = apply(planned, config, id, 1);
    client.write(id, { kind: state.kind });
    return { state };
  },
  update: ({ planned, prior, config }) => ({
    state: apply(planned, config, String(prior.id), Number(prior.revision) + 1),
  }),
  delete: ({ prior, client }) => client.remove(String(prior.id)),
};
