import { closedUp, codesInParts, partsOf, tokensOf } from "../../hcl/lex";
import { impliedSource } from "../provider-sources";
import { isRecord, text } from "../values";
import { Unresolved } from "./unresolved";
import { defaultOf, literalOf, meaningOfVariable } from "./variable";

/** Expressions may lead through this many locals and variables. */
const maxHops = 32;

/** One part of a template: text, or what stands between `${` and `}`. */
type Part = { readonly text: string } | { readonly expression: string };

/** `local.a`, `var.a.b`, `data.type.name.id`, `module.m.out`, `type.name.id`: what a definition can stand behind. */
const reference =
  /(?<![\p{ID_Continue}.-])(?:(?<kind>local|var|module)\.(?<member>[\p{ID_Continue}-]+)|(?<mode>data|ephemeral)\.(?<readType>[\p{ID_Continue}-]+)\.(?<readName>[\p{ID_Continue}-]+)|(?!(?:each|count|self|path|terraform)\.)(?<type>[\p{ID_Start}_][\p{ID_Continue}-]*)\.(?<name>[\p{ID_Continue}-]+))(?<path>(?:\.[\p{ID_Continue}-]+)*)/gu;

/** `provider::name::function(…)`, and OpenTofu's with an alias behind the name. */
const providerFunction =
  /(?<![\p{ID_Continue}.-])provider\s*:\s*:\s*(?<name>[\p{ID_Continue}-]+)\s*:\s*:\s*(?:(?<alias>[\p{ID_Continue}-]+)\s*:\s*:)?/gu;

/** The code in a template, each piece without the texts in it. One without code, such as those of `depends_on`, may name an address. */
function codeIn(template: string): string[] {
  const { found, isWhole } = partsOf(template);
  const pieces = codesInParts(found).map((code) => closedUp(code, { texts: false }));
  return isWhole && pieces.length > 0 ? pieces : [...pieces, template.replace(/\s*\.\s*/g, ".")];
}

/** What the expressions of a stack can stand on. */
export interface Definitions {
  /** By the address that expressions use; `provider KEY` for lists of configurations, and `source NAME` for where they come from. */
  readonly found: ReadonlyMap<string, unknown>;
  /** Kinds of blocks that are in the stack, and not read: what refers to one may come to anything. */
  readonly unread: ReadonlySet<string>;
  /** By the name of what stands for something else than in the base, why: no text that refers to it means what it meant there. */
  readonly moved: ReadonlyMap<string, unknown>;
}

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
    // A synthesised stack is a root module.
    if (written === "path.module" || written === "path.root") return ".";
    const converted = /^(?:toset|tolist|tomap)\(([\s\S]*)\)$/.exec(written)?.[1];
    if (converted !== undefined) return this.#defined(converted);
    const own = /^(each\.key|each\.value|count\.index)((?:\.[\p{ID_Continue}-]+|\["[^"\\]*"\])*)$/u.exec(written);
    if (own?.[1] !== undefined) return within(this.instance.get(own[1]), own[2] ?? "");
    const { kind, member, path = "" } = new RegExp(`^${reference.source}$`, "u").exec(written)?.groups ?? {};
    const definition = member === undefined ? undefined : this.definitions.found.get(`${kind}.${member}`);
    const value =
      kind === "local" ? definition : kind === "var" ? asWritten(defaultOf(definition, `\${${written}}`)) : undefined;
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
    for (const { 0: whole, index, groups = {} } of code.matchAll(reference)) {
      const { kind, member, mode, readType, readName, type = readType, name, path = "" } = groups;
      const address = kind ? `${kind}.${member}` : mode ? `${mode}.${readType}.${readName}` : `${type}.${name}`;
      const moved = this.definitions.moved.get(address);
      if (moved !== undefined) behind.set(`moved ${address}`, moved);
      // The id of a gateway stands for the gateway, whatever is edited in it.
      if (behind.has(address) || (!mode && type === "mcpstack_gateway" && path === ".id")) continue;
      const written = this.definitions.found.get(address);
      // So does that of an instance, of which there are those that its block makes.
      if (!mode && type === "mcpstack_gateway" && /^\[[^\]]*\]\.id(?![\w.-])/.test(code.slice(index + whole.length))) {
        const number = repetitionOf(written);
        behind.set(`instances ${address}`, number);
        this.#collect(number, behind);
        continue;
      }
      const definition =
        kind === "local" ? written : kind === "var" ? meaningOfVariable(written) : withoutComments(written);
      behind.set(address, definition ?? (this.#isUnread(type) ? anything() : null));
      this.#collect(definition, behind);
      if (written === undefined) continue;
      if (kind === "module") this.#collectProvidersOfModule(written, behind);
      else if (!kind && type !== undefined) this.#collectProviderOf(type, written, behind);
    }
    for (const { groups = {} } of code.matchAll(providerFunction)) {
      this.#collectProvider({ name: groups.name ?? "", alias: groups.alias }, behind);
    }
  }

  #isUnread(type: string | undefined): boolean {
    return type !== undefined && this.definitions.unread.has(type);
  }

  /** What serves a resource decides what it says. That of what is MCP Stack's is reviewed for itself. */
  #collectProviderOf(type: string, body: unknown, behind: Map<string, unknown>): void {
    if (!type.startsWith("mcpstack_"))
      this.#collectProvider(providerNameOf(type, isRecord(body) ? body.provider : undefined), behind);
  }

  /** A module has what it is given; where nothing is, each configuration without an alias. What it does with them is not in the stack. */
  #collectProvidersOfModule(call: unknown, behind: Map<string, unknown>): void {
    const given = (Array.isArray(call) ? call : [call]).flatMap((one) =>
      isRecord(one) && isRecord(one.providers) ? Object.values(one.providers) : [],
    );
    const inherited = [...this.definitions.found.keys()].flatMap(
      (key) => /^(?:provider|source) ([^.]+)$/.exec(key)?.[1] ?? [],
    );
    for (const one of given.length > 0 ? given : inherited) this.#collectProvider(providerNameOf("", one), behind);
  }

  #collectProvider({ name, alias }: ProviderName, behind: Map<string, unknown>): void {
    behind.set(`source ${name}`, this.definitions.found.get(`source ${name}`) ?? impliedSource(name));
    const key = `provider ${providerKeyIn(name, alias)}`;
    if (behind.has(key)) return;
    const configured = withoutComments(this.definitions.found.get(key));
    behind.set(key, configured ?? null);
    this.#collect(configured, behind);
  }
}

