import { visible } from "./visible";

/**
 * A text for a terminal or a job's log: no escape sequence, and nothing that a runner takes for a command (`::error` at the start of a line,
 * `##[group]` and `##vso[…]` anywhere in it).
 */
export function terminalText(text: string): string {
  return visible(text)
    .replace(/##(?=[\w[])/g, "#\\u{23}")
    .replace(/^(\s*):(?=:)/, "$1\\u{3a}");
}
