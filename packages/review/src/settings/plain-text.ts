/** What is invisible: a reader of names may leave it out. Line ends and tabs part texts, and stay. */
const invisible = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?![\t\n\r])\p{Cc}/gu;
const marks = /\p{M}/gu;

/** A text as a tolerant service may read it: one form of each letter (NFKC), without marks and without anything invisible. */
export function plainText(text: string): string {
  return text.normalize("NFKD").replace(invisible, "").replace(marks, "").normalize("NFKC");
}

/** The same with its marks, which tell hosts apart as letters do: `उदाहरण.भारत` is another one without them. */
export function markedText(text: string): string {
  return text.normalize("NFKC").replace(invisible, "").normalize("NFKC");
}
