import {
  type GatewayProfile,
  isEmpty,
  type Json,
  type JsonObject,
  looksMasked,
  meansSame,
  type ObservedProfile,
  profileFields,
  type StoredField,
  storedFields,
} from "@mcpstack/model";
import { ApiError } from "../errors/api-error";
import { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";
import { apiNamesOf, isSetByPerson, manualOverridesOf } from "./gateway";
import { isObject } from "./parse";

export interface EncodeOptions {
  /** Fields that the program had and has no more: sent as null, since what a PUT does to an absent field is not known. */
  readonly cleared?: readonly StoredField[] | undefined;
  /** What fields that the program leaves unset are given back, where somebody has changed them since. */
  readonly restored?: ObservedProfile | undefined;
  /** Default: the profile's own. */
  readonly settings?: JsonObject | undefined;
  /** Default: the profile's own. */
  readonly settingsWo?: JsonObject | undefined;
}

/**
 * The document to send for a profile: alone for a create, on top of the document read for an update. Fields whose name is uncertain are
 * written under every name; what the program leaves unset and what nobody here knows stays as it was read. Left out is only what the
 * service found out by itself: written back it would be pinned, and stay when the authorization server moves on.
 *
 * @throws ApiError `masked_field` where a masked secret would be written back.
 */
export function encodeGateway(profile: GatewayProfile, base?: JsonObject, options: EncodeOptions = {}): JsonObject {
  const { restored = {} } = options;
  const settings = options.settings ?? profile.settings ?? {};
  const settingsWo = options.settingsWo ?? profile.settingsWo ?? {};
  const stored = new Map<string, Json>();
  const dropped = new Set<string>();
  const filledByService = serviceFills(profile, base);
  for (const field of storedFields) {
    const value = profile[field];
    for (const name of apiNamesOf(field)) {
      if (value !== undefined) stored.set(name, typeof value === "string" ? value : [...value]);
      else if (restored[field] !== undefined) stored.set(name, restored[field] as Json);
      else if (options.cleared?.includes(field)) stored.set(name, null);
      // An empty value means what an absent one means, but a service may refuse it as a value.
      else if (isEmpty(base?.[name]) || filledByService(field)) dropped.add(name);
    }
  }
  const kept = Object.entries(base ?? {}).filter(([name]) => !dropped.has(name) && !stored.has(name));
  refuseMasked(kept, merged(settings, settingsWo) as JsonObject, settingsWo);
  return merged(merged(Object.fromEntries([...kept, ...stored]), settings), settingsWo) as JsonObject;
}

/**
 * Which fields hold what the service discovered: those that `manualOverrides` does not name, where there is such a list; else, where the
 * authorization server or its document changes, whatever can be discovered, since it was true of the old one.
 */
function serviceFills(profile: GatewayProfile, base: JsonObject | undefined): (field: StoredField) => boolean {
  const discoverable = (field: StoredField) => "discoverable" in profileFields[field];
  if (base === undefined) return () => false;
  const manualOverrides = manualOverridesOf(base);
  if (manualOverrides) return (field) => discoverable(field) && isSetByPerson({ manualOverrides }, field) === false;
  const moves = (["authorizationServerUrl", "metadataUrl"] as const).some((field) => {
    const before = apiNamesOf(field).map((name) => base[name]);
    const meant = before.find((value) => !isEmpty(value));
    return (
      profile[field] !== undefined && meant !== undefined && !meansSame(profileFields[field], profile[field], meant)
    );
  });
  return moves ? discoverable : () => false;
}

const storedNames = new Set<string>(storedFields.flatMap(apiNamesOf));

function refuseMasked(kept: readonly [string, Json][], supplied: JsonObject, writeOnly: JsonObject): void {
  for (const [name, value] of kept) {
    const masked = storedNames.has(name) ? undefined : maskedPath(value, own(supplied, name), name);
    if (masked === undefined) continue;
    const secrets = new Secrets();
    secrets.add(writeOnly);
    // Names of fields are the service's words too.
    const path = serverWords(masked, secrets);
    const top = JSON.stringify(serverWords(name, secrets));
    throw new ApiError({
      code: "masked_field",
      field: path,
      summary: `The service shows the gateway's field ${path} masked, and writing the mask back would destroy the secret behind it.`,
      hint:
        `Nothing was written. Say what ${path} shall be: in settings_wo (with settings_wo_version; no state holds it), ` +
        `or in settings where it is no secret. Both take the API's own field names, here ${top}.`,
    });
  }
}

/** The path of a masked text that nothing supplied takes the place of. */
export function maskedPath(value: Json, supplied: Json | undefined, path: string): string | undefined {
  if (supplied !== undefined && !(isObject(value) && isObject(supplied))) return undefined;
  if (looksMasked(value)) return path;
  if (Array.isArray(value))
    return firstPath(value.entries(), (element, index) => maskedPath(element, undefined, `${path}[${index}]`));
  if (!isObject(value)) return undefined;
  return firstPath(Object.entries(value), (element, name) =>
    maskedPath(element, supplied === undefined ? undefined : own(supplied as JsonObject, name), `${path}.${name}`),
  );
}

function firstPath<K>(
  entries: Iterable<[K, Json]>,
  find: (value: Json, key: K) => string | undefined,
): string | undefined {
  for (const [key, value] of entries) {
    const path = find(value, key);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Objects are merged key by key at every depth, as settings are compared; anything else is replaced. */
function merged(below: Json | undefined, above: Json): Json {
  if (!isObject(below) || !isObject(above)) return above;
  return Object.fromEntries([
    ...Object.entries(below),
    ...Object.entries(above).map(([name, value]): [string, Json] => [name, merged(own(below, name), value)]),
  ]);
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
