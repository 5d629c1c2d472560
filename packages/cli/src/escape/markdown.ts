import { visible } from "./visible";

/**
 * A text as a code span, safe in prose, lists and table cells (CommonMark §6.1): inside of code neither Markdown, HTML, mentions nor
 * links mean anything. What could end the span or a table's cell is written as HTML instead.
 */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown.trim() === "") return "_(empty)_";
  if (!/[`|\\]/.test(shown) && shown.trim() === shown) return `\`${shown}\``;
  return `<code>${references(shown).replaceAll("&#64;", "<!-- -->&#64;")}</code>`;
}

/** A sentence in prose or in a table's cell. Mentions, issue numbers and bare links are broken by a zero-width space. */
export function markdownProse(text: string): string {
  return references(visible(text))
    .replace(/&#64;/g, "&#64;\u200b")
    .replace(/&#35;(?=\d)/g, "&#35;\u200b")
    .replace(/\bGH-(?=\d)/gi, "GH-\u200b")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`);
}

/** Every character that Markdown, its GitHub extensions or HTML act upon, as a numeric reference (CommonMark §2.5). */
function references(text: string): string {
  return text.replace(/[&<>"'`*_~[\](){}!|\\#@:$^=+]|^[-.\d]/g, (character) => `&#${character.codePointAt(0)};`);
}
