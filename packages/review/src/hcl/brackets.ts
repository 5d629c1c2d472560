import type { Token } from "./lex";

export function isOpening(token: Token | undefined): boolean {
  return token?.kind === "sign" && "{[(".includes(token.text);
}

/** Where the bracket at a place is closed. */
export function closing(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isOpening(token)) depth += 1;
    else if (token?.kind === "sign" && "}])".includes(token.text)) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** Elements of a list, parted at commas outside of brackets; of an object, whose `lines` part them, too. */
export function elementsOf(list: readonly Token[], { lines = false } = {}): Token[][] {
  const elements: Token[][] = [[]];
  for (let at = 0; at < list.length; at += 1) {
    const token = list[at] as Token;
    if ((token.kind === "sign" && token.text === ",") || (lines && token.kind === "line")) elements.push([]);
    else {
      const end = isOpening(token) ? closing(list, at) : at;
      elements.at(-1)?.push(...list.slice(at, end + 1));
      at = end;
    }
  }
  return elements.filter((element) => element.some(({ kind }) => kind !== "line"));
}
