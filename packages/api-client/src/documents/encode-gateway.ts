import {
  type GatewayProfile,
  holdersOf,
  holdsSettings,
  isEmpty,
  type Json,
  type JsonObject,
  meansSame,
  nulledSetting,
  type ObservedProfile,
  ownValue,
  profileFields,
  type SettingsPath,
  type StoredField,
  sameJson,
  settingsGivenUp,
  statedSettings,
  storedFields,
  withoutSetting,
} from "@mcpstack/model";
import type { ApiError } from "../errors/api-error";
import { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";
import { apiNamesOf, isSetByPerson, manualOverridesOf } from "./gateway";
import { maskedField, maskedPath } from "./masked";
import { isObject } from "./parse";

export interface EncodeOptions {
  /** Fields that the program had and has no more: sent as null, since what a PUT does to an absent field is not known. */
  readonly cleared?: readonly StoredField[] | undefined;
  /** What fields that the program leaves unset are given back, where somebody has changed them since. */
  readonly restored?: ObservedProfile | undefined;
  /** The settings that the program gave before, as far as the API had them. What it names no more is left out. Default: none. */
  readonly settingsBefore?: JsonObject | undefined;
  /** Settings to write as null, where leaving them out was not enough. Default: none. */
  readonly nulled?: readonly SettingsPath[] | undefined;
}

/**
 * The document to send for a profile: alone for a create, on top of the document read for an update. Fields whose name is uncertain are
 * written under every name; what the program leaves unset and what nobody here knows stays as it was read. Left out is what the program
 * names no more in its settings, and what the service found out by itself: written back it would be pinned, and stay when the authorization
 * server moves on.
 *
 * @throws ApiError `masked_field` where a masked secret would be written back.
 */
export function encodeGateway(profile: GatewayProfile, base?: JsonObject, options: EncodeOptions = {}): JsonObject {
  const { restored = {}, settingsBefore, nulled = [] } = options;
  const writeOnly = profile.settingsWo ?? {};
  const settings = merged(statedSettings(profile.settings), writeOnly) as JsonObject;
  const stored = new Map<string, Json>();
  const dropped = new Set<string>();
  const filledByService = serviceFills(profile, base);
  for (const field of storedFields) {
    const value = profile[field];
    for (const name of apiNamesOf(field)) {
      if (value !== undefined && !isEmpty(value)) stored.set(name, typeof value === "string" ? value : [...value]);
      else if (restored[field] !== undefined) stored.set(name, restored[field] as Json);
      else if (options.cleared?.includes(field)) stored.set(name, null);
      // An empty value means what an absent one means, but a service may refuse it as a value.
      else if (isEmpty(base?.[name]) || filledByService(field)) dropped.add(name);
    }
  }
  const read = Object.entries(base ?? {}).filter(([name]) => !dropped.has(name) && !stored.has(name));
  const before = statedSettings(settingsBefore);
  const left = settingsGivenUp(before, settings).reduce(withoutSetting, Object.fromEntries(read));
  const document = written(nulled.reduce(nulledSetting, left), settings, before, writeOnly);
  return { ...document, ...Object.fromEntries(stored) };
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

/** What was read, with the settings in their places. */
function written(base: JsonObject, settings: JsonObject, before: JsonObject, writeOnly: JsonObject): JsonObject {
  const names = new Set([...Object.keys(base), ...Object.keys(settings)]);
  return Object.fromEntries(
    [...names].map((name): [string, Json] => {
      const isKept = (value: Json, path: string) => {
        const masked = storedNames.has(name) ? undefined : maskedPath(value, path);
        if (masked !== undefined) throw maskedSetting(name, masked, writeOnly);
      };
      return [name, overlaid(ownValue(base, name), ownValue(settings, name), ownValue(before, name), name, isKept)];
    }),
  );
}

/**
 * Settings on top of what was read: objects are merged key by key at every depth, as settings are compared. A list is written as the program
 * has it. One that the program has not touched, and that the service holds by meaning, stays in its order, with what the service has put
 * into its objects.
 *
 * @param kept - told of each value that is written back as it was read.
 */
function overlaid(
  below: Json | undefined,
  above: Json | undefined,
  before: Json | undefined,
  path: string,
  kept: (value: Json, path: string) => void,
): Json {
  if (above === undefined) {
    kept(below as Json, path);
    return below as Json;
  }
  if (Array.isArray(below) && Array.isArray(above) && sameJson(above, before) && holdsSettings(above, below)) {
    const holders = holdersOf(above, below);
    return below.map((element: Json, index): Json => {
      const mine = above[holders.indexOf(index)] as Json;
      return overlaid(element, mine, mine, `${path}[${index}]`, kept);
    });
  }
  if (!isObject(below) || !isObject(above)) return above;
  const names = new Set([...Object.keys(below), ...Object.keys(above)]);
  const inner = isObject(before) ? before : {};
  return Object.fromEntries(
    [...names].map((name): [string, Json] => [
      name,
      overlaid(ownValue(below, name), ownValue(above, name), ownValue(inner, name), `${path}.${name}`, kept),
    ]),
  );
}

function maskedSetting(name: string, at: string, writeOnly: JsonObject): ApiError {
  const secrets = new Secrets();
  secrets.add(writeOnly);
  // Names of fields are the service's words too.
  const path = serverWords(at, secrets);
  const top = JSON.stringify(serverWords(name, secrets));
  return maskedField(
    "gateway",
    path,
    `Say what ${path} shall be: in settings_wo (with settings_wo_version; no state holds it), ` +
      `or in settings where it is no secret. Both take the API's own field names, here ${top}.`,
  );
}

/** One program's objects on top of one another, key by key at every depth; anything else is replaced. */
function merged(below: Json | undefined, above: Json): Json {
  if (!isObject(below) || !isObject(above)) return above;
  return Object.fromEntries([
    ...Object.entries(below),
    ...Object.entries(above).map(([name, value]): [string, Json] => [name, merged(ownValue(below, name), value)]),
  ]);
}
