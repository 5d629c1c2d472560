import { closedUp, codesInParts, partsOf, tokensOf } from "../../hcl/lex";
import { isRecord } from "../values";

/** A value that only the engine can work out. The same text stands for the same expression over the same definitions. */
export class Unresolved {
  constructor(
    readonly meaning: string,
    /** As it is written. */
    readonly text: string,
  ) {}
}

/** Expressions may lead through this many locals and variables. */
const maxHops = 32;

/** One part of a template: text, or what stands between `${` and `}`. */
type Part = { readonly text: string } | { readonly expression: string };

/** `local.a`, `var.a.b`, `data.type.name.id`, `module.m.out`, `type.name.id`: what a definition can stand behind. */
const reference =
  /(?<![\p{ID_Continue}.-])(?:(local|var|module)\.([\p{ID_Continue}-]+)|data\.([\p{ID_Continue}-]+)\.([\p{ID_Continue}-]+)|(?!(?:each|count|self|path|terraform)\.)([\p{ID_Start}_][\p{ID_Continue}-]*)\.([\p{ID_Continue}-]+))((?:\.[\p{ID_Continue}-]+)*)/gu;

/** The code in a template, each piece without the texts in it. One without code, such as those of `depends_on`, may name an address. */
function codeIn(template: string): string[] {
  const { found, isWhole } = partsOf(template);
  const pieces = codesInParts(found).map((code) => closedUp(code, { texts: false }));
  return isWhole && pieces.length > 0 ? pieces : [...pieces, template.replace(/\s*\.\s*/g, ".")];
}

/** The definitions of a stack, by the address that expressions use. */
export type Definitions = ReadonlyMap<string, unknown>;

/**
 * Resolves the expressions of a synthesised stack as far as the stack itself tells: locals, and variables by their defaults. What is left
 * keeps its text with every definition behind it, so that the same text over another definition is not taken for the same.
 */
export class Scope {
  constructor(
    private readonly definitions: Definitions,
    /** What `each.key`, `each.value` and `count.index` stand for, by these names. */
    private readonly instance: ReadonlyMap<string, unknown> = new Map(),
    /** What further decides an expression with `each` or `count`. */
    private readonly around: readonly unknown[] = [...instance],
  ) {}

  /** The scope of one instance of a resource. */
  ofInstance(names: ReadonlyMap<string, unknown>): Scope {
    return new Scope(this.definitions, names);
  }

  /** The scope of a resource of which nobody can tell how many there are. */
  ofAny(repeated: Unresolved): Scope {
    return new Scope(this.definitions, new Map(), [repeated.meaning]);
  }

  resolve(value: unknown): unknown {
    return this.#resolve(value, maxHops);
  }

  #resolve(value: unknown, hops: number): unknown {
    if (value instanceof Unresolved) return value;
    if (Array.isArray(value)) return value.map((element) => this.#resolve(element, hops));
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.#resolve(member, hops)]));
    }
    if (typeof value !== "string" || !/[$%]\{/.test(value)) return value;
    const parts = templateOf(value);
    if (parts === undefined || hops === 0) return this.#open(value);
    const resolved = parts.map((part) =>
      "text" in part ? part.text : this.#resolve(this.#defined(part.expression), hops - 1),
    );
    const [only] = resolved;
    // What a local stands for is what it was written as, whatever is left open in it.
    if (resolved.length === 1 && only !== undefined) return only;
    const isText = resolved.every((part) => ["string", "number", "boolean"].includes(typeof part));
    return isText ? resolved.join("") : this.#open(value);
  }

