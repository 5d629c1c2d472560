import { attachmentFields, type Fields, gatewayFields } from "@mcpstack/model";
import type { References, ResourceChange, SourcePosition, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { ReviewInputError } from "../input-error";
import { impliedSource, plainSource, type Sources } from "../provider-sources";
import { isOurSource } from "../provider-values";
import { isRecord, text } from "../values";
import { type Instance, instancesOf, truthOf, withoutKey } from "./instances";
import type { Move } from "./moves";
import { type ProviderName, plainAddress, providerKeyIn, providerNameOf, Scope, withoutComments } from "./scope";
import { statePlaceOf } from "./state-place";
import { Unresolved } from "./unresolved";

const kinds: Readonly<Record<string, { kind: ResourceChange["kind"]; fields: Fields }>> = {
  mcpstack_gateway: { kind: "gateway", fields: gatewayFields },
  mcpstack_server_gateway_attachment: { kind: "attachment", fields: attachmentFields },
};

/** A resource of a `cdk.tf.json`, its arguments resolved as far as the stack tells. */
export interface StackResource {
  readonly kind: ResourceChange["kind"];
  readonly fields: Fields;
  readonly address: string;
  readonly arguments: Values;
  readonly gateways: References;
  /** Arguments of `ignore_changes`. */
  readonly ignored: readonly string[];
  readonly providerKey: string;
  /** Which of the configurations that OpenTofu makes by `for_each` serves it, as written; empty for one that is no list. */
  readonly providerInstance: string;
  readonly constructPath?: string | undefined;
  /** The place in the synthesised file; the program's own line is looked for apart. */
  readonly source: SourcePosition;
}

export interface Stack {
  readonly engine: string;
  /** Addresses of everything that is written, of every type. */
  readonly written: ReadonlySet<string>;
  /** Instances by their addresses; by that of the resource where nobody can tell how many there are. */
  readonly resources: ReadonlyMap<string, StackResource>;
  /** What `count` and `for_each` make of each resource that is written, by its address. */
  readonly instances: ReadonlyMap<string, readonly Instance[] | Unresolved>;
  readonly providers: ReadonlyMap<string, Values>;
  /** What `for_each` makes configurations of, by the key of their block. */
  readonly providerInstances: ReadonlyMap<string, unknown>;
  /** What uses a configuration: resources, data sources and modules by their addresses, to its key. */
  readonly uses: ReadonlyMap<string, string>;
  /** From `moved` blocks. */
  readonly moves: readonly Move[];
  /** Addresses of resources of which `import` blocks take something over. */
  readonly imported: ReadonlySet<string>;
  /** Addresses of resources that `removed` blocks leave as they are. */
  readonly forgotten: ReadonlySet<string>;
  /** Who publishes what serves each resource and data source of MCP Stack. */
  readonly sources: Sources;
  /** Who publishes what each local name stands for, as far as the stack says. */
  readonly required: ReadonlyMap<string, string>;
  /** Where its state is kept; see `statePlaceOf`. */
  readonly state: readonly unknown[];
  /** Calls of modules, with everything that decides what they hold. */
  readonly modules: ReadonlyMap<string, unknown>;
}

interface Block {
  readonly path: readonly string[];
  readonly body: Record<string, unknown>;
  readonly line: number;
}

/**
 * Reads what of a synthesised stack concerns MCP Stack. Terraform's JSON syntax allows a list of blocks wherever it allows a block.
 *
 * @param base - What the stack was before, where it is compared with one: what moved since then is not what its name stood for.
 */
export function stackOf(document: InputDocument, base?: Stack): Stack {
  const blocks = document.kept.flatMap(({ path, value, line }) =>
    blocksOf(value).map((body): Block => ({ path: path.slice(1).map(String), body, line })),
  );
  const at = (top: string) => blocks.filter(({ path }) => path[0] === top);
  const required = requiredOf(at("terraform"));
  const moves = at("moved").flatMap(({ body }) => {
    const [from, to] = [plainAddress(body.from), plainAddress(body.to)];
    return from && to ? [{ from, to }] : [];
  });
  const found = definitionsOf(blocks, required);
  const scope = new Scope({ found, unread: unreadKinds(document), moved: movedSince(base, moves) });
  const users = [...at("resource"), ...at("data"), ...at("ephemeral")].flatMap(
    ({ path: [top, type = "", name], body }) =>
      name !== undefined && type.startsWith("mcpstack_")
        ? [
            {
              address: `${top === "resource" ? "" : `${top}.`}${type}.${name}`,
              provider: providerNameOf(type, body.provider),
            },
          ]
        : [],
  );
  const locals = localNamesOf(required, users);
  const resources = new Map<string, StackResource>();
  const instances = new Map<string, readonly Instance[] | Unresolved>();
  for (const { path, body, line } of at("resource")) {
    const [, type = "", name = ""] = path;
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!kind || path.length !== 3) continue;
    const number = instancesOf(body, scope);
    const provider = providerNameOf(type, body.provider);
    instances.set(`${type}.${name}`, number);
    const { count: _count, for_each: _forEach, ...written } = withoutComments(body) as Record<string, unknown>;
    const each =
      number instanceof Unresolved
        ? [{ address: `${type}.${name}`, own: scope.ofAny(number), names: new Map<string, unknown>() }]
        : number.map(({ key, names }) => ({ address: `${type}.${name}${key}`, own: scope.ofInstance(names), names }));
    for (const { address, own, names } of each) {
      const resolved = own.resolve(written) as Values;
      resources.set(address, {
        ...kind,
        address,
        arguments: resolved,
        gateways: gatewaysOf(resolved.gatewayId ?? resolved.gateway_id, names),
        ignored: ignoredOf(resolved.lifecycle),
        providerKey: keyOf(provider.name, provider.alias, locals),
        providerInstance: withIterators(instanceKeyOf(body.provider), names),
        constructPath: pathOf(body),
        source: { file: document.name, line },
      });
    }
  }
  const providers = at("provider").flatMap(({ path, body }) =>
    locals.includes(path[1] ?? "") ? [{ name: path[1] ?? "", body }] : [],
  );
  // `import` names instances, also by `each.key`: what it takes over of a resource is not told apart.
  const addresses = (top: string, key: string, isMeant = (_body: Block["body"]) => true) =>
    at(top).flatMap(({ body }) => {
      const address = isMeant(body) ? plainAddress(body[key]) : undefined;
      return address === undefined ? [] : [withoutKey(address)];
    });
  return {
    engine: engineOf(at("//")),
    written: new Set(found.keys()),
    resources,
    instances,
    providerInstances: new Map(
      providers.flatMap(({ name, body }) =>
        body.for_each === undefined
          ? []
          : [[keyOf(name, text(body.alias), locals), scope.resolve(body.for_each)] as const],
      ),
    ),
    providers: new Map(
      providers.map(({ name, body }) => [
        keyOf(name, text(body.alias), locals),
        scope.resolve(withoutComments(body)) as Values,
      ]),
    ),
    uses: new Map(
      [...users, ...modulesOf(at("module"), locals)].map(({ address, provider: { name, alias } }) => [
        address,
        keyOf(name, alias, locals),
      ]),
    ),
    moves,
    imported: new Set(addresses("import", "to")),
    forgotten: new Set(addresses("removed", "from", isForgetting)),
    sources: new Map(
      users.map(({ address, provider: { name } }) => [address, new Set([required.get(name) ?? impliedSource(name)])]),
    ),
    required,
    state: at("terraform").flatMap(({ body }) => {
      const backends = blocksOf(withoutComments(body.backend)).flatMap((backend) => Object.entries(backend));
      const clouds = blocksOf(withoutComments(body.cloud)).map((cloud) => ["cloud", cloud] as const);
      return [...backends, ...clouds].flatMap(([kind, written]) => statePlaceOf(kind, written));
    }),
    modules: new Map(
      at("module").flatMap(({ body }) =>
        Object.entries(body).map(([name, call]) => [name, scope.resolve(withoutComments(call))] as const),
      ),
    ),
  };
}

