import type { MessageInitShape } from "@bufbuild/protobuf";
import { type CtyType, typeToJson } from "../cty/type";
import type { Attribute, Block } from "../schema/attribute";
import type { ChildNode, ObjectNode, Schema } from "../schema/schema";
import {
  type Schema_AttributeSchema,
  type Schema_BlockSchema,
  Schema_NestedBlock_NestingMode,
  type Schema_NestedBlockSchema,
  Schema_Object_NestingMode,
  type SchemaSchema,
  StringKind,
} from "../wire/gen/tfplugin6_pb";

const OBJECT_NESTING = {
  single: Schema_Object_NestingMode.SINGLE,
  list: Schema_Object_NestingMode.LIST,
  set: Schema_Object_NestingMode.SET,
  map: Schema_Object_NestingMode.MAP,
} as const;

const BLOCK_NESTING = {
  single: Schema_NestedBlock_NestingMode.SINGLE,
  list: Schema_NestedBlock_NestingMode.LIST,
  set: Schema_NestedBlock_NestingMode.SET,
  map: Schema_NestedBlock_NestingMode.MAP,
  group: Schema_NestedBlock_NestingMode.GROUP,
} as const;

export function typeBytes(type: CtyType): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(JSON.stringify(typeToJson(type)), "utf8"));
}

/** Descriptions are Markdown. */
export function described(description: string | undefined) {
  return { description: description ?? "", descriptionKind: StringKind.MARKDOWN };
}

function deprecation(message: string | undefined) {
  return message === undefined ? {} : { deprecated: true, deprecationMessage: message };
}

export function toSchema({ version, definition, object }: Schema): MessageInitShape<typeof SchemaSchema> {
  return {
    version: BigInt(version),
    block: { ...toBlock(object, definition), version: BigInt(version) },
  };
}

function toBlock(
  object: ObjectNode,
  definition: { readonly description?: string; readonly deprecated?: string },
): MessageInitShape<typeof Schema_BlockSchema> {
  return {
    attributes: object.children.filter((child) => !child.isBlock).map(toAttribute),
    blockTypes: object.children.filter((child) => child.isBlock).map(toNestedBlock),
    ...described(definition.description),
    ...deprecation(definition.deprecated),
  };
}

function toAttribute(child: ChildNode): MessageInitShape<typeof Schema_AttributeSchema> {
  const definition = child.definition as Attribute;
  return {
    name: child.name,
    required: child.required,
    optional: child.optional,
    computed: child.computed,
    sensitive: definition.sensitive ?? false,
    writeOnly: child.writeOnly,
    ...described(definition.description),
    ...deprecation(definition.deprecated),
    ...(definition.nested === undefined
      ? { type: typeBytes(child.type) }
      : {
          nestedType: {
            nesting: OBJECT_NESTING[definition.nested.nesting],
            attributes: (child.object?.children ?? []).map(toAttribute),
          },
        }),
  };
}

function toNestedBlock(child: ChildNode): MessageInitShape<typeof Schema_NestedBlockSchema> {
  const definition = child.definition as Block;
  return {
    typeName: child.name,
    nesting: BLOCK_NESTING[definition.nesting],
    minItems: BigInt(definition.minItems ?? 0),
    maxItems: BigInt(definition.maxItems ?? 0),
    block: toBlock(child.object as ObjectNode, definition),
  };
}
