import {
  attachmentFields,
  camelCase,
  connectionFields,
  type Field,
  type Fields,
  gatewayFields,
  isJsonObject,
  type Json,
  metadataFields,
  parseJson,
  snakeCase,
} from "@mcpstack/model";
import type { Values } from "../changes/change";
import { ReviewInputError } from "./input-error";

export const fieldsOf = {
  gateway: gatewayFields,
  attachment: attachmentFields,
  provider: connectionFields,
} as const satisfies Record<string, Fields>;

/** What is known of a resource's fields, with which of them are not known yet and which must not be shown. */
export interface ReadValues {
  readonly values: Values;
  readonly unknown: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  /** Fields that are set to something which the input does not show. */
  readonly hidden: ReadonlySet<string>;
}

/** How one front end marks what is unknown or secret. */
export interface Marks {
  isUnknown(value: unknown): boolean;
  isSecret(value: unknown): boolean;
  /** What a secret is, where the input tells; `hidden` where it does not. Absent: marks stand beside the values. */
  reveal?(value: unknown): unknown;
}

/** Stands for what an input keeps to itself. */
export const hidden = Symbol("hidden");

const spellings = new Map<Fields, ReadonlyMap<string, string>>();

/** Both spellings of each field of a kind, to its camelCase name. Fields that this version does not know are left aside. */
function namesOf(fields: Fields): ReadonlyMap<string, string> {
  const known = spellings.get(fields);
  if (known) return known;
  const names = new Map(
    Object.keys(fields).flatMap((name) => [[name, name] as const, [snakeCase(name), name] as const]),
  );
  spellings.set(fields, names);
  return names;
}

/**
 * Reads a resource's fields out of an object in either spelling.
 *
 * @param where - Names the object in errors. Given, values of another type than their field's are refused: read as absent, they would
 *   look like "nothing is written here".
 * @throws ReviewInputError
 */
export function readValues(fields: Fields, source: unknown, marks: Marks, where?: string): ReadValues {
  const values: Record<string, Json> = {};
  const unknown = new Set<string>();
  const sensitive = new Set<string>();
  const withheld = new Set<string>();
  const names = namesOf(fields);
  if (where !== undefined && source !== null && source !== undefined && !isRecord(source))
    throw misshapen(where, "an object");
  for (const [key, raw] of Object.entries(isRecord(source) ? source : {})) {
    const name = names.get(key);
    const field = name === undefined ? undefined : fields[name];
    if (name === undefined || !field || raw === null || raw === undefined) continue;
    if (field.sensitive) sensitive.add(name);
    if (someLeaf(raw, marks.isSecret)) sensitive.add(name);
    if (someLeaf(raw, marks.isUnknown)) unknown.add(name);
    const told = revealed(raw, marks);
    if (told.withholds) withheld.add(name);
    const value = known(field.type === "json" ? parsedJson(told.value) : told.value, marks);
    if (value === undefined) continue;
    if (where !== undefined && !unknown.has(name) && !withheld.has(name)) requireType(field, value, `${where}: ${key}`);
    values[name] = name === "metadata" ? metadataOf(value) : asEnginesReadIt(field, value);
  }
  return { values, unknown, sensitive, hidden: withheld };
}

/** A value with its secrets opened, and whether some of them are kept back. */
function revealed(raw: unknown, marks: Marks): { value: unknown; withholds: boolean } {
  const { reveal } = marks;
  if (!reveal || !someLeaf(raw, marks.isSecret)) return { value: raw, withholds: false };
  let withholds = false;
  const open = (value: unknown): unknown => {
    if (marks.isSecret(value)) {
      const plain = reveal(value);
      if (plain !== hidden) return open(plain);
      withholds = true;
      return null;
    }
    if (Array.isArray(value)) return value.map(open);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, open(member)]));
  };
  return { value: open(raw), withholds };
}

/** Engines convert between texts, numbers and booleans; nothing turns a list into a text. */
/** A value of another simple type than its field's, converted as engines do before a provider sees it: `"true"` for true, 7 for "7". */
function asEnginesReadIt({ type }: Field, value: Json): Json {
  const asText = (one: Json) => (typeof one === "number" || typeof one === "boolean" ? String(one) : one);
  if (type === "boolean")
    return value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : value;
  if (type === "string") return asText(value);
  return (type === "stringList" || type === "stringSet") && Array.isArray(value) ? value.map(asText) : value;
}

function requireType(field: Field, value: Json, where: string): void {
  const isScalar = typeof value !== "object";
  switch (field.type) {
    case "string":
    case "boolean":
    case "integer":
      if (!isScalar) throw misshapen(where, "a single value");
      return;
    case "stringList":
    case "stringSet":
      if (!Array.isArray(value) || value.some((element) => typeof element === "object" && element !== null))
        throw misshapen(where, "a list of texts");
      return;
    case "stringMap":
    case "object":
      if (!isRecord(value)) throw misshapen(where, "an object");
      return;
    case "json":
  }
}

function misshapen(where: string, what: string): ReviewInputError {
  return new ReviewInputError(
    "input-unknown-format",
    `${where} holds something else than ${what}, so it cannot be understood`,
  );
}

/** What a text holds as JSON, as Terraform has `settings` and Pulumi its configuration; whatever is no JSON as it is. */
export function parsedJson(raw: unknown): unknown {
  if (typeof raw !== "string") return raw;
  try {
    return parseJson(raw);
  } catch {
    return raw;
  }
}

const metadataNames = namesOf(metadataFields);

function metadataOf(value: Json): Json {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      const name = metadataNames.get(key) ?? metadataNames.get(camelCase(key));
      return name === undefined || member === null ? [] : [[name, member as Json]];
    }),
  );
}

/** The known part of a value: unknown leaves are left out of lists and objects. */
function known(value: unknown, marks: Marks): Json | undefined {
  if (marks.isUnknown(value)) return undefined;
  if (Array.isArray(value))
    return value.map((element) => known(element, marks)).filter((element) => element !== undefined);
  if (!isRecord(value)) return value as Json;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      const part = known(member, marks);
      return part === undefined ? [] : [[key, part]];
    }),
  );
}

/** Whether a predicate holds for a value or anything inside it. */
export function someLeaf(value: unknown, predicate: (value: unknown) => boolean): boolean {
  if (predicate(value)) return true;
  if (Array.isArray(value)) return value.some((element) => someLeaf(element, predicate));
  return isRecord(value) && Object.values(value).some((member) => someLeaf(member, predicate));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