/** What decides which instances of a resource there are. */
function repetitionOf(body: unknown): unknown {
  if (!isRecord(body)) return body ?? null;
  const { count = null, for_each: forEach = null, lifecycle = null } = body;
  const enabled = (Array.isArray(lifecycle) ? lifecycle : [lifecycle]).map((block) =>
    isRecord(block) ? (block.enabled ?? null) : block,
  );
  return [count, forEach, enabled];
}

/** A configuration of a provider, by its local name. */
export interface ProviderName {
  readonly name: string;
  readonly alias: string | undefined;
}

/** `mcpstack.eu`, `${mcpstack.eu}`; without one, the provider whose name the resource's type begins with. */
export function providerNameOf(type: string, provider: unknown): ProviderName {
  const [name = type.split("_")[0] ?? type, alias] = plainAddress(provider)?.replace(/\[.*$/s, "").split(".") ?? [];
  return { name, alias };
}

/** How the block of a configuration is called. */
export function providerKeyIn(name: string, alias: string | undefined): string {
  return alias === undefined ? name : `${name}.${alias}`;
}

/** Where Terraform's JSON syntax takes an address, it may stand by itself or as an expression. */
export function plainAddress(value: unknown): string | undefined {
  const written = text(value)?.trim();
  return written && (/^\$\{\s*([^{}]+?)\s*\}$/.exec(written)?.[1] ?? written);
}

let made = 0;
/** What is the same as nothing else, and no other time either. */
function anything(): string {
  made += 1;
  return `unread ${made}`;
}

/** Engines take a default as it stands, and for no template: as a template that comes to it. */
function asWritten(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(asWritten);
  if (!isRecord(value) || value instanceof Unresolved) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asWritten(member)]));
}

/** What a path such as `.a["b"]` leads to. */
function within(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\["([^"]*)"\]/g)].map(([, name, key]) => name ?? key ?? "");
  return steps.reduce<unknown>(
    (part, step) =>
      isRecord(part) && !(part instanceof Unresolved) && Object.hasOwn(part, step) ? part[step] : undefined,
    value,
  );
}

/** CDKTF's own notes in a block, such as the path of the construct, decide nothing. In a value, what is called so is a part of it. */
export function withoutComments(block: unknown): unknown {
  if (Array.isArray(block)) return block.map(withoutComments);
  if (!isRecord(block)) return block;
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== "//"));
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
