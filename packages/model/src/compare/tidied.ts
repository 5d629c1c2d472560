import type { StoredField } from "../fields/gateway";
import { compareIssuers } from "../issuer";

/** Fields that hold a text for people, or one word: their spelling decides nothing. */
const texts: ReadonlySet<StoredField> = new Set(["name", "description", "providerType"]);

/** What a tidy service may make of a text, made of every text: one form of each character (Unicode NFKC), one space, small letters. */
export function tidyText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
}

/**
 * Whether an observed value is what a tidy service may have made of what was written, which is for it to remember and no change of
 * anything: spaces, case and the form of characters in texts for people, and a slash at the end of an issuer. Clients, audiences, endpoints and
 * scopes are compared by others to the letter.
 */
export function isTidied(field: StoredField, written: unknown, observed: unknown): boolean {
  if (typeof written !== "string" || typeof observed !== "string") return false;
  if (field === "authorizationServerUrl")
    return ["same", "trailingSlash", "hostCase", "defaultPort"].includes(compareIssuers(written, observed));
  return texts.has(field) && tidyText(written) === tidyText(observed);
}
