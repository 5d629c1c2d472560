import { safeText } from "@mcpstack/oauth-metadata";

/** A text as XML character data or attribute value. `safeText` has taken out what XML 1.0 cannot hold (§2.2). */
export function xmlText(text: string): string {
  return safeText(text, 4000).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
