/** A word by which the log of a CI system is told to do something: `::add-mask::x` of GitHub, `##vso[…]` and `##[…]` of Azure. */
const command = /(^|\s)(?=::|##(?:vso)?\[)/g;

/**
 * A text of a stranger for a log: a word that a CI system would obey gets a backslash. Engines wrap what they print, so that any word may
 * stand at the beginning of a line.
 */
export function withoutLogCommands(text: string): string {
  return text.replace(command, "$1\\");
}
