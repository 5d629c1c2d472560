import type { z } from "zod";

/** The shape of a field's value: what each front end renders in its own type system. */
export type FieldType = "string" | "boolean" | "integer" | "stringSet" | "stringList" | "stringMap" | "json" | "object";

/** Who gives a field its value: the program, the service, or the service where the program is silent. */
export type Presence = "required" | "optional" | "optionalComputed" | "computed";

/**
 * How two values of a field can mean the same (DESIGN, "Three documents"):
 * `url`, an observed URL may be the WHATWG form of the written one; `set`, order and repetition are nothing;
 * `keys`, only the keys that the program wrote are compared; `exact`, nothing but equality.
 */
export type Meaning = "exact" | "url" | "set" | "keys";

/**
 * One field of a resource, written once. Terraform's schema, the constructs' props, Pulumi's args, the reference pages and the
 * review's names derive from these.
 */
export interface Field {
  readonly type: FieldType;
  /** Complete sentences, shown as they are in every front end's documentation. */
  readonly description: string;
  readonly presence: Presence;
  readonly meaning: Meaning;
  /** Validates a known value that is neither null nor empty: what no program may hold, since it is of another type or a secret. */
  readonly schema: z.ZodType;
  /**
   * What a value must be beside that when a person writes it anew. What the API holds already is left alone: a program that takes over
   * what exists says what there is (see `validateEdits`).
   */
  readonly whenEdited?: z.ZodType;
  /** Never shown in plans or logs. */
  readonly sensitive?: true;
  /** Sent, but kept in no state. */
  readonly writeOnly?: true;
  /** The value used where the program is silent. */
  readonly default?: string | boolean | number;
  /** Changing it makes a new object instead of updating the old one. */
  readonly replaces?: true;
  /** Names under which the API's documents hold the field. All are written, the first one present is read. */
  readonly apiNames?: readonly string[];
  /** Where a metadata document can supply this value, the service may fill it in although nobody set it. */
  readonly discoverable?: true;
  /** The fields of an `object`. */
  readonly fields?: Fields;
  /** An example value for documentation. */
  readonly example?: string | readonly string[];
}

export type Fields = Readonly<Record<string, Field>>;
