import { safeText } from "@mcpstack/oauth-metadata";

/** Longest text of a document or of the API that is shown, in UTF-16 code units. */
const maxLength = 1500;

/**
 * The first step of every escape: on one line, what cannot be seen written out, long text cut, and nothing in it that a job's runner takes
 * for a command wherever it stands (`##[group]`, `##vso[…]`).
 */
export function visible(text: string): string {
  return safeText(text, maxLength).replace(/##(?=[\w[])/g, "#\\u{23}");
}
