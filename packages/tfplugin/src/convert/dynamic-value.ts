import type { CtyType } from "../cty/type";
import { isObject, type Value, type ValueObject } from "../cty/value";
import { valueFromJson } from "../provider/json-value";
import { parseJson } from "../provider/parse-json";
import { decodeValue, encodeValue } from "../wire/codec";

/** The two forms that a value may have in a message. */
interface DynamicValueLike {
  readonly msgpack: Uint8Array;
  readonly json: Uint8Array;
}

/** An absent message is null. */
export function fromDynamicValue(type: CtyType, message: DynamicValueLike | undefined): Value {
  if (message === undefined) return null;
  if (message.msgpack.length > 0) return decodeValue(type, message.msgpack);
  if (message.json.length > 0) return valueFromJson(type, parseJson(Buffer.from(message.json).toString("utf8")));
  return null;
}

/** A value of an object type; null where the message is null. */
export function objectFrom(type: CtyType, message: DynamicValueLike | undefined): ValueObject | null {
  const value = fromDynamicValue(type, message);
  return isObject(value) ? value : null;
}

/** A configuration: the object, and an empty one where core sends null. */
export function configFrom(type: CtyType, message: DynamicValueLike | undefined): ValueObject {
  return objectFrom(type, message) ?? (Object.create(null) as ValueObject);
}

export function toDynamicValue(type: CtyType, value: Value): { msgpack: Uint8Array<ArrayBuffer> } {
  return { msgpack: encodeValue(type, value) };
}
