import { isJsonObject, type Json, parseJson, storedFields, stringifyJson } from "@mcpstack/model";
import { apiNamesOf } from "../documents/gateway";
import { echoMark } from "./echo-mark";
import type { Secrets } from "./secrets";
import { serverWords } from "./server-words";

/** Longest body that is logged, in UTF-16 code units. */
const longest = 2_000;

/** Fields whose values a state or a message may show: those of a gateway that have an argument, of the other documents, of errors and of lists. */
const shown = new Set<string>([
  ...storedFields.flatMap(apiNamesOf),
  ...["id", "slug", "status", "organizationId", "serverId", "mcpServerId", "gatewayId", "gateway", "server"],
  ...["publicId", "gatewayPublicId", "mcpUrl", "callbackUrl", "issuer", "manualOverrides", "version", "createdOn"],
  ...["error", "errors", "error_description", "message", "detail", "title", "reason", "code", "type", "outcome"],
  ...["items", "data", "results", "page", "pageSize", "total", "totalCount", "count", "nextCursor", "hasNextPage"],
]);

/**
 * A body as a log may show it, on one line and cut at 2,000 characters. A value whose field is not known here is left out, and its name
 * stays: it may be a write-only setting that an earlier process sent, which nothing in this one can tell.
 */
export function loggedBody(text: string, secrets: Secrets): string {
  let json: Json;
  try {
    json = parseJson(text) as Json;
  } catch {
    return serverWords(text, secrets, longest);
  }
  return serverWords(stringifyJson(withoutUnknown(json, true)), secrets, longest);
}

function withoutUnknown(value: Json, isShown: boolean): Json {
  if (Array.isArray(value)) return value.map((element) => withoutUnknown(element, isShown));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, withoutUnknown(inner, isShown && shown.has(name))]),
    );
  }
  return isShown || value === null || typeof value === "boolean" ? value : echoMark;
}
