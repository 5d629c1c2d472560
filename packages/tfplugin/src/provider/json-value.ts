import { CtyTypeError, ValueError } from "../cty/errors";
import { normalizeNumber, parseNumber } from "../cty/number";
import type { Path } from "../cty/path";
import { type CtyType, describeType, typeFromJson } from "../cty/type";
import { Decimal, Dynamic, type Value, type ValueObject } from "../cty/value";
import { kindOf } from "../wire/number";

/**
 * The value of a type that JSON as Terraform keeps it in the state is. Attributes that the type does not have are left out and
 * absent ones are null, so that a provider reads the state of an older or a newer schema of the same version.
 */
export function valueFromJson(type: CtyType, json: unknown, path: Path = []): Value {
  if (json === null || json === undefined) return null;
  switch (type.kind) {
    case "string":
      // Terraform converts between primitive types, as a schema that was changed without a new version needs.
      if (typeof json === "string") return json;
      if (typeof json === "number" || typeof json === "boolean" || json instanceof Decimal) return String(json);
      break;
    case "number": {
      const number =
        typeof json === "string"
          ? parseNumber(json)
          : typeof json === "number" || typeof json === "bigint" || json instanceof Decimal
            ? normalizeNumber(json)
            : undefined;
      if (number !== undefined) return number;
      break;
    }
    case "bool":
      if (typeof json === "boolean") return json;
      if (json === "true" || json === "false") return json === "true";
      break;
    case "list":
    case "set":
      if (Array.isArray(json)) return json.map((item, i) => valueFromJson(type.element, item, [...path, i]));
      break;
    case "tuple":
      if (Array.isArray(json) && json.length === type.elements.length)
        return type.elements.map((element, i) => valueFromJson(element, json[i], [...path, i]));
      break;
    case "map":
      if (isRecord(json)) {
        const result: ValueObject = Object.create(null);
        for (const key of Object.keys(json)) result[key] = valueFromJson(type.element, json[key], [...path, key]);
        return result;
      }
      break;
    case "object":
      if (isRecord(json)) {
        const result: ValueObject = Object.create(null);
        for (const [name, of] of Object.entries(type.attributes))
          result[name] = valueFromJson(of, Object.hasOwn(json, name) ? json[name] : null, [...path, name]);
        return result;
      }
      break;
    case "dynamic":
      if (isRecord(json) && "type" in json && "value" in json) {
        const inner = typeOf(json.type, path);
        return new Dynamic(inner, valueFromJson(inner, json.value, path));
      }
      break;
  }
  throw new ValueError(path, `expected ${describeType(type)}, found ${kindOf(json)} in JSON`);
}

function typeOf(json: unknown, path: Path): CtyType {
  try {
    return typeFromJson(json);
  } catch (error) {
    if (error instanceof CtyTypeError) throw new ValueError(path, error.message);
    throw error;
  }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof Decimal);
}
