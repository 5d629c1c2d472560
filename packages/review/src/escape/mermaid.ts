import { visible } from "./visible";

const maxLabel = 60;

/**
 * A text as the quoted label of a Mermaid node. All but letters, digits and harmless punctuation becomes an entity code, so nothing ends
 * the quotes, the code fence or begins a directive (`%%{`).
 */
export function mermaidLabel(text: string): string {
  const shown = visible(text);
  const characters = [...shown];
  const cut = characters.length > maxLabel ? `${characters.slice(0, maxLabel - 1).join("")}…` : shown;
  return `"${cut.replace(/[^\p{L}\p{N} .,/:_-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
}
