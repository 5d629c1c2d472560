/** An argument of a provider block as it is written. */
export interface WrittenArgument {
  /** Key of the configuration, such as `mcpstack` or `mcpstack.eu`. */
  readonly key: string;
  readonly name: string;
  /** The expression's text, in Terraform's native syntax. */
  readonly text: string;
}

/** The arguments of every provider block in a file of Terraform's native syntax, or of its JSON syntax. */
export function providerArguments(text: string, isJson: boolean): WrittenArgument[] {
  return isJson
    ? jsonBlocks(text)
    : nativeBlocks(withoutComments(text)).flatMap(({ name, body }) => ofBlock(name, argumentsOf(body)));
}

function ofBlock(provider: string, written: readonly (readonly [string, string])[]): WrittenArgument[] {
  const alias = written.find(([name]) => name === "alias")?.[1].replace(/^"(.*)"$/s, "$1");
  const key = alias === undefined ? provider : `${provider}.${alias}`;
  return written.map(([name, text]) => ({ key, name, text }));
}

function jsonBlocks(text: string): WrittenArgument[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return [];
  }
  const blocks = (document as { provider?: unknown } | null)?.provider;
  const each = (value: unknown): object[] =>
    Array.isArray(value) ? value.flatMap(each) : typeof value === "object" && value !== null ? [value] : [];
  return each(blocks).flatMap((named) =>
    Object.entries(named).flatMap(([provider, value]) =>
      each(value).flatMap((block) =>
        // A text of the JSON syntax is a template; what else it holds is written as it is.
        ofBlock(
          provider,
          Object.entries(block).map(([name, member]) => [name, JSON.stringify(member)] as const),
        ),
      ),
    ),
  );
}

/** `provider "NAME" { … }` at the outermost level. */
function nativeBlocks(text: string): { name: string; body: string }[] {
  const found: { name: string; body: string }[] = [];
  let depth = 0;
  let begun: { name: string; from: number } | undefined;
  for (const { at, token } of tokensOf(text)) {
    if (token === "{" || token === "[" || token === "(") {
      if (depth === 0 && token === "{") {
        const name = /(?:^|[\s;}])provider\s+"?([\w-]+)"?\s*$/.exec(text.slice(Math.max(0, at - 300), at))?.[1];
        begun = name === undefined ? undefined : { name, from: at + 1 };
      }
      depth += 1;
    } else if (token === "}" || token === "]" || token === ")") {
      depth -= 1;
      if (depth === 0 && begun !== undefined) {
        found.push({ name: begun.name, body: text.slice(begun.from, at) });
        begun = undefined;
      }
    }
  }
  return found;
}

function withoutComments(text: string): string {
  let plain = "";
  let from = 0;
  for (const { at, token, end } of tokensOf(text)) {
    if (token !== "comment") continue;
    plain += `${text.slice(from, at)} `;
    from = end;
  }
  return plain + text.slice(from);
}

/** `name = expression`, each to the end of its line outside of brackets. */
function argumentsOf(body: string): [string, string][] {
  const lines: string[] = [""];
  let depth = 0;
  let from = 0;
  const take = (to: number) => {
    lines[lines.length - 1] += body.slice(from, to);
  };
  for (const { at, token, end } of tokensOf(body)) {
    if (token === "\n" && depth === 0) {
      take(at);
      from = end;
      lines.push("");
    } else if ("{[(".includes(token)) depth += 1;
    else if ("}])".includes(token)) depth -= 1;
  }
  take(body.length);
  return lines.flatMap((line): [string, string][] => {
    const [, name, text] = /^\s*([\w-]+)\s*=(?!=)\s*(.*?)\s*$/s.exec(line) ?? [];
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
}

interface Token {
  readonly at: number;
  readonly end: number;
  readonly token: string;
}

/** Brackets, line ends and comments outside of texts. A template within a text is passed over with it. */
function* tokensOf(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const next = text.charAt(at);
    const two = text.slice(at, at + 2);
    if (next === "#" || two === "//") {
      const end = endAt(text.indexOf("\n", at), text);
      yield { at, end, token: "comment" };
      at = end;
    } else if (two === "/*") {
      const close = text.indexOf("*/", at + 2);
      const end = close < 0 ? text.length : close + 2;
      yield { at, end, token: "comment" };
      at = end;
    } else if (next === '"') at = endOfText(text, at);
    else if (two === "<<") at = endOfHeredoc(text, at);
    else {
      if ("{}[]()\n".includes(next)) yield { at, end: at + 1, token: next };
      at += 1;
    }
  }
}

function endAt(found: number, text: string): number {
  return found < 0 ? text.length : found;
}

/** Behind the quotation mark that ends a text. */
export function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const next = text.charAt(at);
    if (next === "\\") at += 2;
    else if (next === '"') return at + 1;
    else if (/^(?:\$\$|%%)\{/.test(text.slice(at, at + 3))) at += 3;
    else if (/^[$%]\{/.test(text.slice(at, at + 2))) at = endOfTemplate(text, at + 2);
    else at += 1;
  }
  return at;
}

/** Behind the brace that ends a template within a text. */
function endOfTemplate(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length && depth > 0) {
    const next = text.charAt(at);
    if (next === '"') at = endOfText(text, at);
    else {
      if (next === "{") depth += 1;
      if (next === "}") depth -= 1;
      at += 1;
    }
  }
  return at;
}

function endOfHeredoc(text: string, from: number): number {
  const name = /^<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[^\n]*\n/u.exec(text.slice(from, from + 200));
  if (!name) return from + 2;
  const end = new RegExp(`^[ \\t]*${name[1]}[ \\t]*$`, "m").exec(text.slice(from + name[0].length));
  return end ? from + name[0].length + end.index + end[0].length : text.length;
}
