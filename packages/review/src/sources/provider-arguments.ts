import { closing, isOpening } from "../hcl/brackets";
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

/** What the files of one folder, which are one module, write that decides what a provider is configured with. */
export interface WrittenModule {
  /** The arguments of every provider block. */
  readonly arguments: readonly WrittenArgument[];
  /** A name that is written twice has both. */
  readonly locals: ReadonlyMap<string, readonly Expression[]>;
  /** Names of the variables that are ephemeral, or may be. */
  readonly ephemeral: ReadonlySet<string>;
  /** Names of the variables whose type may fill in what their value leaves out (`optional`). */
  readonly completing: ReadonlySet<string>;
  /** The blocks of attachments. One that is overridden has several. */
  readonly attachments: readonly WrittenAttachment[];
}

/** What an attachment's block writes, by the names of its arguments. */
export interface WrittenAttachment {
  readonly name: string;
  readonly written: ReadonlyMap<string, Expression>;
}

/**
 * What the files of a folder write, each in Terraform's native syntax or in its JSON syntax; undefined where one of them cannot be read, so
 * that nobody can say what it holds.
 */
export function writtenModule(
  files: readonly { readonly text: string | undefined; readonly isJson: boolean }[],
): WrittenModule | undefined {
  const read = files.map(({ text, isJson }) =>
    text === undefined ? undefined : isJson ? jsonBlocks(text) : nativeBlocks(text),
  );
  const blocks = joined(read);
  const providers = joined(
    (blocks ?? []).map(({ type, label, written }) => (type === "provider" ? ofProvider(label, written) : [])),
  );
  if (blocks === undefined || providers === undefined) return undefined;
  const locals = new Map<string, Expression[]>();
  for (const [name, expression] of blocks.flatMap(({ type, written }) => (type === "locals" ? written : [])))
    locals.set(name, [...(locals.get(name) ?? []), expression]);
  const variablesWith = (isMeant: (written: Written) => boolean) =>
    new Set(
      blocks.flatMap(({ type, label, written }) => (type === "variable" && written.some(isMeant) ? [label] : [])),
    );
  const ephemeral = variablesWith(([name, value]) => name === "ephemeral" && !isFalse(value));
  const completing = variablesWith(
    ([name, { tokens }]) => name === "type" && tokens.some(({ text }) => /\boptional\b/.test(text)),
  );
  const attachments = blocks.flatMap(({ type, label, written }) =>
    type === "attachment" ? [{ name: label, written: new Map(written) }] : [],
  );
  return { arguments: providers, locals, ephemeral, completing, attachments };
}

type Written = readonly [name: string, expression: Expression];

const attachmentType = "mcpstack_server_gateway_attachment";

/** A block at the outermost level; `locals` have no label, and that of an `attachment` is its name. */
interface Block {
  readonly type: "provider" | "variable" | "locals" | "attachment";
  readonly label: string;
  readonly written: readonly Written[];
}

function ofProvider(provider: string, written: readonly Written[]): WrittenArgument[] | undefined {
  const alias = written.find(([name]) => name === "alias")?.[1];
  const called = alias === undefined ? undefined : textOf(alias);
  if (alias !== undefined && called === undefined) return undefined;
  const key = called === undefined ? provider : `${provider}.${called}`;
  return written.map(([name, expression]) => ({ key, name, expression }));
}

function isFalse({ tokens }: Expression): boolean {
  const [token, ...others] = tokens.filter(({ kind }) => kind !== "line");
  return others.length === 0 && token?.kind === "word" && token.text === "false";
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

function jsonBlocks(text: string): Block[] | undefined {
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
  const writtenIn = (block: object) => Object.entries(block).map(([name, member]) => [name, ofJson(member)] as const);
  const named = (blocks: unknown, type: Block["type"]) =>
    each(blocks).flatMap((labelled) =>
      Object.entries(labelled).flatMap(([label, value]) =>
        each(value).map((block): Block => ({ type, label, written: writtenIn(block) })),
      ),
    );
  return each(document).flatMap((body) => {
    const { locals, resource, ...labelled } = body as Record<string, unknown>;
    return [
      ...each(locals).map((block): Block => ({ type: "locals", label: "", written: writtenIn(block) })),
      ...(["provider", "variable"] as const).flatMap((type) => named(labelled[type], type)),
      ...each(resource).flatMap((types) => named((types as Record<string, unknown>)[attachmentType], "attachment")),
    ];
  });
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

/** `provider "NAME" { … }`, `variable "NAME" { … }`, `locals { … }` and attachments at the outermost level. */
function nativeBlocks(text: string): Block[] | undefined {
  const { found: tokens, isWhole } = tokensOf(text);
  if (!isWhole) return undefined;
  const found: (Block[] | undefined)[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (!isOpening(tokens[at])) continue;
    const end = closing(tokens, at);
    const [first, last] = [tokens[at - 2], tokens[at - 1]];
    if (tokens[at]?.text === "{" && last !== undefined) {
      const written = argumentsOf(tokens.slice(at + 1, end));
      const type = first?.kind === "word" ? first.text : undefined;
      const label = labelOf(last);
      if (type === "provider" || type === "variable")
        found.push(label === undefined ? undefined : [{ type, label, written }]);
      else if (tokens[at - 3]?.text === "resource" && first !== undefined && labelOf(first) === attachmentType)
        found.push(label === undefined ? undefined : [{ type: "attachment", label, written }]);
      else if (
        last.kind === "word" &&
        last.text === "locals" &&
        (first === undefined || first.kind === "line" || first.text === "}")
      )
        found.push([{ type: "locals", label: "", written }]);
    }
    at = end;
  }
  return joined(found);
}

function joined<T>(parts: readonly (readonly T[] | undefined)[]): T[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
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
