import { visible } from "./visible";

/**
 * A text as a code span, safe in prose, lists and table cells. Inside of code neither Markdown, HTML nor mentions, issue numbers or links
 * mean anything (CommonMark §6.1; GitHub and GitLab skip code when they look for references). What could end the span or a table's
 * cell is written as HTML instead.
 */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown.trim() === "") return "_(empty)_";
  return /[`|\\]/.test(shown) || shown.trim() !== shown ? htmlCode(text) : `\`${shown}\``;
}

/**
 * A text as a `<code>` element, safe inside of HTML blocks such as `<summary>` and everywhere in Markdown: numeric references can stand
 * for no structure (CommonMark §2.5). The comment keeps `name@host` from becoming an e-mail link.
 */
export function htmlCode(text: string): string {
  return `<code>${entities(visible(text)).replaceAll("&#64;", "<!-- -->&#64;")}</code>`;
}

/**
 * A sentence with names from a plan in it. Mentions, issue numbers and e-mail addresses are broken by a zero-width space, which changes
 * nothing for a reader.
 */
export function markdownProse(text: string): string {
  return entities(visible(text))
    .replace(/&#64;/g, "&#64;\u200b")
    .replace(/&#35;(?=\d)/g, "&#35;\u200b")
    .replace(/\bGH-(?=\d)/gi, "GH-\u200b")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`);
}

/** Every character that Markdown, its extensions at GitHub and GitLab, or HTML act upon inside of a line, as a numeric reference. */
function entities(text: string): string {
  return text.replace(/[&<>`*_~[\]|\\#@:$]|^[-+=.\d]/g, (character) => `&#${character.codePointAt(0)};`);
}
