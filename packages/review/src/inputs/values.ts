import {
  attachmentFields,
  camelCase,
  connectionFields,
  type Fields,
  gatewayFields,
  type Json,
  metadataFields,
  snakeCase,
} from "@mcpstack/model";
import type { Values } from "../changes/change";

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
}

/** How one front end marks what is unknown or secret. */
export interface Marks {
  isUnknown(value: unknown): boolean;
  isSecret(value: unknown): boolean;
}

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

/** Reads a resource's fields out of an object in either spelling. */
export function readValues(fields: Fields, source: unknown, marks: Marks): ReadValues {
  const values: Record<string, Json> = {};
  const unknown = new Set<string>();
  const sensitive = new Set<string>();
  const names = namesOf(fields);
  for (const [key, raw] of Object.entries(isRecord(source) ? source : {})) {
    const name = names.get(key);
    const field = name === undefined ? undefined : fields[name];
    if (name === undefined || !field || raw === null || raw === undefined) continue;
    if (field.sensitive) sensitive.add(name);
    if (someLeaf(raw, marks.isSecret)) sensitive.add(name);
    if (someLeaf(raw, marks.isUnknown)) unknown.add(name);
    const value = known(field.type === "json" ? parsedJson(raw) : raw, marks);
    if (value === undefined) continue;
    values[name] = name === "metadata" ? metadataOf(value) : value;
  }
  return { values, unknown, sensitive };
}

/** Terraform holds `settings` as JSON text. */
function parsedJson(raw: unknown): unknown {
  if (typeof raw !== "string") return raw;
  try {
    return JSON.parse(raw);
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
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
