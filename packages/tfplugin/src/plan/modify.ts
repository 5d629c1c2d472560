import type { Path } from "../cty/path";
import { member, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";
import { mapNested } from "./pairs";

/** Runs the modifiers that are functions, outer attributes first; collects the paths that they say need a replacement. */
export function modify(
  object: ObjectNode,
  config: ValueObject,
  prior: ValueObject | undefined,
  planned: ValueObject,
  path: Path,
  replace: Path[],
): ValueObject {
  if (!hasFunctions(object)) return planned;
  const result: ValueObject = Object.create(null);
  for (const child of object.children) {
    const { name } = child;
    result[name] = modifyChild(
      child,
      member(config, name),
      prior === undefined ? undefined : member(prior, name),
      member(planned, name),
      [...path, name],
      replace,
    );
  }
  return result;
}

function modifyChild(
  child: ChildNode,
  config: Value,
  prior: Value | undefined,
  before: Value,
  path: Path,
  replace: Path[],
): Value {
  let planned = before;
  for (const modifier of child.planModifiers) {
    if (typeof modifier !== "function") continue;
    const change = modifier({ path, config, prior, planned });
    if (change?.planned !== undefined) planned = change.planned;
    if (change?.requiresReplace) replace.push(path);
  }
  const { object } = child;
  if (object === undefined) return planned;
  return mapNested({ ...child, object }, config, prior, planned, (pair) =>
    modify(
      object,
      pair.config,
      pair.prior,
      pair.planned,
      pair.step === undefined ? path : [...path, pair.step],
      replace,
    ),
  );
}

const withFunctions = new WeakMap<ObjectNode, boolean>();

function hasFunctions(object: ObjectNode): boolean {
  let known = withFunctions.get(object);
  if (known === undefined) {
    known = object.children.some(
      (child) =>
        child.planModifiers.some((modifier) => typeof modifier === "function") ||
        (child.object !== undefined && hasFunctions(child.object)),
    );
    withFunctions.set(object, known);
  }
  return known;
}
