import {
  type AcceptedMetadata,
  type GatewayProfile,
  type GatewayState,
  gatewayProfile,
  holdsExactNumber,
  type JsonObject,
  metadataFields,
  type ProfileField,
  parseJson,
  profileFields,
  roundedNumbers,
  sameAsTyped,
  stringifyJson,
} from "@mcpstack/model";
import { type Adopt, type GatewayMemory, type PlannedMetadata, rememberedGateway } from "@mcpstack/reconciler";
import { definedOnly, hasUnknown, isUnknown, type Properties, secretValue, unknownValue, withNothing } from "../values";

export const profileNames = Object.keys(profileFields) as ProfileField[];

/** Arguments that are about the resource, not the profile. They live in its state alone. */
export const ownArguments = ["adopt", "connection"] as const;

/** Where it is remembered what the program wrote and what the service filled in beside it. Pulumi shows no property of such a name. */
export const memoryKey = "__memory";

/** What errors and warnings call a gateway. */
export function labelOf(properties: Properties, unknown: readonly string[] = []): string {
  const { name } = properties;
  return typeof name === "string" && !unknown.includes("name")
    ? `Gateway ${JSON.stringify(name)}`
    : "A gateway whose name is not known yet";
}

export function adoptOf(properties: Properties): Adopt | undefined {
  const { adopt } = properties;
  return adopt === true || typeof adopt === "string" ? adopt : undefined;
}

export function metadataOf(properties: Properties): AcceptedMetadata | undefined {
  return (properties.metadata ?? undefined) as AcceptedMetadata | undefined;
}

const metadataNames = Object.keys(metadataFields) as (keyof AcceptedMetadata)[];

/** The input that stands for planned metadata; undefined where there will be none. */
export function plannedProperty({ value, unknown }: PlannedMetadata): unknown {
  if (unknown.length === metadataNames.length) return unknownValue;
  if (unknown.length === 0) return value;
  return { ...value, ...Object.fromEntries(unknown.map((name) => [name, unknownValue])) };
}

/** The metadata that the preview showed: what is accepted, whatever was published in between. */
export function plannedMetadata(news: Properties): PlannedMetadata {
  if (hasUnknown(news.metadata)) return { value: undefined, unknown: metadataNames };
  return { value: metadataOf(news), unknown: [] };
}

/** Inputs are the program's own words, but for those that a refresh put in their place: it says what was written. */
export function memoryFrom(properties: Properties): GatewayMemory {
  return rememberedGateway(properties[memoryKey]);
}

/** A gateway's outputs, or the inputs of its last update, as the state that the reconciler knows. */
export function stateFrom(properties: Properties, id: string): GatewayState {
  const { settingsWo: _, ...profile } = profileFrom(properties);
  return {
    ...profile,
    id,
    organizationId: typeof properties.organizationId === "string" ? properties.organizationId : "",
    status: typeof properties.status === "string" ? properties.status : undefined,
    metadata: metadataOf(properties),
  };
}

/** Outputs that a gateway may have no value for. */
const optionalOutputs = [
  ...profileNames.filter((name) => name !== "settingsWo" && profileFields[name].presence !== "required"),
  "status",
  "metadata",
];

/** The outputs of a gateway: its state, and the arguments that are about the resource. Write-only settings are in none. */
export function outputsOf(state: GatewayState, memory: GatewayMemory, own: Properties): Record<string, unknown> {
  const { id: _, settings, ...rest } = state;
  const known = { ...rest, settings: settingsProperty(settings, own), ...ownOf(own), ...remembered(memory) };
  return withNothing(optionalOutputs, definedOnly(known));
}

/** The inputs that stand for a state that was read, so that the next preview compares with what is really there. */
export function inputsOf(state: GatewayState, memory: GatewayMemory, own: Properties): Record<string, unknown> {
  const { id: _, organizationId: __, status: ___, settings, ...rest } = state;
  return definedOnly({ ...rest, settings: settingsProperty(settings, own), ...ownOf(own), ...remembered(memory) });
}

/**
 * What was published is looked at anew by every check. The rest repeats arguments under another name, and the engine goes by the name when
 * it keeps secret what the program said is secret: so all of it is.
 */
export function remembered({
  written,
  filled,
  made,
  formerly,
  unshown,
  imported,
  unsettled,
  fresh,
}: GatewayMemory): Properties {
  return { [memoryKey]: secretValue({ written, filled, made, formerly, unshown, imported, unsettled, fresh }) };
}

export function profileFrom(properties: Properties): GatewayProfile {
  return gatewayProfile(withSettings(properties));
}

/** Properties with the settings that a text of JSON holds in its place; a text that is none stays, for validation to refuse. */
export function withSettings(properties: Properties): Properties {
  const { settings, settingsWo } = properties;
  if (typeof settings !== "string" && typeof settingsWo !== "string") return properties;
  return { ...properties, settings: parsed(settings), settingsWo: parsed(settingsWo) };
}

function parsed(settings: unknown): unknown {
  if (typeof settings !== "string" || isUnknown(settings)) return settings;
  try {
    return parseJson(settings);
  } catch {
    return settings;
  }
}

/**
 * Settings as the engine keeps them: in the program's spelling where that means the same, else as an object; as a text of JSON where they hold
 * numbers that would not survive, since the engine keeps numbers as doubles.
 */
function settingsProperty(settings: JsonObject | undefined, own: Properties): unknown {
  if (typeof own.settings === "string" && sameAsTyped(profileFields.settings, withSettings(own).settings, settings))
    return own.settings;
  if (settings === undefined) return undefined;
  return holdsExactNumber(settings) || roundedNumbers(settings).length > 0 ? stringifyJson(settings) : settings;
}

function ownOf(properties: Properties): Properties {
  return Object.fromEntries(ownArguments.map((name) => [name, properties[name] ?? undefined]));
}
