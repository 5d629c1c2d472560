import type { Path } from "../cty/path";
import type { CtyType } from "../cty/type";
import type { Value, ValueObject } from "../cty/value";
import type { Diagnostic } from "../diagnostics/diagnostic";

/**
 * Judges a configured value; called only with one that is there and known, though parts of it may be unknown. A text is an
 * error at the attribute.
 */
export type Validator = (
  value: Value,
  at: { readonly path: Path; readonly config: ValueObject },
) => string | Diagnostic | readonly Diagnostic[] | undefined;

/** What a plan modifier sees of one attribute. `prior` is undefined where there is none: on create, or in a new element. */
export interface AttributeChange {
  readonly path: Path;
  readonly config: Value;
  readonly prior: Value | undefined;
  readonly planned: Value;
}

/**
 * How a planned value comes about.
 *
 * - `useStateForUnknown`: a computed value that does not change with an update keeps its prior value, null too.
 * - `useNonNullStateForUnknown`: the same, but a null one may still be filled.
 * - `requiresReplace`: a change of it replaces the resource.
 * - `sameMeaning`: where it says that two values mean the same, the prior one stays, and there is no change.
 * - a function: has the last word on the attribute; returns nothing to leave it as it is.
 */
export type PlanModifier =
  | "useStateForUnknown"
  | "useNonNullStateForUnknown"
  | "requiresReplace"
  | { readonly sameMeaning: (prior: Value, config: Value) => boolean }
  | ((change: AttributeChange) => { readonly planned?: Value; readonly requiresReplace?: boolean } | undefined);

export type NestingMode = "single" | "list" | "set" | "map";

interface AttributeOptions {
  /** Markdown. */
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  /** Only in configuration, never in a plan or the state. */
  readonly writeOnly?: boolean;
  /** What to use in its place. */
  readonly deprecated?: string;
  /** Taken where the configuration has none; makes the attribute optional and computed. */
  readonly default?: Value;
  readonly validators?: readonly Validator[];
  readonly planModifiers?: readonly PlanModifier[];
}

/** An attribute of a plain type. */
export interface TypedAttribute extends AttributeOptions {
  readonly type: CtyType;
  readonly nested?: never;
}

/** An attribute of objects whose own attributes have all that attributes have. */
export interface NestedAttribute extends AttributeOptions {
  readonly nested: { readonly nesting: NestingMode; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly type?: never;
}

export type Attribute = TypedAttribute | NestedAttribute;

/** A block type. `group` is a single block that is there even where it is not written. */
export interface Block {
  readonly nesting: NestingMode | "group";
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, Block>>;
  /** For lists and sets. */
  readonly minItems?: number;
  /** For lists and sets. */
  readonly maxItems?: number;
  readonly description?: string;
  readonly deprecated?: string;
}

export interface SchemaDefinition {
  /** @default 0 */
  readonly version?: number;
  /** Markdown. */
  readonly description?: string;
  readonly deprecated?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, Block>>;
}
