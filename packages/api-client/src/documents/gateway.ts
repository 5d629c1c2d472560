import {
  type Disagreeing,
  ExactNumber,
  isEmpty,
  type Json,
  type JsonObject,
  meansSame,
  type ObservedProfile,
  profileFields,
  type StoredField,
  storedFields,
} from "@mcpstack/model";
import type { ApiError } from "../errors/api-error";
import { organizationOf } from "../organization/named-organization";
import type { WriteAnswer } from "../transport/judge-answer";
import { defined, firstText, identifiedObject, type Origin, unexpected } from "./parse";

/** A gateway as the API answered it. */
export interface GatewayDocument {
  readonly id: string;
  readonly name?: string;
  /** Undefined where the document does not name its organization. */
  readonly organizationId?: string;
  readonly status?: string;
  /** The profile's fields; what was absent, null or empty is left out, scopes are a list without repetitions. */
  readonly observed: ObservedProfile;
  /** URLs under a field's further names that are not the one under its first. */
  readonly disagreeing?: Disagreeing;
  /** Every field that has no argument of its own and is not id, organization or status. */
  readonly unknownFields: JsonObject;
  /** The issuer that the service discovered, where it says so. */
  readonly issuer?: string;
  readonly callbackUrl?: string;
  /** Names of the fields that a person set, where the service says so. */
  readonly manualOverrides?: readonly string[];
  /** True where a create answered less than the profile and it could not be read afterwards. */
  readonly partial?: true;
  /** True where that read said that there is no such gateway. */
  readonly missing?: true;
  /** Why it cannot be read whole, so that a field that it lacks may be there. Only of items of lists: a gateway's own document is an error then. */
  readonly unread?: ApiError;
  /** Why it is certainly no gateway of this organization, as the end of a sentence. Only of items of lists. */
  readonly foreign?: string;
  /** How the write was answered that this document was read after. */
  readonly written?: WriteAnswer | undefined;
  /** The version that the service told beside the document (`ETag`). One that stands in it is in `raw`. */
  readonly version?: string | undefined;
  /** The error that the thing has and its document tells of, so that the rest of it may be missing. Only where `mayHaveError` was asked for. */
  readonly failure?: ApiError | undefined;
  readonly raw: JsonObject;
}

/** The names under which documents hold a stored field. */
export function apiNamesOf(field: StoredField): readonly string[] {
  return profileFields[field].apiNames ?? [];
}

const ownNames = new Set<string>(["id", "organizationId", "status", ...storedFields.flatMap(apiNamesOf)]);

/** Reads a gateway's document, tolerating every form that the API page marks open. */
export function decodeGateway(value: unknown, from: Origin): GatewayDocument {
  const raw = identifiedObject(value, from, "gateway");
  const observed: Partial<Record<StoredField, unknown>> = {};
  const disagreeing: Record<string, readonly string[]> = {};
  for (const field of storedFields) {
    const [name, ...others] = namesIn(raw, field);
    if (name === undefined) continue;
    observed[field] = readStoredField(field, raw, from);
    if (profileFields[field].meaning !== "url") continue;
    const further = others.map((other) => String(readField(field, other, raw, from)));
    const differing = further.filter((url) => !meansSame(profileFields[field], observed[field], url));
    if (differing.length > 0) disagreeing[field] = differing;
  }
  return defined<GatewayDocument>({
    id: raw.id,
    name: firstText(raw, "name"),
    organizationId: organizationOf(raw),
    status: firstText(raw, "status"),
    observed: observed as ObservedProfile,
    disagreeing: Object.keys(disagreeing).length > 0 ? disagreeing : undefined,
    unknownFields: Object.fromEntries(Object.entries(raw).filter(([name]) => !ownNames.has(name))),
    issuer: firstText(raw, "issuer"),
    callbackUrl: firstText(raw, "callbackUrl"),
    manualOverrides: manualOverridesOf(raw),
    raw,
  });
}

/** What a document holds of a stored field, under the first of its names that holds anything; undefined where none does. */
export function readStoredField(field: StoredField, raw: Identified, from: Origin): unknown {
  const [name] = namesIn(raw, field);
  return name === undefined ? undefined : readField(field, name, raw, from);
}

type Identified = JsonObject & { readonly id: string };

function namesIn(raw: JsonObject, field: StoredField): readonly string[] {
  return apiNamesOf(field).filter((one) => !isEmpty(raw[one]));
}

/** The names of the fields that a person set, where a document tells. */
export function manualOverridesOf(raw: JsonObject): string[] | undefined {
  if (!Array.isArray(raw.manualOverrides)) return undefined;
  return raw.manualOverrides.filter((one: Json): one is string => typeof one === "string");
}

/** Whether a person set a field, where the service tells; undefined where it does not. Names may be spelled as metadata spells them. */
export function isSetByPerson(
  { manualOverrides }: Pick<GatewayDocument, "manualOverrides">,
  field: StoredField,
): boolean | undefined {
  if (manualOverrides === undefined) return undefined;
  const manual = new Set(manualOverrides.map(plainName));
  return [field, ...apiNamesOf(field)].some((name) => manual.has(plainName(name)));
}

/** `token_endpoint`, `TokenEndpoint` and `tokenEndpoint` are one name. */
function plainName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

function readField(field: StoredField, name: string, raw: Identified, from: Origin): unknown {
  const value = raw[name] as Json;
  const what = `${name} of gateway ${raw.id}`;
  if (field === "scopes") return readScopes(what, value, from);
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number" || typeof value === "boolean" || value instanceof ExactNumber) return String(value);
  throw unexpected(from, `${what} must be a text, not ${Array.isArray(value) ? "a list" : "an object"}`);
}

/** JSON can hold half a character, which no engine can. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}

/** An array in any order, with or without repetitions, or one string split on spaces or commas (API page, "What is open"). */
function readScopes(what: string, value: Json, from: Origin): readonly string[] | undefined {
  const list = typeof value === "string" ? value.split(/[\s,]+/) : value;
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string")) {
    throw unexpected(from, `${what} must be a list of texts or one text`);
  }
  const scopes = [...new Set<string>(list.map(wellFormed))].filter((scope) => scope.trim() !== "");
  return scopes.length === 0 ? undefined : scopes;
}
