import { connectionFields, defaultApiUrl, type Json, originOf, parseUrl } from "@mcpstack/model";
import type { Values } from "../changes/change";

/** The provider is known by its source, in whatever registry: a program may call it anything. */
export function isOurSource(source: string | undefined): boolean {
  return source !== undefined && /(?:^|\/)mcpstack\/mcpstack$/.test(source);
}

/** What the API is asked with: no rule, and no result, ever sees it. */
export const credentialFields = Object.entries(connectionFields)
  .filter(([, field]) => "sensitive" in field)
  .map(([name]) => name);

/** A provider's values without its credential. */
export function withoutCredential(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !credentialFields.includes(name)));
}

/** Whether an argument can have a value: the engine would not have planned with another one. */
export function isTold(name: string, value: unknown): boolean {
  if (value === null) return true;
  if (name === "apiUrl") return typeof value === "string" && parseUrl(value) !== undefined;
  if (name === "allowInsecureMetadata") return ["true", "false"].includes(String(value));
  const field = connectionFields[name as keyof typeof connectionFields];
  return field.schema.safeParse(value).success;
}

/** Whether nothing could trust less, so that it lowers nothing, whatever it was before. */
export function trustsLeast(field: string, value: Json): boolean {
  switch (field) {
    case "apiUrl":
      return originOf(String(value)) === originOf(defaultApiUrl);
    case "metadataCheck":
      return value === "error";
    case "trustedOrigins":
      return Array.isArray(value) && value.length === 0;
    case "allowInsecureMetadata":
      return String(value) === "false";
    default:
      return false;
  }
}
