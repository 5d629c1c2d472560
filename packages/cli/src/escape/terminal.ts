import { visible } from "./visible";

/** A text for one line of a terminal or of a job's log; a runner takes `::` at the start of a line for a command, too. */
export function terminalText(text: string): string {
  return visible(text).replace(/^(\s*):(?=:)/, "$1\\u{3a}");
}
