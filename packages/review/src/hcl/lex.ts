/** A piece of HCL (HCL native syntax specification, "Lexical elements"). `line` is the end of a line. */
export interface Token {
  readonly kind: "word" | "number" | "sign" | "line" | "text";
  /** As it is written. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** Of a `text`, which is quoted or a heredoc. */
  readonly parts?: readonly Part[] | undefined;
  /** Of a text of the JSON syntax, in which a backslash is one: whether its escapes are read already. */
  readonly isPlain?: boolean | undefined;
}

/** Of a template: text, with its escapes, or what stands within `${ }` or `%{ }`. */
export type Part =
  | { readonly literal: string }
  | { readonly code: readonly Token[]; readonly text: string; readonly isDirective: boolean };

/** `isWhole`: whether everything was read. What is not may hold anything. */
export interface Lexed<T> {
  readonly found: readonly T[];
  readonly isWhole: boolean;
}

/** Templates in templates, which only a hostile text nests so deep. */
const maxDepth = 64;

/** The tokens of a file or of an expression. Comments are left out: they stand for space. */
export function tokensOf(text: string): Lexed<Token> {
  const reader = new Reader(text);
  const found = reader.code(0, text.length, false, 0).tokens;
  return { found, isWhole: reader.isWhole };
}

/** The parts of a text that is a template as a whole, as every text of the JSON syntax is. */
export function partsOf(text: string): Lexed<Part> {
  const reader = new Reader(text);
  const found = reader.template(0, text.length, "none", 0).parts;
  return { found, isWhole: reader.isWhole };
}

