import { type MappedText, mapped, rewritten } from "./mapped-text";

/** A way to look at a text in which what means the same looks the same, and so many units in a row are a piece of a secret. */
export interface View {
  readonly width: number;
  /** The text as it is looked at. */
  of(source: MappedText): MappedText;
  /** The forms of a secret that would be seen. */
  needles(secret: string): readonly string[];
}

/** Case of letters is nothing: a host is written in small letters, hexadecimal digits in either. */
function lowered(source: MappedText): MappedText {
  // A sigma has two small forms, and which one depends on what follows it.
  const text = source.text.toLowerCase().replaceAll("\u03c2", "\u03c3");
  // A few letters change their length (U+0130), which would shift all that follows.
  return text.length === source.text.length
    ? { ...source, text }
    : { ...source, text: source.text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) };
}

const nothing = () => "";
const asItIs = (of: View["of"]) => (secret: string) => [of(mapped(secret)).text];

/** Letter by letter. */
const exact = (source: MappedText) => lowered(source);

/** White space and what cannot be seen as one space; quotes as one quote, however they are doubled, escaped or exchanged. */
const folded = (source: MappedText) =>
  lowered(
    rewritten(
      rewritten(source, /[\s\p{Cc}\p{Cf}\p{Z}]+/gu, () => " "),
      /[\\"'`\u2018\u2019\u201c\u201d]+/g,
      () => "'",
    ),
  );

/** Letters and digits alone: whatever took the place of white space and punctuation. */
const letters = (source: MappedText) => lowered(rewritten(source, /[^\p{L}\p{N}]+/gu, nothing));

/** Base64 and Base64url (RFC 4648 §§4, 5), also broken into lines. */
const base64 = (source: MappedText) =>
  rewritten(rewritten(source, /[\s\\"'=]+/g, nothing), /[-_]/g, ([sign]) => (sign === "-" ? "+" : "/"));

/** Six characters in a row are a piece of a secret. In Base64 these are at least seven whole signs, in hexadecimal twelve digits. */
export const views: readonly View[] = [
  { width: 6, of: exact, needles: asItIs(exact) },
  { width: 6, of: folded, needles: asItIs(folded) },
  { width: 6, of: letters, needles: asItIs(letters) },
  { width: 6, of: base64, needles: (secret) => lineEnds(secret).flatMap(base64Forms) },
  { width: 12, of: letters, needles: (secret) => lineEnds(secret).map((one) => Buffer.from(one).toString("hex")) },
];

/** A secret as it may be encoded: with either line end, and as JSON writes it. */
function lineEnds(secret: string): string[] {
  const short = secret.replaceAll("\r\n", "\n");
  return [...new Set([secret, short, short.replaceAll("\n", "\r\n"), JSON.stringify(secret).slice(1, -1)])];
}

/** The signs that a secret alone decides, for each of the three places of its first byte in a longer text. */
export function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const signs = bytes.toString("base64").replace(/=+$/, "");
    const undecided = bytes.length % 3 === 0 ? 0 : 1;
    return signs.slice([0, 2, 3][before], signs.length - undecided);
  });
}
