import { withoutLogCommands } from "@mcpstack/model";

/** Longest text from a document that is kept or shown, in UTF-16 code units. */
export const maxTextLength = 300;

/**
 * Control characters, ANSI escapes, bidirectional and invisible characters, tags and lone surrogates: whatever could change how
 * the text around it is shown (Unicode TR36 §3, CVE-2021-42574).
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/**
 * A text from a document, made harmless to show on one line: what cannot be seen is written as `\u{202e}`, and long text is cut.
 * A word that a CI system would obey in a log gets a backslash. It is still data: Markdown, HTML and shells need their own escaping where it is put into them.
 */
export function safeText(text: string, length: number = maxTextLength): string {
  // Cut first, so that a huge text costs nothing; the escapes lengthen it by a bounded factor.
  const cut = text.length > length ? text.slice(0, length) : text;
  const shown = cut.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  const inert = withoutLogCommands(shown);
  return cut === text ? inert : `${inert}… (${text.length} characters)`;
}
