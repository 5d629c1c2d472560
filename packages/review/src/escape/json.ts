/** Everything but letters, digits, punctuation, symbols, spaces and line feeds; and the letters that show nothing. */
const unseen = /[^\p{L}\p{N}\p{P}\p{S} \n]|[\u115f\u1160\u3164\uffa0]/gu;

/**
 * JSON that is safe to print into a job's log: what cannot be seen, and what a runner takes for a command (`##[…`), is escaped as JSON
 * allows, so a reader of the JSON gets the same values.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)
    .replace(unseen, (character) =>
      Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join(""),
    )
    .replace(/##(?=[\w[])/g, "#\\u0023")}\n`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