function blocksOf(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

/** What expressions may refer to, and what serves it. */
function definitionsOf(blocks: readonly Block[], required: ReadonlyMap<string, string>): Map<string, unknown> {
  const found = new Map<string, unknown>([...required].map(([name, source]) => [`source ${name}`, source]));
  for (const { path, body } of blocks) {
    const [top, type, name] = path;
    const members = (prefix: string) => {
      for (const [key, value] of Object.entries(body)) found.set(`${prefix}.${key}`, value);
    };
    if (top === "locals") members("local");
    else if (top === "variable") members("var");
    else if (top === "module") members("module");
    else if (top === "resource" && name !== undefined) found.set(`${type}.${name}`, body);
    else if ((top === "data" || top === "ephemeral") && name !== undefined) found.set(`${top}.${type}.${name}`, body);
    else if (top === "provider" && type !== undefined) {
      const key = `provider ${providerKeyIn(type, text(body.alias))}`;
      found.set(key, [...((found.get(key) as unknown[] | undefined) ?? []), body]);
    }
  }
  return found;
}

/** Blocks of a stack that hold nothing which an expression could refer to, or that are read. */
const readKinds = new Set(
  "// terraform provider resource data ephemeral locals variable module output moved import removed check".split(" "),
);

/** By a name that may stand for something else than in the base, the moves that make it so. One that the base has is carried out already. */
function movedSince(base: Stack | undefined, moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> {
  const known = new Set(base?.moves.map(({ from, to }) => `${from} ${to}`));
  const moved = new Map<string, Move[]>();
  for (const move of moves) {
    const [from, to] = [withoutKey(move.from), withoutKey(move.to)];
    if (!base?.written.has(from) || known.has(`${move.from} ${move.to}`)) continue;
    for (const name of new Set([from, to])) {
      const others = moved.get(name);
      if (others) others.push(move);
      else moved.set(name, [move]);
    }
  }
  return moved;
}

/** Kinds of blocks that this version does not know: what they hold is not read. */
function unreadKinds({ seen }: InputDocument): ReadonlySet<string> {
  return new Set([...seen].filter((kind) => !readKinds.has(kind)));
}

/** Local names of providers with their sources (`required_providers`). */
function requiredOf(blocks: readonly Block[]): ReadonlyMap<string, string> {
  return new Map(
    blocks
      .flatMap(({ body }) => blocksOf(body.required_providers))
      .flatMap((required) => Object.entries(required))
      .flatMap(([name, requirement]) => {
        const source = isRecord(requirement) ? text(requirement.source) : undefined;
        return source === undefined ? [] : [[name, plainSource(source)] as const];
      }),
  );
}

/** The local names of whatever serves something of MCP Stack, and of the provider itself: a program may call it anything. */
function localNamesOf(
  required: ReadonlyMap<string, string>,
  users: readonly { readonly provider: ProviderName }[],
): readonly string[] {
  const ours = [...required].flatMap(([name, source]) => (isOurSource(source) ? [name] : []));
  const names = new Set([...ours, ...users.map(({ provider }) => provider.name)]);
  return names.size > 0 ? [...names] : ["mcpstack"];
}

/** Whether a module's call mentions MCP Stack, so that it is likely to hold some of it. */
export function concernsUs(call: unknown): boolean {
  return /mcpstack/.test(JSON.stringify(call) ?? "");
}

/** What of MCP Stack a module may hold uses what it is given, or inherits. */
function modulesOf(blocks: readonly Block[], locals: readonly string[]): { address: string; provider: ProviderName }[] {
  const calls = blocks.flatMap(({ body }) =>
    Object.entries(body).flatMap(([name, call]) => blocksOf(call).map((one) => ({ name, call: one }))),
  );
  return calls.flatMap(({ name, call }) => {
    if (!concernsUs(call)) return [];
    const given = isRecord(call.providers)
      ? Object.entries(call.providers)
      : locals.map((local) => [local, local] as const);
    return given
      .map(([as, provider]) => ({ address: `module.${name}.${as}`, provider: providerNameOf("", provider) }))
      .filter(({ provider }) => locals.includes(provider.name));
  });
}

/** The first local name is called as the provider is; further ones keep their own. */
function keyOf(name: string, alias: string | undefined, locals: readonly string[]): string {
  const base = name === locals[0] ? "mcpstack" : name === "mcpstack" ? "mcpstack " : name;
  return alias === undefined ? base : `${base}.${alias}`;
}

function engineOf(blocks: readonly Block[]): string {
  const metadata = blocks[0]?.body.metadata;
  const version = isRecord(metadata) ? text(metadata.version) : undefined;
  return version ? `CDKTF ${version}` : "CDKTF";
}

/** Where a `removed` block does not say whether it destroys, Terraform does, and OpenTofu does not. */
function isForgetting({ lifecycle }: Record<string, unknown>): boolean {
  return blocksOf(lifecycle).some(({ destroy }) => truthOf(destroy) === false);
}

/** What the engine leaves as it is, whatever the program says. */
function ignoredOf(lifecycle: unknown): readonly string[] {
  return blocksOf(lifecycle)
    .flatMap(({ ignore_changes: ignored }) => ignored ?? [])
    .map((one) => plainAddress(one instanceof Unresolved ? one.text : one) ?? "")
    .sort();
}

/** The gateway whose id is written, and nothing else. */
function gatewaysOf(id: unknown, names: ReadonlyMap<string, unknown>): References {
  const written = plainAddress(id instanceof Unresolved ? id.text : id) ?? "";
  const expression = withIterators(written, names);
  const address = /^(mcpstack_gateway\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.id$/.exec(expression)?.[1];
  if (address !== undefined) return { addresses: [address], open: false };
  return { addresses: [], open: true, ...(id instanceof Unresolved ? { expression: id } : {}) };
}

/** `["eu"]` of `mcpstack.by["eu"]`. */
function instanceKeyOf(provider: unknown): string {
  return /\[.*$/s.exec(plainAddress(provider) ?? "")?.[0] ?? "";
}

function withIterators(expression: string, names: ReadonlyMap<string, unknown>): string {
  return expression.replace(/\[(each\.(?:key|value)|count\.index)\]/, (whole, name: string) => {
    const key = names.get(name);
    return typeof key === "string" || typeof key === "number" ? `[${JSON.stringify(key)}]` : whole;
  });
}

/** `//.metadata.path`, which CDKTF writes into every element. */
function pathOf(body: Record<string, unknown>): string | undefined {
  const comment = body["//"];
  return isRecord(comment) && isRecord(comment.metadata) ? text(comment.metadata.path) : undefined;
}

/** @throws ReviewInputError for a document in which what should hold resources holds something else. */
export function requireBlocks(document: InputDocument): void {
  for (const { path, value } of document.kept) {
    const isBlock = path[1] === "resource" || path[1] === "provider" || path[1] === "data" || path[1] === "ephemeral";
    if (!isBlock || path.includes("//") || isRecord(value) || Array.isArray(value)) continue;
    throw new ReviewInputError(
      "input-unknown-format",
      `${document.name} holds a single value as ${path.slice(1).join(".")}, where blocks belong, so it cannot be understood`,
    );
  }
}
