import { withoutLogCommands } from "@mcpstack/model";
import type { Secrets } from "./secrets";
import { withoutTokens } from "./without-tokens";

/** Longest text of the service that is shown, in UTF-16 code units. */
const longest = 200;
/** Of a longer text no more than this is looked at, so that a huge one costs nothing. */
const lookedAt = 4_000;

/**
 * Makes a text of the service fit to be shown: without secrets and tokens, on one line, without control characters (they could rewrite a
 * terminal), and only then cut: half a secret would be looked for in vain.
 *
 * @param length - longest text that is shown, at most 4,000. Default: 200.
 */
export function serverWords(text: string, secrets: Secrets, length: number = longest): string {
  const line = withoutTokens(secrets.hide(text.slice(0, lookedAt)))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed; the rest reorders text (Unicode TR36)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  const inert = withoutLogCommands(line);
  return inert.length > length ? `${inert.slice(0, length)}…` : inert;
}
