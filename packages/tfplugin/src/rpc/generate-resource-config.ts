import { objectFrom, toDynamicValue } from "../convert/dynamic-value";
import { equalValues } from "../cty/equal";
import { isObject, member, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";
import type { Handler } from "./handler";
import { resourceOf } from "./lookup";

export const generateResourceConfig: Handler<"generateResourceConfig"> = (provider, request) => {
  const { schema } = resourceOf(provider, request.typeName);
  const state = objectFrom(schema.type, request.state);
  return { config: toDynamicValue(schema.type, state === null ? null : configOf(schema.object, state)) };
};

/** What a person would write to have this state: nothing that is only computed, deprecated, or what the default is. */
export function configOf(object: ObjectNode, state: ValueObject): ValueObject {
  const config: ValueObject = Object.create(null);
  for (const child of object.children) {
    const value = member(state, child.name);
    config[child.name] = leftOut(child, value) ? null : withinNested(child, value);
  }
  return config;
}

function leftOut(child: ChildNode, value: Value): boolean {
  if (child.writeOnly || (child.computed && !child.optional)) return true;
  if (child.required) return false;
  if (!child.isBlock && child.definition.deprecated !== undefined) return true;
  return child.default !== undefined && equalValues(child.type, value, child.default);
}

function withinNested({ object, nesting }: ChildNode, value: Value): Value {
  if (object === undefined) return value;
  const one = (item: Value) => (isObject(item) ? configOf(object, item) : item);
  if (Array.isArray(value)) return value.map(one);
  if (nesting !== "map" || !isObject(value)) return one(value);
  const result: ValueObject = Object.create(null);
  for (const key of Object.keys(value)) result[key] = one(member(value, key));
  return result;
}
