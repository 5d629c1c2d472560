import { isLosslessNumber } from "lossless-json";
import type { ServerBehaviour } from "../behaviour/switches";
import { stringifyJson } from "../json/exact";
import type { Json, JsonObject } from "../store/records";

/** What `unknownObjects: "enriched"` adds to objects in lists. It is the service's own: written back, it is taken and not kept. */
export const enrichment: JsonObject = { addedBy: "service" };

type Behaviour = Pick<ServerBehaviour, "unknownEcho" | "unknownArrays" | "unknownObjects">;

/** Fields that no published page names, as the service answers them: a copy. */
export function presentUnknown(fields: JsonObject, behaviour: Behaviour): JsonObject {
  return presentObject(fields, behaviour, false);
}

function present(value: Json, behaviour: Behaviour, isInList: boolean): Json {
  if (Array.isArray(value)) {
    const elements = value.map((element) => present(element, behaviour, true));
    return behaviour.unknownArrays === "sorted" ? sorted(elements) : elements;
  }
  return isObject(value) ? presentObject(value, behaviour, isInList) : value;
}

function sorted(elements: readonly Json[]): Json[] {
  const keyed = elements.map((element) => [stringifyJson(element), element] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, element]) => element);
}

/** What `unknownEcho: "not-hidden"` keeps to itself. */
function isHidden(name: string, { unknownEcho }: Pick<ServerBehaviour, "unknownEcho">): boolean {
  return unknownEcho === "not-hidden" && /hidden|password/i.test(name);
}

function presentObject(object: JsonObject, behaviour: Behaviour, isInList: boolean): JsonObject {
  const shown = Object.entries(object).filter(([name]) => !isHidden(name, behaviour));
  return {
    ...Object.fromEntries(shown.map(([name, value]) => [name, present(value, behaviour, isInList)])),
    ...(isInList && behaviour.unknownObjects === "enriched" ? enrichment : {}),
  };
}

/** What is kept of such fields: not what the service adds to objects in lists itself. */
export function keptUnknown(value: Json, isInList = false): Json {
  if (Array.isArray(value)) return value.map((element) => keptUnknown(element, true));
  if (!isObject(value)) return value;
  const own = Object.entries(value).filter(([name]) => !isInList || !Object.hasOwn(enrichment, name));
  return Object.fromEntries(own.map(([name, inner]) => [name, keptUnknown(inner, isInList)]));
}

/** What a PUT leaves of such fields, top level by top level; those that are not shown cannot be written back, and stay. */
export function putUnknown(
  before: JsonObject,
  written: JsonObject,
  behaviour: Pick<ServerBehaviour, "putLeftOut" | "unknownNull" | "unknownEcho">,
): JsonObject {
  const { putLeftOut, unknownNull } = behaviour;
  const unseen = Object.entries(before).filter(([name]) => isHidden(name, behaviour));
  const after: JsonObject = { ...(putLeftOut === "cleared" ? Object.fromEntries(unseen) : before), ...written };
  for (const [name, value] of Object.entries(written)) {
    if (value !== null || unknownNull === "null") continue;
    if (unknownNull === "kept" && Object.hasOwn(before, name)) after[name] = before[name] as Json;
    else delete after[name];
  }
  return after;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
