import type { JsonObject } from "@mcpstack/model";
import { defined, firstText, isObject, type Origin, unexpected } from "./parse";

/** What a user granted through a gateway. Its field names are open. */
export interface GrantDocument {
  readonly id?: string;
  readonly raw: JsonObject;
}

export function decodeGrant(value: unknown, from: Origin): GrantDocument {
  if (!isObject(value)) throw unexpected(from, "a grant must be an object");
  return defined<GrantDocument>({ id: firstText(value, "id", "grantId"), raw: value });
}
