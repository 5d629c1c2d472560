import { safeText } from "@mcpstack/oauth-metadata";

/** Longest text of a plan that a renderer shows. */
const maxLength = 600;

/**
 * The first step of every escape: on one line, and what cannot be seen (control and bidirectional characters, lone surrogates, …) written
 * out as `\u{202e}`. What a given output would act upon is escaped by the module of that output.
 */
export function visible(text: string): string {
  return safeText(text, maxLength);
}
