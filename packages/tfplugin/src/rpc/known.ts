import type { Path } from "../cty/path";
import type { CtyType } from "../cty/type";
import { Dynamic, isObject, Unknown, type Value, type ValueObject } from "../cty/value";

/** The value with null in the place of what is unknown. */
export function knownParts(value: Value): Value {
  if (value instanceof Unknown) return null;
  if (value instanceof Dynamic) return new Dynamic(value.type, knownParts(value.value));
  if (Array.isArray(value)) return value.map(knownParts);
  if (!isObject(value)) return value;
  const result: ValueObject = Object.create(null);
  for (const name of Object.keys(value)) result[name] = knownParts(value[name] ?? null);
  return result;
}

/** Where the value is unknown; within a set, at the set. */
export function unknownPaths(type: CtyType | undefined, value: Value, path: Path = []): Path[] {
  if (value instanceof Unknown) return [path];
  if (value instanceof Dynamic) return unknownPaths(value.type, value.value, path);
  if (Array.isArray(value)) {
    if (type?.kind === "set") return value.some((item) => unknownPaths(type.element, item).length > 0) ? [path] : [];
    return value.flatMap((item, i) =>
      unknownPaths(type?.kind === "list" ? type.element : type?.kind === "tuple" ? type.elements[i] : undefined, item, [
        ...path,
        i,
      ]),
    );
  }
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) =>
    unknownPaths(
      type?.kind === "map" ? type.element : type?.kind === "object" ? type.attributes[name] : undefined,
      value[name] ?? null,
      [...path, name],
    ),
  );
}
