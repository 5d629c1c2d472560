/**
 * A text that was made from another one, and where each of its UTF-16 units came from there: what is found in a decoded text can be taken
 * out of the text as it arrived.
 */
export interface MappedText {
  readonly text: string;
  /** Where the source of each unit begins. */
  readonly from: readonly number[];
  /** Where the source of each unit ends, exclusive. */
  readonly to: readonly number[];
}

export function mapped(text: string): MappedText {
  const from = Array.from({ length: text.length }, (_, at) => at);
  return { text, from, to: from.map((at) => at + 1) };
}

/** Replaces every match of a global pattern. Each unit of a replacement stands for the whole of what it replaces. */
export function rewritten(
  source: MappedText,
  pattern: RegExp,
  replace: (match: RegExpMatchArray) => string,
): MappedText {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  const copyUntil = (end: number) => {
    parts.push(source.text.slice(at, end));
    for (; at < end; at += 1) {
      from.push(source.from[at] as number);
      to.push(source.to[at] as number);
    }
  };
  for (const match of source.text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    copyUntil(match.index);
    const replacement = replace(match);
    parts.push(replacement);
    for (let unit = 0; unit < replacement.length; unit += 1) {
      from.push(source.from[at] as number);
      to.push(source.to[end - 1] as number);
    }
    at = end;
  }
  if (at === 0) return source;
  copyUntil(source.text.length);
  return { text: parts.join(""), from, to };
}
