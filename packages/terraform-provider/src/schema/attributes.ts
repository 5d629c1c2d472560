import { type Field, type Fields, parseJson, sameAsTyped, snakeCase } from "@mcpstack/model";
import { type Attribute, type CtyType, t, type Value } from "@mcpstack/tfplugin";

/** Renders the model's fields as Terraform attributes: names in snake case, JSON objects as text. */
export function attributesOf(fields: Fields): Record<string, Attribute> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [snakeCase(name), attributeOf(field)]));
}

/** The same fields as a data source answers them: all computed. */
export function computedAttributesOf(fields: Fields): Record<string, Attribute> {
  return attributesOf(
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, field]) => !field.writeOnly)
        .map(([name, field]) => [name, { ...field, presence: "computed" } satisfies Field]),
    ),
  );
}

function attributeOf(field: Field): Attribute {
  const options = {
    description: field.description,
    ...presence[field.presence],
    ...(field.sensitive && { sensitive: true }),
    ...(field.writeOnly && { writeOnly: true }),
    ...(field.default !== undefined && { default: field.default }),
    planModifiers: [
      ...(field.replaces ? (["requiresReplace"] as const) : []),
      ...(field.type === "json" ? [{ sameMeaning: sameJsonText(field) }] : []),
    ],
  };
  return field.type === "object"
    ? { ...options, nested: { nesting: "single", attributes: attributesOf(field.fields ?? {}) } }
    : { ...options, type: types[field.type] };
}

const presence = {
  required: { required: true },
  optional: { optional: true },
  optionalComputed: { optional: true, computed: true },
  computed: { computed: true },
} as const;

const types: Record<Exclude<Field["type"], "object">, CtyType> = {
  string: t.string,
  boolean: t.bool,
  integer: t.number,
  stringSet: t.set(t.string),
  stringList: t.list(t.string),
  stringMap: t.map(t.string),
  json: t.string,
};

/** Two JSON texts that hold the same are no change, however they are laid out. */
function sameJsonText(field: Field): (prior: Value, config: Value) => boolean {
  return (prior, config) => {
    if (typeof prior !== "string" || typeof config !== "string") return false;
    try {
      return sameAsTyped(field, parseJson(prior), parseJson(config));
    } catch {
      return false;
    }
  };
}
