import { attachmentFields, type Fields, gatewayFields } from "@mcpstack/model";
import type { References, ResourceChange, SourcePosition, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { ReviewInputError } from "../input-error";
import { isRecord, text } from "../values";
import { Scope, withoutComments } from "./scope";

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
  readonly providerKey: string;
  readonly constructPath?: string | undefined;
  /** The place in the synthesised file; the program's own line is looked for apart. */
  readonly source: SourcePosition;
}

export interface Stack {
  readonly engine: string;
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly providers: ReadonlyMap<string, Values>;
  /** New addresses to old ones, from `moved` blocks. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that `import` blocks take over. */
  readonly imported: ReadonlySet<string>;
  /** Addresses that `removed` blocks leave as they are. */
  readonly forgotten: ReadonlySet<string>;
  /** Calls of modules, with everything that decides what they hold. */
  readonly modules: ReadonlyMap<string, unknown>;
}

interface Block {
  readonly path: readonly string[];
  readonly body: Record<string, unknown>;
  readonly line: number;
}

/** Reads what of a synthesised stack concerns MCP Stack. Terraform's JSON syntax allows a list of blocks wherever it allows a block. */
export function stackOf(document: InputDocument): Stack {
  const blocks = document.kept.flatMap(({ path, value, line }) =>
    blocksOf(value).map((body): Block => ({ path: path.slice(1).map(String), body, line })),
  );
  const at = (top: string) => blocks.filter(({ path }) => path[0] === top);
  const scope = new Scope(definitionsOf(blocks));
  const local = localNameOf(at("terraform"));
  const resources = new Map<string, StackResource>();
  for (const { path, body, line } of at("resource")) {
    const [, type = "", name = ""] = path;
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!kind || path.length !== 3) continue;
    const address = `${type}.${name}`;
    const around = [body.for_each ?? null, body.count ?? null];
    resources.set(address, {
      ...kind,
      address,
      arguments: scope.resolve(withoutComments(body), around) as Values,
      gateways: gatewaysOf(body.gateway_id),
      providerKey: providerKeyOf(body.provider, local),
      constructPath: pathOf(body),
      source: { file: document.name, line },
    });
  }
  const providers = at("provider").flatMap(({ path, body }) => (path[1] === local ? [body] : []));
  const addresses = (top: string, key: string) => at(top).flatMap(({ body }) => plainAddress(body[key]) ?? []);
  return {
    engine: engineOf(at("//")),
    resources,
    providers: new Map(
      providers.map((body) => [
        text(body.alias) === undefined ? "mcpstack" : `mcpstack.${body.alias}`,
        scope.resolve(withoutComments(body)) as Values,
      ]),
    ),
    moved: new Map(
      at("moved").flatMap(({ body }) => {
        const [from, to] = [plainAddress(body.from), plainAddress(body.to)];
        return from && to ? [[to, from] as const] : [];
      }),
    ),
    imported: new Set(addresses("import", "to")),
    forgotten: new Set(addresses("removed", "from")),
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

/** What expressions may refer to. */
function definitionsOf(blocks: readonly Block[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { path, body } of blocks) {
    const [top, type, name] = path;
    const members = (prefix: string) => {
      for (const [key, value] of Object.entries(body)) found.set(`${prefix}.${key}`, value);
    };
    if (top === "locals") members("local");
    else if (top === "variable") members("var");
    else if (top === "module") members("module");
    else if (top === "resource" && name !== undefined) found.set(`${type}.${name}`, body);
    else if (top === "data" && name !== undefined) found.set(`data.${type}.${name}`, body);
  }
  return found;
}

/** A program may give the provider another local name (`required_providers`). */
function localNameOf(blocks: readonly Block[]): string {
  for (const { body } of blocks) {
    for (const required of blocksOf(body.required_providers)) {
      for (const [name, requirement] of Object.entries(required)) {
        const source = isRecord(requirement) ? text(requirement.source) : undefined;
        if (source !== undefined && /(?:^|\/)mcpstack\/mcpstack$/.test(source)) return name;
      }
    }
  }
  return "mcpstack";
}

/** `mcpstack.eu`, `${mcpstack.eu}`, and the provider's own name without one. */
function providerKeyOf(provider: unknown, local: string): string {
  const written = plainAddress(provider);
  const [name, alias] = written?.split(".") ?? [local];
  if (name !== local) return written ?? "mcpstack";
  return alias === undefined ? "mcpstack" : `mcpstack.${alias}`;
}

/** Where Terraform's JSON syntax takes an address, it may stand by itself or as an expression. */
function plainAddress(value: unknown): string | undefined {
  const written = text(value)?.trim();
  return written && (/^\$\{\s*([^{}]+?)\s*\}$/.exec(written)?.[1] ?? written);
}

function engineOf(blocks: readonly Block[]): string {
  const metadata = blocks[0]?.body.metadata;
  const version = isRecord(metadata) ? text(metadata.version) : undefined;
  return version ? `CDKTF ${version}` : "CDKTF";
}

/** The gateway whose id is written, and nothing else. */
function gatewaysOf(id: unknown): References {
  const expression = plainAddress(id) ?? "";
  const address = /^(mcpstack_gateway\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.id$/.exec(expression)?.[1];
  return address === undefined ? { addresses: [], open: true } : { addresses: [address], open: false };
}

/** `//.metadata.path`, which CDKTF writes into every element. */
function pathOf(body: Record<string, unknown>): string | undefined {
  const comment = body["//"];
  return isRecord(comment) && isRecord(comment.metadata) ? text(comment.metadata.path) : undefined;
}

/** @throws ReviewInputError for a document in which what should hold resources holds something else. */
export function requireBlocks(document: InputDocument): void {
  for (const { path, value } of document.kept) {
    const isBlock = path[1] === "resource" || path[1] === "provider" || path[1] === "data";
    if (!isBlock || path.includes("//") || isRecord(value) || Array.isArray(value)) continue;
    throw new ReviewInputError(
      "input-unknown-format",
      `${document.name} holds a single value as ${path.slice(1).join(".")}, where blocks belong, so it cannot be understood`,
    );
  }
}
