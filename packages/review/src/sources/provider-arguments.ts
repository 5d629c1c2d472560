import { type Part, partsOf, type Token, tokensOf, unescaped } from "../hcl/lex";
import { repeatedKey } from "../inputs/json/repeated-key";
import type { Expression } from "./expression";

/** An argument of a provider block as it is written. */
export interface WrittenArgument {
  /** Key of the configuration, such as `mcpstack` or `mcpstack.eu`. */
  readonly key: string;
  readonly name: string;
  readonly expression: Expression;
}

/**
 * The arguments of every provider block in a file of Terraform's native syntax, or of its JSON syntax; undefined where the file cannot be
 * read, so that nobody can say what it holds.
 */
export function providerArguments(text: string, isJson: boolean): WrittenArgument[] | undefined {
  return isJson ? jsonBlocks(text) : nativeBlocks(text);
}

type Written = readonly [name: string, expression: Expression];

function ofBlock(provider: string, written: readonly Written[]): WrittenArgument[] | undefined {
  const alias = written.find(([name]) => name === "alias")?.[1];
  const called = alias === undefined ? undefined : textOf(alias);
  if (alias !== undefined && called === undefined) return undefined;
  const key = called === undefined ? provider : `${provider}.${called}`;
  return written.map(([name, expression]) => ({ key, name, expression }));
}

function textOf({ tokens }: Expression): string | undefined {
  const [token, ...others] = tokens.filter(({ kind }) => kind !== "line");
  return token === undefined || others.length > 0 ? undefined : labelOf(token);
}

/** A label, or another text without a template: a word, or one in quotes. */
function labelOf({ kind, text, parts }: Token): string | undefined {
  if (kind === "word") return text;
  return kind === "text" && text.startsWith('"') ? literalOf(parts ?? []) : undefined;
}

function literalOf(parts: readonly Part[]): string | undefined {
  const [part, ...others] = parts;
  if (part === undefined) return "";
  return others.length === 0 && "literal" in part ? unescaped(part.literal) : undefined;
}

function jsonBlocks(text: string): WrittenArgument[] | undefined {
  let document: unknown;
  try {
    // Terraform takes a block that is written twice for two.
    if (repeatedKey(text) !== undefined) return undefined;
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const each = (value: unknown): object[] =>
    Array.isArray(value) ? value.flatMap(each) : typeof value === "object" && value !== null ? [value] : [];
  const blocks = each(document).flatMap((body) => each((body as { provider?: unknown }).provider));
  const found = blocks.flatMap((named) =>
    Object.entries(named).flatMap(([provider, value]) =>
      each(value).map((block) =>
        ofBlock(
          provider,
          Object.entries(block).map(([name, member]) => [name, ofJson(member)] as const),
        ),
      ),
    ),
  );
  return joined(found);
}

/** A text of the JSON syntax is a template; what else it holds is written as it is. */
function ofJson(value: unknown): Expression {
  const text = JSON.stringify(value);
  const isText = typeof value === "string";
  const { found, isWhole } = isText ? quoted(value, text) : listed(value, text);
  return { tokens: found, isWhole };
}

function quoted(value: string, text: string) {
  const { found: parts, isWhole } = partsOf(value);
  const token: Token = { kind: "text", text, at: 0, end: text.length, parts, isPlain: true };
  return { found: [token], isWhole };
}

function listed(value: unknown, text: string): { found: readonly Token[]; isWhole: boolean } {
  if (!Array.isArray(value)) return tokensOf(text);
  const elements = value.map(ofJson);
  const sign = (text: string): Token => ({ kind: "sign", text, at: 0, end: 0 });
  return {
    found: [sign("["), ...elements.flatMap(({ tokens }) => [...tokens, sign(",")]), sign("]")],
    isWhole: elements.every((element) => element.isWhole),
  };
}

/** `provider "NAME" { … }` at the outermost level. */
function nativeBlocks(text: string): WrittenArgument[] | undefined {
  const { found: tokens, isWhole } = tokensOf(text);
  if (!isWhole) return undefined;
  const found: (WrittenArgument[] | undefined)[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isOpening(tokens[at])) continue;
    const end = closing(tokens, at);
    const [type, label] = [tokens[at - 2], tokens[at - 1]];
    if (tokens[at]?.text === "{" && type?.kind === "word" && type.text === "provider" && label !== undefined) {
      const name = labelOf(label);
      found.push(name === undefined ? undefined : ofBlock(name, argumentsOf(tokens.slice(at + 1, end))));
    }
    at = end;
  }
  return joined(found);
}

function joined(blocks: readonly (WrittenArgument[] | undefined)[]): WrittenArgument[] | undefined {
  return blocks.includes(undefined) ? undefined : blocks.flatMap((block) => block ?? []);
}

/** `name = expression`, each to the end of its line outside of brackets. */
function argumentsOf(body: readonly Token[]): Written[] {
  const found: Written[] = [];
  let at = 0;
  while (at < body.length) {
    const end = endOfLine(body, at);
    const [name, sign, ...tokens] = body.slice(at, end);
    if (name?.kind === "word" && sign?.text === "=") found.push([name.text, { tokens, isWhole: true }]);
    at = end + 1;
  }
  return found;
}

function endOfLine(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && tokens[at]?.kind !== "line")
    at = isOpening(tokens[at]) ? closing(tokens, at) + 1 : at + 1;
  return Math.min(at, tokens.length);
}

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
