import { isJsonObject, type Json, type JsonObject, ownValue } from "../fields/values";
import { looksMasked } from "./mask";
import { isEmpty, sameJson } from "./same";

/** Where a value stands in settings: names, and `*` for every element of a list. */
export type SettingsPath = readonly string[];

/** Settings that are not shown: their absence says nothing. */
export type Unshown = readonly SettingsPath[];

/**
 * Whether an observed value holds what was written. Of objects only the written names count, at every depth; the elements of a list may
 * come in another order, and none may be missing or too many. What is masked cannot be compared, so what was written is taken to be there.
 */
export function holdsSettings(written: Json, observed: Json | undefined, unshown: Unshown = []): boolean {
  if (observed === undefined || isEmpty(observed))
    return saysNothing(written) || unshown.some(({ length }) => length === 0);
  if (looksMasked(observed)) return true;
  if (Array.isArray(written) && Array.isArray(observed))
    return written.length === observed.length && everyElementHeld(written, observed, below(unshown, "*"));
  if (!isJsonObject(written) || !isJsonObject(observed)) return sameJson(written, observed);
  return Object.entries(written).every(([name, value]) =>
    holdsSettings(value, ownValue(observed, name), below(unshown, name)),
  );
}

/** Absent, null and empty are alike where the API answers. */
function saysNothing(written: Json): boolean {
  return isEmpty(written) || (isJsonObject(written) && Object.values(written).every(saysNothing));
}

function everyElementHeld(written: readonly Json[], observed: readonly Json[], unshown: Unshown): boolean {
  const holders = holdersOf(written, observed, unshown);
  return holders.every((holder) => holder !== undefined);
}

/**
 * For each element that was written the index of an observed one that holds it, no two the same; undefined where none is left. As many as
 * there can be: a search for augmenting paths (Kuhn), which begins with what stands at its place.
 */
export function holdersOf(
  written: readonly Json[],
  observed: readonly Json[],
  unshown: Unshown = [],
): readonly (number | undefined)[] {
  const holders: (number | undefined)[] = written.map(() => undefined);
  const held: (number | undefined)[] = observed.map(() => undefined);
  const holds = (at: number, by: number) => holdsSettings(written[at] as Json, observed[by], unshown);
  for (const at of written.keys()) {
    if (at < observed.length && holds(at, at)) {
      holders[at] = at;
      held[at] = at;
    }
  }
  const find = (at: number, tried: Set<number>): boolean => {
    for (const by of observed.keys()) {
      if (tried.has(by) || !holds(at, by)) continue;
      tried.add(by);
      const other = held[by];
      if (other !== undefined && !find(other, tried)) continue;
      holders[at] = by;
      held[by] = at;
      return true;
    }
    return false;
  };
  for (const at of written.keys()) if (holders[at] === undefined && !find(at, new Set())) break;
  return holders;
}

/** What was observed, cut down to the names that were written: what means the same in the written spelling, and without what is gone. */
export function observedSettings(written: JsonObject, observed: JsonObject, unshown: Unshown = []): JsonObject {
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, value]): [string, Json][] => {
      const seen = ownValue(observed, name);
      const inner = below(unshown, name);
      if (holdsSettings(value, seen, inner)) return [[name, value]];
      if (seen === undefined || seen === null) return [];
      return [[name, isJsonObject(value) && isJsonObject(seen) ? observedSettings(value, seen, inner) : seen]];
    }),
  );
}

/** Where a document that was read right after a write does not show what was written. */
export function unshownSettings(written: JsonObject, observed: JsonObject): Unshown {
  return Object.entries(written).flatMap(([name, value]) =>
    unshownIn(value, ownValue(observed, name)).map((path) => [name, ...path]),
  );
}

function unshownIn(written: Json, observed: Json | undefined): SettingsPath[] {
  if (observed === undefined || isEmpty(observed)) return saysNothing(written) ? [] : [[]];
  if (Array.isArray(written) && Array.isArray(observed)) return unshownInElements(written, observed);
  if (!isJsonObject(written) || !isJsonObject(observed)) return [];
  return [...unshownSettings(written, observed)];
}

