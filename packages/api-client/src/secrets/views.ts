import { type MappedText, rewritten } from "./mapped-text";

/** A way to look at a text in which what means the same looks the same. */
export type View = (source: MappedText) => MappedText;

/** Case of letters is nothing: a host is written in small letters. */
const lowered: View = (source) => {
  // A sigma has two small forms, and which one depends on what follows it.
  const text = source.text.toLowerCase().replaceAll("\u03c2", "\u03c3");
  // A few letters change their length (U+0130), which would shift all that follows.
  return text.length === source.text.length
    ? { ...source, text }
    : { ...source, text: source.text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) };
};

/** White space and what cannot be seen as one space; quotes as one quote, however they are doubled, escaped or exchanged. */
const folded: View = (source) =>
  lowered(
    rewritten(
      rewritten(source, /[\s\p{Cc}\p{Cf}\p{Z}]+/gu, () => " "),
      /[\\"'`\u2018\u2019\u201c\u201d]+/g,
      () => "'",
    ),
  );

/** Letters and digits alone: whatever took the place of white space and punctuation. */
const letters: View = (source) => lowered(rewritten(source, /[^\p{L}\p{N}]+/gu, () => ""));

export const views: readonly View[] = [lowered, folded, letters];
