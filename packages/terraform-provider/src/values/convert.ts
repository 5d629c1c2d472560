import { type Field, type Fields, type Json, parseJson, sameAsTyped, snakeCase, stringifyJson } from "@mcpstack/model";
import { isObject, isUnknown, type Value, type ValueObject } from "@mcpstack/tfplugin";

/**
 * Reads attributes into the model's fields. Null attributes are left out; an unknown one keeps its `Unknown`; a JSON text becomes what it
 * holds, or stays a text where it is not JSON, for validation to refuse.
 */
export function fromAttributes(fields: Fields, value: ValueObject): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { name, attribute, field } of columnsOf(fields)) {
    const found = value[attribute];
    if (found !== undefined && found !== null) result[name] = fieldValue(field, found);
  }
  return result;
}

interface Column {
  readonly name: string;
  readonly attribute: string;
  readonly field: Field;
}

const columns = new WeakMap<Fields, readonly Column[]>();

/** Fields with their names in Terraform, worked out once: every call of a plan converts a few hundred of them. */
function columnsOf(fields: Fields): readonly Column[] {
  let known = columns.get(fields);
  if (known === undefined) {
    known = Object.entries(fields).map(([name, field]) => ({ name, attribute: snakeCase(name), field }));
    columns.set(fields, known);
  }
  return known;
}

function fieldValue(field: Field, value: Value): unknown {
  if (isUnknown(value)) return value;
  if (field.type === "object" && field.fields && isObject(value)) return fromAttributes(field.fields, value);
  if (field.type === "json" && typeof value === "string") {
    try {
      return parseJson(value);
    } catch {
      return value;
    }
  }
  if (field.type === "stringMap" && isObject(value)) return { ...value };
  return value;
}

/**
 * Writes the model's fields as attributes, absent ones as null. A JSON text that already holds the same keeps its spelling.
 *
 * @param prior - the attributes as they were, for spellings.
 */
export function toAttributes(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  prior?: ValueObject | null,
): ValueObject {
  const result: ValueObject = {};
  for (const { name, attribute, field } of columnsOf(fields))
    result[attribute] = attributeValue(field, values[name], prior?.[attribute]);
  return result;
}

function attributeValue(field: Field, value: unknown, prior: Value | undefined): Value {
  if (field.writeOnly) return null;
  // A text of null stands for nothing, too.
  if (field.type === "json" && typeof prior === "string" && sameAsTyped(field, fieldValue(field, prior), value))
    return prior;
  if (value === undefined || value === null) return null;
  if (field.type === "object" && field.fields) return toAttributes(field.fields, value as Record<string, unknown>);
  if (field.type === "json") return stringifyJson(value as Json);
  // What must be given is empty where an imported gateway does not have it, so that a program can say the same.
  return value === "" && field.presence !== "required" ? null : (value as Value);
}

/** The path of a problem or a finding in Terraform's names. A path into a set ends at the set. */
export function attributePath(path: readonly (string | number)[], fields: Fields): (string | number)[] {
  const [name, ...rest] = path;
  if (typeof name !== "string") return [];
  const type = fields[name]?.type;
  return type === "stringList" || type === "stringMap" ? [snakeCase(name), ...rest] : [snakeCase(name)];
}

/** Names of unknown fields. */
export function unknownFields(values: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(values).filter((name) => containsUnknown(values[name]));
}

/** Whether a value is unknown, or holds something that is: a set with one unknown element is not known either. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value as Value)) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value as Value) && Object.values(value as object).some(containsUnknown);
}

/** The values without those that are not known yet. */
export function known(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !containsUnknown(value)));
}
