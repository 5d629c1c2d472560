/** A value that was kept from an input, with its path inside its document and the line on which it begins. */
export interface Kept {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly line: number;
}

export type Format = "terraform" | "pulumi-digest" | "pulumi-events" | "pulumi-plan" | "cdktf";

/** What was kept of an input, and what kind of input its outermost keys say it is. */
export interface InputDocument {
  readonly format: Format;
  readonly kept: readonly Kept[];
  /** The outermost keys. */
  readonly seen: ReadonlySet<string>;
  /** Elements of lists that were looked at, the ones that were not kept included. */
  readonly counted: number;
  /** How the input is called in messages, such as `plan.json`. */
  readonly name: string;
}
