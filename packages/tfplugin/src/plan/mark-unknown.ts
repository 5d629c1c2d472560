import { member, unknown, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";
import { mapNested } from "./pairs";

/**
 * In a plan that changes something, what the provider computes and the configuration does not set becomes known after the
 * apply only, except where a modifier says that the prior value stays.
 */
export function markUnknown(
  object: ObjectNode,
  config: ValueObject,
  prior: ValueObject | undefined,
  planned: ValueObject,
): ValueObject {
  const result: ValueObject = Object.create(null);
  for (const child of object.children) {
    const { name } = child;
    result[name] = markChild(
      child,
      member(config, name),
      prior === undefined ? undefined : member(prior, name),
      member(planned, name),
    );
  }
  return result;
}

function markChild(child: ChildNode, config: Value, prior: Value | undefined, planned: Value): Value {
  if (child.writeOnly) return null;
  if (config === null) {
    if (!child.computed || child.default !== undefined) return planned;
    return keepsState(child, prior) ? (prior as Value) : unknown;
  }
  const { object } = child;
  if (object === undefined) return planned;
  return mapNested({ ...child, object }, config, prior, planned, (pair) =>
    markUnknown(object, pair.config, pair.prior, pair.planned),
  );
}

function keepsState(child: ChildNode, prior: Value | undefined): boolean {
  if (prior === undefined) return false;
  return (
    child.planModifiers.includes("useStateForUnknown") ||
    (prior !== null && child.planModifiers.includes("useNonNullStateForUnknown"))
  );
}