  /** What a literal, a local, a variable without another value, or `each` and `count` stand for. */
  #defined(expression: string): unknown {
    const { found, isWhole } = tokensOf(expression);
    if (!isWhole) return undefined;
    const written = closedUp(found, { texts: true });
    const literal = literalOf(written);
    if (literal !== undefined) return literal;
    const converted = /^(?:toset|tolist|tomap)\(([\s\S]*)\)$/.exec(written)?.[1];
    if (converted !== undefined) return this.#defined(converted);
    const own = /^(each\.key|each\.value|count\.index)((?:\.[\p{ID_Continue}-]+|\["[^"\\]*"\])*)$/u.exec(written);
    if (own?.[1] !== undefined) return within(this.instance.get(own[1]), own[2] ?? "");
    const [, kind, name, , , , , path = ""] = new RegExp(`^${reference.source}$`, "u").exec(written) ?? [];
    const definition = name === undefined ? undefined : this.definitions.get(`${kind}.${name}`);
    const value =
      kind === "local"
        ? definition
        : kind === "var" && isRecord(definition) && definition.sensitive !== true
          ? definition.default
          : undefined;
    return within(value, path);
  }

  #open(text: string): Unresolved {
    const behind = new Map<string, unknown>();
    this.#collect(text, behind);
    const uses = /(?<![\w.-])(?:each|count|self)\./.test(codeIn(text).join("\n")) ? this.around : [];
    this.#collect(uses, behind);
    return new Unresolved(JSON.stringify([text, uses, [...behind].sort(([a], [b]) => (a < b ? -1 : 1))]), text);
  }

  /** Every text of a value is a template, and so is every key. */
  #collect(value: unknown, behind: Map<string, unknown>): void {
    if (typeof value === "string") for (const code of codeIn(value)) this.#collectIn(code, behind);
    else if (Array.isArray(value)) for (const element of value) this.#collect(element, behind);
    else if (isRecord(value)) this.#collect(Object.entries(value), behind);
  }

  #collectIn(code: string, behind: Map<string, unknown>): void {
    for (const [, kind, name, dataType, dataName, type, resource, path = ""] of code.matchAll(reference)) {
      const address = kind ? `${kind}.${name}` : dataType ? `data.${dataType}.${dataName}` : `${type}.${resource}`;
      // The id of a gateway stands for the gateway, whatever is edited in it.
      if (behind.has(address) || (type === "mcpstack_gateway" && path === ".id")) continue;
      const definition = meaningOf(kind, withoutComments(this.definitions.get(address)));
      behind.set(address, definition ?? null);
      this.#collect(definition, behind);
    }
  }
}

/** A number, a truth value, a text, or a list or an object of these as JSON writes them. */
function literalOf(expression: string): unknown {
  try {
    return JSON.parse(expression);
  } catch {
    return undefined;
  }
}

/** What a path such as `.a["b"]` leads to. */
function within(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\["([^"]*)"\]/g)].map(([, name, key]) => name ?? key ?? "");
  return steps.reduce<unknown>(
    (part, step) => (isRecord(part) && Object.hasOwn(part, step) ? part[step] : undefined),
    value,
  );
}

/** Whether something in a value is left for the engine. */
export function holdsUnresolved(value: unknown): boolean {
  if (value instanceof Unresolved || value === undefined) return true;
  if (Array.isArray(value)) return value.some(holdsUnresolved);
  return isRecord(value) && Object.values(value).some(holdsUnresolved);
}

/** CDKTF's own notes, such as the path of the construct, decide nothing. */
export function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (key === "//" ? [] : [[key, withoutComments(member)]])),
  );
}

/** Of a variable, what decides its value: not who may see it, what it is for, and which values are refused. */
function meaningOf(kind: string | undefined, definition: unknown): unknown {
  if (kind !== "var" || !isRecord(definition)) return definition;
  return Object.hasOwn(definition, "default") ? { default: definition.default } : {};
}

/** Takes a template apart; undefined for one with directives (`%{ if … }`), or that is not understood. */
function templateOf(text: string): Part[] | undefined {
  const { found, isWhole } = partsOf(text);
  if (!isWhole || found.some((part) => "code" in part && part.isDirective)) return undefined;
  return found.map((part) =>
    "literal" in part
      ? { text: part.literal.replace(/\$\$\{|%%\{/g, (doubled) => doubled.slice(1)) }
      : { expression: part.text },
  );
}
