import { type CtyType, hasDynamic, t } from "../cty/type";
import type { Value } from "../cty/value";
import { DefinitionError } from "../diagnostics/errors";
import type { Attribute, Block, NestingMode, PlanModifier, SchemaDefinition, Validator } from "./attribute";

/** An object of a schema, made ready: of a whole resource, of a block or of a nested attribute. */
export interface ObjectNode {
  readonly children: readonly ChildNode[];
  readonly type: CtyType & { kind: "object" };
}

/** An attribute or a block within an object. */
export interface ChildNode {
  readonly name: string;
  readonly isBlock: boolean;
  readonly type: CtyType;
  /** What it nests, if it nests. */
  readonly nesting: NestingMode | "group" | undefined;
  readonly object: ObjectNode | undefined;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly writeOnly: boolean;
  /** Undefined: none. */
  readonly default: Value | undefined;
  readonly validators: readonly Validator[];
  readonly planModifiers: readonly PlanModifier[];
  readonly definition: Attribute | Block;
}

/** A schema, checked and compiled. Made by `schema`. */
export interface Schema {
  readonly version: number;
  readonly definition: SchemaDefinition;
  readonly object: ObjectNode;
  readonly type: CtyType & { kind: "object" };
}

/** Terraform takes no other names (its identifier, without capitals for the sake of HCL's own style). */
const NAME = /^[a-z_][a-z0-9_]*$/;

/** Checks a schema and makes it ready. Throws a `DefinitionError` that names the place. */
export function schema(definition: SchemaDefinition): Schema {
  const object = compileObject(definition.attributes ?? {}, definition.blocks ?? {}, "");
  return { version: definition.version ?? 0, definition, object, type: object.type };
}

function compileObject(
  attributes: Readonly<Record<string, Attribute>>,
  blocks: Readonly<Record<string, Block>>,
  at: string,
): ObjectNode {
  const children: ChildNode[] = [];
  for (const [name, attribute] of Object.entries(attributes)) {
    if (Object.hasOwn(blocks, name)) throw new DefinitionError(`${at}${name} is an attribute and a block.`);
    children.push(compileAttribute(checkName(name, at), attribute, `${at}${name}`));
  }
  for (const [name, block] of Object.entries(blocks))
    children.push(compileBlock(checkName(name, at), block, `${at}${name}`));
  const types: Record<string, CtyType> = Object.create(null);
  for (const child of children) types[child.name] = child.type;
  return { children, type: t.object(types) as CtyType & { kind: "object" } };
}

function checkName(name: string, at: string): string {
  if (!NAME.test(name))
    throw new DefinitionError(
      `${at}${name}: a name has small letters, digits and underscores, and starts with no digit.`,
    );
  return name;
}

function compileAttribute(name: string, attribute: Attribute, at: string): ChildNode {
  const hasDefault = attribute.default !== undefined;
  const required = attribute.required ?? false;
  const optional = hasDefault || (attribute.optional ?? false);
  const computed = hasDefault || (attribute.computed ?? false);
  const writeOnly = attribute.writeOnly ?? false;
  if (!required && !optional && !computed) throw new DefinitionError(`${at} must be required, optional or computed.`);
  if (required && (optional || computed))
    throw new DefinitionError(`${at} is required, so it can be neither optional nor computed, nor have a default.`);
  if (writeOnly && computed) throw new DefinitionError(`${at} is write-only, so it cannot be computed.`);
  const object = attribute.nested === undefined ? undefined : compileObject(attribute.nested.attributes, {}, `${at}.`);
  const type =
    attribute.nested === undefined ? attribute.type : nest(attribute.nested.nesting, object as ObjectNode, at);
  if (attribute.nested === undefined) checkDynamic(type, at);
  if (attribute.nested?.nesting === "set" && containsWriteOnly(object as ObjectNode))
    throw new DefinitionError(`${at} is a set, so nothing within it can be write-only.`);
  return {
    name,
    isBlock: false,
    type,
    nesting: attribute.nested?.nesting,
    object,
    required,
    optional,
    computed,
    writeOnly,
    default: attribute.default,
    validators: attribute.validators ?? [],
    planModifiers: attribute.planModifiers ?? [],
    definition: attribute,
  };
}

function compileBlock(name: string, block: Block, at: string): ChildNode {
  const object = compileObject(block.attributes ?? {}, block.blocks ?? {}, `${at}.`);
  if (block.nesting === "set" && containsWriteOnly(object))
    throw new DefinitionError(`${at} is a set, so nothing within it can be write-only.`);
  return {
    name,
    isBlock: true,
    type: nest(block.nesting, object, at),
    nesting: block.nesting,
    object,
    required: false,
    optional: true,
    computed: false,
    writeOnly: false,
    default: undefined,
    validators: [],
    planModifiers: [],
    definition: block,
  };
}

function nest(nesting: NestingMode | "group", object: ObjectNode, at: string): CtyType {
  if (nesting === "single" || nesting === "group") return object.type;
  if (hasDynamic(object.type))
    throw new DefinitionError(
      `${at}: the elements of a ${nesting} have one type, so nothing within them can be dynamic.`,
    );
  return nesting === "list" ? t.list(object.type) : nesting === "set" ? t.set(object.type) : t.map(object.type);
}

/** Terraform refuses them too: each element could have a type of its own. */
function checkDynamic(type: CtyType, at: string): void {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") {
    if (hasDynamic(type.element))
      throw new DefinitionError(
        `${at}: the elements of a ${type.kind} have one type, so it cannot be dynamic; make ${at} itself dynamic.`,
      );
  }
}

function containsWriteOnly(object: ObjectNode): boolean {
  return object.children.some(
    (child) => child.writeOnly || (child.object !== undefined && containsWriteOnly(child.object)),
  );
}
