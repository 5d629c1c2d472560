import { attachmentFields, type Fields, gatewayFields } from "@mcpstack/model";
import type { ResourceChange, SourcePosition, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { isRecord, text } from "../values";

const kinds: Readonly<Record<string, { kind: ResourceChange["kind"]; fields: Fields }>> = {
  mcpstack_gateway: { kind: "gateway", fields: gatewayFields },
  mcpstack_server_gateway_attachment: { kind: "attachment", fields: attachmentFields },
};

/** A resource of a `cdk.tf.json`, its arguments as they were synthesised. */
export interface StackResource {
  readonly kind: ResourceChange["kind"];
  readonly fields: Fields;
  readonly address: string;
  readonly arguments: Values;
  readonly gatewayAddress?: string | undefined;
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
}

/** Reads the parts of a synthesised stack that concern MCP Stack. Terraform's JSON syntax allows an object or a list of one. */
export function stackOf(document: InputDocument): Stack {
  const resources = new Map<string, StackResource>();
  const providers = new Map<string, Values>();
  const moved = new Map<string, string>();
  let engine = "CDKTF";
  for (const { path, value, line } of document.kept) {
    const [, top, second, third] = path;
    if (top === "//" && isRecord(value)) engine = engineOf(value);
    if (top === "moved") {
      for (const block of Array.isArray(value) ? value : [value]) {
        if (isRecord(block) && text(block.from) && text(block.to)) moved.set(String(block.to), String(block.from));
      }
    }
    if (top === "provider" && second === "mcpstack") {
      // Kept element by element or whole, whichever way the file spells it.
      for (const block of blocks(value))
        providers.set(text(block.alias) ? `mcpstack.${block.alias}` : "mcpstack", block as Values);
    }
    if (top !== "resource" || typeof second !== "string" || !Object.hasOwn(kinds, second)) continue;
    const kind = kinds[second];
    const [body] = blocks(value);
    if (!kind || !body) continue;
    const address = `${second}.${third}`;
    resources.set(address, {
      ...kind,
      address,
      arguments: body as Values,
      gatewayAddress: gatewayOf(body.gateway_id),
      providerKey: text(body.provider) ?? "mcpstack",
      constructPath: pathOf(body),
      source: { file: document.name, line },
    });
  }
  return { engine, resources, providers, moved };
}

function blocks(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

function engineOf(comment: Record<string, unknown>): string {
  const version = isRecord(comment.metadata) ? text(comment.metadata.version) : undefined;
  return version ? `CDKTF ${version}` : "CDKTF";
}

function gatewayOf(id: unknown): string | undefined {
  return /\$\{\s*(mcpstack_gateway\.[\w-]+(?:\[[^\]]*\])?)/.exec(text(id) ?? "")?.[1];
}

/** `//.metadata.path`, which CDKTF writes into every element. */
function pathOf(body: Record<string, unknown>): string | undefined {
  const comment = body["//"];
  return isRecord(comment) && isRecord(comment.metadata) ? text(comment.metadata.path) : undefined;
}
