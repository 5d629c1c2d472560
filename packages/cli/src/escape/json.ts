/** Everything but letters, digits, punctuation, symbols, spaces and line feeds; and the letters that show nothing. */
const unseen = /[^\p{L}\p{N}\p{P}\p{S} \n]|[\u115f\u1160\u3164\uffa0]/gu;

/**
 * JSON that is safe to print into a job's log: what cannot be seen, and what a runner takes for a command (`##[…`), is escaped as JSON
 * allows (RFC 8259 §7), so a reader gets the same values.
 */
export function jsonText(value: unknown, indent: number = 2): string {
  return `${JSON.stringify(value, undefined, indent)
    .replace(unseen, (character) =>
      Array.from(
        { length: character.length },
        (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join(""),
    )
    .replace(/##(?=[\w[])/g, "#\\u0023")}\n`;
}
