import { equalValues } from "../cty/equal";
import { isObject, isWhollyKnown, member, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";

/** One nested object with what belongs to it elsewhere. */
export interface Pair {
  /** The index or key within the nesting; undefined in a single object and in a set, whose elements have no path. */
  readonly step: string | number | undefined;
  readonly config: ValueObject;
  /** Undefined where there was no such element. */
  readonly prior: ValueObject | undefined;
  readonly planned: ValueObject;
}

function asObject(value: Value | undefined): ValueObject | undefined {
  return isObject(value) ? value : undefined;
}

/**
 * Applies `change` to each object that a nested attribute or a block plans, with the configured and the prior one that belong
 * to it: those of the same index or key, and in a set those that agree in all that is configured. What is null or unknown
 * stays as it is, and so does what is not configured at all.
 */
export function mapNested(
  child: ChildNode & { readonly object: ObjectNode },
  config: Value,
  prior: Value | undefined,
  planned: Value,
  change: (pair: Pair) => Value,
): Value {
  const { nesting, object } = child;
  if (nesting === "single" || nesting === "group") {
    if (!isObject(planned) || !isObject(config)) return planned;
    return change({ step: undefined, config, prior: asObject(prior), planned });
  }
  if (nesting === "map") {
    if (!isObject(planned) || !isObject(config)) return planned;
    const result: ValueObject = Object.create(null);
    for (const key of Object.keys(planned)) {
      const to = planned[key] ?? null;
      const from = member(config, key);
      const before = isObject(prior) ? asObject(member(prior, key)) : undefined;
      result[key] =
        isObject(to) && isObject(from) ? change({ step: key, config: from, prior: before, planned: to }) : to;
    }
    return result;
  }
  if (!Array.isArray(planned) || !Array.isArray(config)) return planned;
  const before = Array.isArray(prior) ? prior : [];
  if (nesting === "list") {
    return planned.map((to, i) => {
      const from = config[i] ?? null;
      return isObject(to) && isObject(from)
        ? change({ step: i, config: from, prior: asObject(before[i]), planned: to })
        : to;
    });
  }
  const freePlanned = [...planned];
  const freePrior = [...before];
  return config.map((from) => {
    if (!isObject(from)) return from;
    const to = takeMatch(object, from, freePlanned) ?? from;
    return change({ step: undefined, config: from, prior: takeMatch(object, from, freePrior), planned: to });
  });
}

function takeMatch(object: ObjectNode, config: ValueObject, candidates: Value[]): ValueObject | undefined {
  const at = candidates.findIndex((candidate) => isObject(candidate) && agrees(object, config, candidate));
  return at < 0 ? undefined : (candidates.splice(at, 1)[0] as ValueObject);
}

/** Whether the candidate has all that the configuration says: what it leaves to the provider may be anything. */
function agrees(object: ObjectNode, config: ValueObject, candidate: ValueObject): boolean {
  return object.children.every((child) =>
    childAgrees(child, member(config, child.name), member(candidate, child.name)),
  );
}

function childAgrees(child: ChildNode, config: Value, candidate: Value): boolean {
  if (config === null && child.computed) return true;
  if (child.object === undefined || config === null || candidate === null)
    return equalValues(child.type, config, candidate) || keepsMeaning(child, candidate, config);
  const { object } = child;
  if (isObject(config) && isObject(candidate)) {
    if (child.nesting !== "map") return agrees(object, config, candidate);
    const keys = Object.keys(config);
    return (
      keys.length === Object.keys(candidate).length &&
      keys.every((key) => elementAgrees(object, member(config, key), member(candidate, key)))
    );
  }
  if (!Array.isArray(config) || !Array.isArray(candidate) || config.length !== candidate.length) return false;
  if (child.nesting === "list") return config.every((item, i) => elementAgrees(object, item, candidate[i] ?? null));
  const free = [...candidate];
  return config.every((item) => isObject(item) && takeMatch(object, item, free) !== undefined);
}

function elementAgrees(object: ObjectNode, config: Value, candidate: Value): boolean {
  return isObject(config) && isObject(candidate) && agrees(object, config, candidate);
}

/** Whether a modifier of the attribute says that the configured value means what the prior one does. */
export function keepsMeaning(child: ChildNode, prior: Value | undefined, config: Value): boolean {
  if (prior === undefined || prior === null || config === null || child.planModifiers.length === 0) return false;
  return child.planModifiers.some(
    (modifier) =>
      typeof modifier === "object" &&
      isWhollyKnown(prior) &&
      isWhollyKnown(config) &&
      modifier.sameMeaning(prior, config),
  );
}
