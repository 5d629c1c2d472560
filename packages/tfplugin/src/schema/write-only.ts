import { isObject, member, type Value, type ValueObject } from "../cty/value";
import type { ChildNode, ObjectNode } from "./schema";

const concerned = new WeakMap<ObjectNode, boolean>();

function hasWriteOnly(object: ObjectNode): boolean {
  let known = concerned.get(object);
  if (known === undefined) {
    known = object.children.some(
      (child) => child.writeOnly || (child.object !== undefined && hasWriteOnly(child.object)),
    );
    concerned.set(object, known);
  }
  return known;
}

/** The value as a plan or a state may hold it: write-only attributes are null there, whatever the provider returned. */
export function withoutWriteOnly(object: ObjectNode, value: ValueObject): ValueObject {
  if (!hasWriteOnly(object)) return value;
  const result: ValueObject = Object.assign(Object.create(null), value);
  for (const child of object.children) {
    if (child.writeOnly) result[child.name] = null;
    else if (child.object !== undefined)
      result[child.name] = withinNested(child, child.object, member(value, child.name));
  }
  return result;
}

function withinNested(child: ChildNode, object: ObjectNode, value: Value): Value {
  const one = (item: Value) => (isObject(item) ? withoutWriteOnly(object, item) : item);
  if (Array.isArray(value)) return value.map(one);
  if (child.nesting !== "map" || !isObject(value)) return one(value);
  const result: ValueObject = Object.create(null);
  for (const key of Object.keys(value)) result[key] = one(member(value, key));
  return result;
}
