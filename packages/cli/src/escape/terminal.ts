import { safeText } from "@mcpstack/oauth-metadata";

/** Longest text of a document or of the API that is shown, in UTF-16 code units. */
const maxLength = 1500;

/**
 * A text for one line of a terminal or of a job's log: no escape sequence, nothing invisible, and nothing that a runner takes for a
 * command (`::error` at the start of a line, `##[group]` and `##vso[…]` anywhere in it).
 */
export function terminalText(text: string): string {
  return safeText(text, maxLength)
    .replace(/##(?=[\w[])/g, "#\\u{23}")
    .replace(/^(\s*):(?=:)/, "$1\\u{3a}");
}
