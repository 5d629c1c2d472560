/** Marks, and what is invisible: a reader of names may leave either out. Line ends and tabs part texts, and stay. */
const invisible = /[\p{M}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?![\t\n\r])\p{Cc}/gu;

/** A text as a tolerant service may read it: one form of each letter (NFKC), without marks and without anything invisible. */
export function plainText(text: string): string {
  return text.normalize("NFKD").replace(invisible, "").normalize("NFKC");
}
