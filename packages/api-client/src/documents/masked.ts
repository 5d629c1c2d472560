import { type Json, looksMasked } from "@mcpstack/model";
import { ApiError } from "../errors/api-error";
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

/**
 * Why nothing is written.
 *
 * @param field - as it may be shown.
 * @param wayOn - what to do, after "Nothing was written."
 */
export function maskedField(of: "gateway" | "attachment", field: string, wayOn: string): ApiError {
  return new ApiError({
    code: "masked_field",
    field,
    summary: `The service shows the ${of}'s field ${field} masked, and writing the mask back would destroy the secret behind it.`,
    hint: `Nothing was written. ${wayOn}`,
  });
}