const word = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /[ \t\r\uFEFF]+/y;
const heredoc = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const lineComment = /(?:#|\/\/)[^\n]*/y;

class Reader {
  isWhole = true;

  constructor(private readonly text: string) {}

  /** Up to the brace that closes it where it is a part of a template, else to the end. */
  code(from: number, to: number, isInner: boolean, depth: number): { tokens: Token[]; end: number } {
    const tokens: Token[] = [];
    let at = from;
    let open = 0;
    const add = (kind: Token["kind"], end: number, parts?: readonly Part[]) => {
      tokens.push({ kind, text: this.text.slice(at, end), at, end, ...(parts ? { parts } : {}) });
      at = end;
    };
    while (at < to) {
      const next = this.text.charAt(at);
      const passed = this.#match(space, at) ?? this.#match(lineComment, at) ?? this.#blockComment(at);
      if (passed !== undefined) at += passed.length;
      else if (next === "\n") add("line", at + 1);
      else if (next === '"') {
        const { parts, end } = this.template(at + 1, to, "quote", depth);
        add("text", end, parts);
      } else if (next === "<" && this.#match(heredoc, at) !== undefined) {
        const { parts, end } = this.#heredoc(at, to, depth);
        add("text", end, parts);
      } else {
        const named = this.#match(word, at);
        const counted = named === undefined ? this.#match(number, at) : undefined;
        if (named !== undefined) add("word", at + named.length);
        else if (counted !== undefined) add("number", at + counted.length);
        else {
          if (next === "{") open += 1;
          if (next === "}") {
            if (isInner && open === 0) return { tokens, end: at + 1 };
            open -= 1;
          }
          add("sign", at + 1);
        }
      }
    }
    if (isInner) this.isWhole = false;
    return { tokens, end: to };
  }

  /** Of a quoted text up to its quote; one of the JSON syntax and a heredoc, which have no escapes of letters, to the end. */
  template(from: number, to: number, until: "quote" | "none", depth: number): { parts: Part[]; end: number } {
    const parts: Part[] = [];
    let literal = "";
    let at = from;
    const close = () => {
      if (literal !== "") parts.push({ literal });
      literal = "";
    };
    while (at < to) {
      const next = this.text.charAt(at);
      if (next === '"' && until === "quote") {
        close();
        return { parts, end: at + 1 };
      }
      if (next === "\\" && until === "quote") {
        literal += this.text.slice(at, at + 2);
        at += 2;
      } else if (next === "$" || next === "%") {
        const signs = this.#run(at, next);
        const isOpen = this.text.charAt(at + signs) === "{" && at + signs < to;
        // Twice is the escape of one. Which of more are escaped, readers of HCL do not agree about.
        if (isOpen && signs > 2) this.isWhole = false;
        if (isOpen && signs !== 2) {
          literal += next.repeat(signs - 1);
          close();
          if (depth >= maxDepth) {
            this.isWhole = false;
            return { parts, end: to };
          }
          const begin = at + signs + 1;
          const { tokens, end } = this.code(begin, to, true, depth + 1);
          parts.push({ code: tokens, text: this.text.slice(begin, end - 1), isDirective: next === "%" });
          at = end;
        } else {
          literal += this.text.slice(at, at + signs + (isOpen ? 1 : 0));
          at += signs + (isOpen ? 1 : 0);
        }
      } else {
        literal += next;
        at += 1;
      }
    }
    close();
    if (until === "quote") this.isWhole = false;
    return { parts, end: to };
  }

  #heredoc(at: number, to: number, depth: number): { parts: Part[]; end: number } {
    const head = this.#match(heredoc, at) ?? "";
    const marker = head.replace(/^<<-?/, "").trim();
    const from = at + head.length;
    // Lines within an expression of it are not looked at for its end, but a marker that stands in one would be odd enough.
    const close = new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, "mu").exec(this.text.slice(from, to));
    if (close === null) this.isWhole = false;
    const end = close === null ? to : from + close.index;
    const { parts } = this.template(from, end, "none", depth);
    return { parts, end: end + (close?.[0].length ?? 0) };
  }

  #blockComment(at: number): string | undefined {
    if (!this.text.startsWith("/*", at)) return undefined;
    const close = this.text.indexOf("*/", at + 2);
    if (close < 0) this.isWhole = false;
    return this.text.slice(at, close < 0 ? undefined : close + 2);
  }

  #run(at: number, sign: string): number {
    let length = 1;
    while (this.text.charAt(at + length) === sign) length += 1;
    return length;
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0];
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** What a literal part of a quoted text says; undefined for an escape that HCL does not have. */
export function unescaped(literal: string): string | undefined {
  let isRead = true;
  const plain = literal.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|(\$\$|%%)(?=\{)/gs,
    (_, short?: string, long?: string, letter?: string, doubled?: string) => {
      if (doubled !== undefined) return doubled.charAt(0);
      const code = short ?? long;
      const value = code === undefined ? escapes[letter ?? ""] : pointOf(Number.parseInt(code, 16));
      isRead &&= value !== undefined;
      return value ?? "";
    },
  );
  return isRead ? plain : undefined;
}

function pointOf(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** One text again, without comments, and without space around what parts the steps of a reference: `local . a` is `local.a`. */
export function closedUp(tokens: readonly Token[], { texts }: { readonly texts: boolean }): string {
  let text = "";
  let before: Token | undefined;
  for (const token of tokens) {
    if (token.kind === "line") continue;
    if (before !== undefined && isParted(before, token)) text += " ";
    text += token.kind === "text" && !texts ? '""' : token.text;
    before = token;
  }
  return text;
}

const joining = new Set([".", "[", "]", "(", ")"]);

function isParted(one: Token, other: Token): boolean {
  if (joining.has(one.text) || joining.has(other.text)) return false;
  return !(one.text === "-" && other.kind === "number");
}

/** Every piece of code in some tokens: themselves, and what stands in the templates among them. */
export function codesIn(tokens: readonly Token[]): (readonly Token[])[] {
  return [tokens, ...tokens.flatMap(({ parts = [] }) => codesInParts(parts))];
}

export function codesInParts(parts: readonly Part[]): (readonly Token[])[] {
  return parts.flatMap((part) => ("code" in part ? codesIn(part.code) : []));
}
