import { type Json, looksMasked } from "@mcpstack/model";
import { isObject } from "./parse";

/** The path of the first masked text in a value that stands at a path: `exchange.secret`, `keys[1]`. Undefined where nothing is masked. */
export function maskedPath(value: Json, path: string): string | undefined {
  if (looksMasked(value)) return path;
  const inner: Iterable<[string, Json]> = Array.isArray(value)
    ? value.map((element: Json, index): [string, Json] => [`${path}[${index}]`, element])
    : isObject(value)
      ? Object.entries(value).map(([name, member]): [string, Json] => [`${path}.${name}`, member])
      : [];
  for (const [at, member] of inner) {
    const masked = maskedPath(member, at);
    if (masked !== undefined) return masked;
  }
  return undefined;
}
