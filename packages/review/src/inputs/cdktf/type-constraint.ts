import { closing, elementsOf } from "../../hcl/brackets";
import { closedUp, type Token, tokensOf } from "../../hcl/lex";

/** The type of a variable (Terraform 1.14, "Type Constraints"; OpenTofu 1.11 has the same). `text` is what is written, without its spaces. */
export type TypeConstraint = { readonly text: string } & (
  | { readonly kind: "any" | "string" | "number" | "bool" }
  | { readonly kind: "list" | "set" | "map"; readonly of: TypeConstraint }
  | { readonly kind: "tuple"; readonly elements: readonly TypeConstraint[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, Attribute> }
);

export interface Attribute {
  readonly type: TypeConstraint;
  /** What stands in its place where it is left out or null, and whether it may be left out. */
  readonly optional?: { readonly fill: readonly Token[] | undefined };
}

/** What a text says as a type; undefined for one that is not understood. */
export function typeConstraint(text: unknown): TypeConstraint | undefined {
  if (typeof text !== "string") return undefined;
  const { found, isWhole } = tokensOf(text);
  return isWhole ? typeIn(found) : undefined;
}

/** A type's text, in whichever way it is spaced. */
export function spacedAlike(text: string): string {
  const { found, isWhole } = tokensOf(text);
  return isWhole ? closedUp(found, { texts: true }) : text;
}

const simple = ["any", "string", "number", "bool"] as const;
const collections = ["list", "set", "map"] as const;

function typeIn(written: readonly Token[]): TypeConstraint | undefined {
  const tokens = written.filter(({ kind }, index) => kind !== "line" || (index > 0 && index < written.length - 1));
  const text = closedUp(tokens, { texts: true });
  const [first, bracket] = tokens;
  if (first?.kind !== "word") return undefined;
  if (bracket === undefined) {
    const kind = simple.find((one) => one === first.text);
    if (kind) return { text, kind };
    // From before there were others: a list and a map of anything.
    const legacy = (["list", "map"] as const).find((one) => one === first.text);
    return legacy && { text, kind: legacy, of: { text: "any", kind: "any" } };
  }
  if (bracket.text !== "(" || closing(tokens, 1) !== tokens.length - 1) return undefined;
  const [argument, ...others] = elementsOf(tokens.slice(2, -1));
  if (argument === undefined || others.length > 0) return undefined;
  const collection = collections.find((one) => one === first.text);
  if (collection) {
    const of = typeIn(argument);
    return of && { text, kind: collection, of };
  }
  const inner = within(argument, first.text === "object" ? "{" : "[");
  if (inner === undefined) return undefined;
  if (first.text === "tuple") {
    const elements = elementsOf(inner).map(typeIn);
    return allOf(elements, (known) => ({ text, kind: "tuple", elements: known }));
  }
  if (first.text !== "object") return undefined;
  const attributes = elementsOf(inner, { lines: true }).map(attributeIn);
  return allOf(attributes, (known) => ({ text, kind: "object", attributes: new Map(known) }));
}

function allOf<T>(found: readonly (T | undefined)[], make: (known: T[]) => TypeConstraint): TypeConstraint | undefined {
  const known = found.filter((one) => one !== undefined);
  return known.length === found.length ? make(known) : undefined;
}

/** What stands between a bracket and the one that closes it, where that is all. */
function within(written: readonly Token[], bracket: string): readonly Token[] | undefined {
  const tokens = trimmed(written);
  return tokens[0]?.text === bracket && closing(tokens, 0) === tokens.length - 1 ? tokens.slice(1, -1) : undefined;
}

function trimmed(tokens: readonly Token[]): readonly Token[] {
  const isLine = ({ kind }: Token) => kind === "line";
  const from = tokens.findIndex((token) => !isLine(token));
  return tokens.slice(from, tokens.findLastIndex((token) => !isLine(token)) + 1);
}

/** `name = type`, `name = optional(type)` or `name = optional(type, default)`. */
function attributeIn(tokens: readonly Token[]): [string, Attribute] | undefined {
  const [name, sign, first, bracket] = tokens;
  const key = name?.kind === "word" ? name.text : undefined;
  if (key === undefined || sign === undefined || !["=", ":"].includes(sign.text)) return undefined;
  const written = tokens.slice(2);
  if (first?.text !== "optional" || bracket?.text !== "(") {
    const type = typeIn(written);
    return type && [key, { type }];
  }
  if (closing(written, 1) !== written.length - 1) return undefined;
  const [argument, fill, ...others] = elementsOf(written.slice(2, -1));
  const type = argument && typeIn(argument);
  return type && others.length === 0 ? [key, { type, optional: { fill } }] : undefined;
}
