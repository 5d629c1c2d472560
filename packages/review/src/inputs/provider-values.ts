import { connectionFields } from "@mcpstack/model";
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
