import { member, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";
import { keepsMeaning, mapNested } from "./pairs";

/**
 * What the configuration asks for, before it is known whether that is a change: the proposal with defaults filled in,
 * values that mean the same left as they were, and write-only values taken out.
 */
export function settle(
  object: ObjectNode,
  config: ValueObject,
  prior: ValueObject | undefined,
  proposed: ValueObject,
): ValueObject {
  const result: ValueObject = Object.create(null);
  for (const child of object.children) {
    const { name } = child;
    result[name] = settleChild(
      child,
      member(config, name),
      prior === undefined ? undefined : member(prior, name),
      member(proposed, name),
    );
  }
  return result;
}

function settleChild(child: ChildNode, config: Value, prior: Value | undefined, proposed: Value): Value {
  if (child.writeOnly) return null;
  if (config === null && child.default !== undefined) return child.default;
  if (keepsMeaning(child, prior, config)) return prior as Value;
  const { object } = child;
  if (object === undefined) return proposed;
  return mapNested({ ...child, object }, config, prior, proposed, (pair) =>
    settle(object, pair.config, pair.prior, pair.planned),
  );
}
