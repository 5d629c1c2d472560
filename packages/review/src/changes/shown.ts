import { type Json, stringifyJson } from "@mcpstack/model";
import type { ProviderChange, ResourceChange } from "./change";

const maxShown = 500;

/** A value as a reader sees it; undefined for none. Secrets and user information in URLs are never shown. Escaping is the renderer's. */
export function shown(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return undefined;
  const text =
    typeof value === "string"
      ? value
      : Array.isArray(value)
        ? value.map((element) => shown(element) ?? "").join(", ")
        : stringifyJson(value);
  return cut(withoutUserInfo(text));
}

/** What is to be shown of a field: of one that is secret, only that there is something. */
export function shownOf(
  { sensitive }: Pick<ResourceChange, "sensitive">,
  field: string,
  value: Json | undefined,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  return sensitive.has(field) ? "(secret)" : shown(value);
}

/** A field's value on one side of a change. */
export function shownField(change: ResourceChange, side: "before" | "after", field: string): string | undefined {
  const isOpen = side === "after" && change.unknown.has(field) && !change.sensitive.has(field);
  return shownOf(change, field, change[side]?.[field]) ?? (isOpen ? "(known after apply)" : undefined);
}

/** What a reader sees of an argument that is made from something else, whose value the input does not hold. */
export function shownOrigin(
  { unknown, origins }: Pick<ProviderChange, "unknown" | "origins">,
  field: string,
): string | undefined {
  const origin = unknown.has(field) ? origins?.[field] : undefined;
  if (origin === undefined) return undefined;
  return origin.references.length === 0
    ? "(made by an expression that refers to nothing, and a plan does not hold what that comes to)"
    : shown(`(made from ${origin.references.join(", ")}, and a plan does not hold what that comes to)`);
}

/** RFC 3986 §3.2.1: user information may hold a password. */
export function withoutUserInfo(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s,]*@/gi, "$1***@");
}

function cut(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}… (${text.length} characters)` : text;
}
