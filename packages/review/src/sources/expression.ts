import { type Json, ownValue, sameJson } from "@mcpstack/model";
import { closing, elementsOf } from "../hcl/brackets";
import { closedUp, codesIn, type Part, type Token, unescaped } from "../hcl/lex";

/** An expression as it is written. `isWhole`: whether all of it was read. */
export interface Expression {
  readonly tokens: readonly Token[];
  readonly isWhole: boolean;
}

/** What names stand for. */
export interface Scope {
  readonly variables: Readonly<Record<string, Json>>;
  /** What is written under each name; all of it must come to the same. */
  readonly locals: ReadonlyMap<string, readonly Expression[]>;
}

/** Locals are made of locals; one in a circle no engine would plan. */
const maxSteps = 16;

type Value = { readonly value: Json } | undefined;

/** What an expression comes to; undefined where it is more than values, variables, locals, the module's path, and texts and lists of these. */
export function evaluated(expression: Expression, scope: Scope): Value {
  return comesTo(expression, { ...scope, steps: maxSteps });
}

interface Inner extends Scope {
  readonly steps: number;
}

function comesTo({ tokens, isWhole }: Expression, scope: Inner): Value {
  return isWhole ? resultOf(tokens, scope) : undefined;
}

function resultOf(written: readonly Token[], scope: Inner): Value {
  const tokens = written.filter(({ kind }) => kind !== "line");
  const [first, ...others] = tokens;
  if (first === undefined) return undefined;
  if (first.kind === "text" && others.length === 0) return template(first, scope);
  if (first.text === "[" && closing(tokens, 0) === tokens.length - 1) {
    const elements = elementsOf(tokens.slice(1, -1)).map((element) => resultOf(element, scope));
    return elements.some((one) => one === undefined) ? undefined : { value: elements.map((one) => one?.value as Json) };
  }
  const plain = closedUp(tokens, { texts: true });
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(plain)) return { value: JSON.parse(plain) as Json };
  // Of the root module, which alone has what is read here.
  if (plain === "path.module" || plain === "path.root") return { value: "." };
  const [, kind, path] = /^(var|local)((?:\.[\p{ID_Start}_][\p{ID_Continue}-]*)+)$/u.exec(plain) ?? [];
  if (path === undefined) return undefined;
  const [name = "", ...steps] = path.slice(1).split(".");
  return partOf(kind === "var" ? ownValue(scope.variables, name) : localAt(name, scope), steps);
}

function localAt(name: string, scope: Inner): Json | undefined {
  if (scope.steps === 0) return undefined;
  const written = scope.locals.get(name) ?? [];
  const [first, ...others] = written.map((one) => comesTo(one, { ...scope, steps: scope.steps - 1 })?.value);
  return first !== undefined && others.every((other) => other !== undefined && sameJson(other, first))
    ? first
    : undefined;
}

function partOf(whole: Json | undefined, steps: readonly string[]): Value {
  const value = steps.reduce<Json | undefined>(
    (part, step) =>
      typeof part === "object" && part !== null && !Array.isArray(part) && Object.hasOwn(part, step)
        ? (part as Scope["variables"])[step]
        : undefined,
    whole,
  );
  return value === undefined || value === null ? undefined : { value };
}

/** A quoted text, or one of the JSON syntax; a heredoc, with its lines and what is cut from them, is more than is read here. */
function template({ text, parts = [], isPlain = false }: Token, scope: Inner): Value {
  if (!text.startsWith('"')) return undefined;
  const [only, ...others] = parts;
  if (only !== undefined && "code" in only && others.length === 0)
    return only.isDirective ? undefined : resultOf(only.code, scope);
  const texts = parts.map((part) => spelled(part, isPlain, scope));
  return texts.includes(undefined) ? undefined : { value: texts.join("") };
}

function spelled(part: Part, isPlain: boolean, scope: Inner): string | undefined {
  if ("literal" in part) return isPlain ? part.literal.replace(/(\$|%)\1\{/g, "$1{") : unescaped(part.literal);
  if (part.isDirective) return undefined;
  const value = resultOf(part.code, scope)?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

const root =
  /(?<![\p{ID_Continue}.-])(?:var|local|each|module|data|terraform|path)\.[\p{ID_Start}_][\p{ID_Continue}-]*/gu;

/** What an expression refers to, without what of it is taken, such as `var.org` and `local.region`. */
export function rootsIn({ tokens }: Expression): string[] {
  const codes = codesIn(tokens).map((code) => closedUp(code, { texts: false }));
  return [...new Set(codes.flatMap((code) => [...code.matchAll(root)].map(([name]) => name)))].sort();
}

/** The same of references that a plan names, of which it names those to resources, too. */
export function rootsOf(references: readonly string[]): string[] {
  return [
    ...new Set(references.flatMap((reference) => [...reference.matchAll(root)].slice(0, 1).map(([name]) => name))),
  ].sort();
}
