import { isJsonObject, type Json, type JsonObject } from "../fields/values";

/** What settings say: null is as if left out, at every depth of their objects. Nothing, null, `{}` and what else is empty say nothing. */
export function statedSettings(settings: Json | undefined): JsonObject {
  return isJsonObject(settings) ? (withoutNulls(settings) as JsonObject) : {};
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, Json][] =>
      inner === null || inner === undefined ? [] : [[name, withoutNulls(inner)]],
    ),
  );
}