/** Which element became which cannot be told where something is missing: only what none of them shows is not shown. */
function unshownInElements(written: readonly Json[], observed: readonly Json[]): SettingsPath[] {
  const [objects, seen] = [written.filter(isJsonObject), observed.filter(isJsonObject)];
  if (objects.length === 0 || seen.length === 0) return [];
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return names.flatMap((name) => {
    const values = objects.flatMap((object) => (Object.hasOwn(object, name) ? [object[name] as Json] : []));
    const shown = seen.flatMap((object) => (isEmpty(ownValue(object, name)) ? [] : [object[name] as Json]));
    if (shown.length === 0) return values.every(saysNothing) ? [] : [["*", name]];
    return unique(
      values.flatMap((value) => {
        const each = shown.map((one) => unshownIn(value, one));
        return (each[0] ?? []).filter((path) => each.every((paths) => paths.some((other) => sameJson(path, other))));
      }),
    ).map((path) => ["*", name, ...path]);
  });
}

/** Which of the settings that are not shown still are not: what is shown is compared from then on. */
export function stillUnshown(unshown: Unshown, observed: JsonObject): Unshown {
  return unshown.filter((path) => valuesAt(observed, path).every(isEmpty));
}

/** What a program said and says no more: names at every depth of its objects. Lists are written whole. */
export function settingsGivenUp(before: JsonObject, now: JsonObject): SettingsPath[] {
  return Object.entries(before).flatMap(([name, value]): SettingsPath[] => {
    const still = ownValue(now, name);
    if (still === undefined || still === null) return leaves(value).map((path) => [name, ...path]);
    return isJsonObject(value) && isJsonObject(still)
      ? settingsGivenUp(value, still).map((path) => [name, ...path])
      : [];
  });
}

function leaves(value: Json): SettingsPath[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [[]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner).map((path) => [name, ...path]));
}

/** An object without what stands at a path, and without the objects on the way that are empty then. */
export function withoutSetting(object: JsonObject, [name, ...rest]: SettingsPath): JsonObject {
  const inner = name === undefined ? undefined : ownValue(object, name);
  if (name === undefined || inner === undefined) return object;
  const left = rest.length > 0 && isJsonObject(inner) ? withoutSetting(inner, rest) : {};
  // What others have put beside it stays.
  if (isJsonObject(left) && Object.keys(left).length > 0) return { ...object, [name]: left };
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}

/** An object with null at a path, whether anything is known to be there or not. */
export function nulledSetting(object: JsonObject, [name, ...rest]: SettingsPath): JsonObject {
  if (name === undefined) return object;
  const inner = ownValue(object, name);
  return { ...object, [name]: rest.length > 0 ? nulledSetting(isJsonObject(inner) ? inner : {}, rest) : null };
}

/** Whether a setting is one of those that are not shown, or within one. */
export function isUnshown(unshown: Unshown, path: SettingsPath): boolean {
  return unshown.some((one) => one.length <= path.length && one.every((step, at) => step === path[at]));
}

/** Whether anything stands at a path. */
export function hasSetting(object: JsonObject, path: SettingsPath): boolean {
  return valuesAt(object, path).some((value) => !saysNothing(value));
}

function valuesAt(value: Json | undefined, [name, ...rest]: SettingsPath): Json[] {
  if (value === undefined || value === null) return [];
  if (name === undefined) return [value];
  if (Array.isArray(value)) return name === "*" ? value.flatMap((element: Json) => valuesAt(element, rest)) : [];
  return isJsonObject(value) ? valuesAt(ownValue(value, name), rest) : [];
}

function below(unshown: Unshown, name: string): Unshown {
  return unshown.length === 0 ? unshown : unshown.filter(([first]) => first === name).map(([, ...rest]) => rest);
}

function unique(paths: readonly SettingsPath[]): SettingsPath[] {
  return paths.filter((path, at) => paths.findIndex((other) => sameJson(path, other)) === at);
}
