import type { Readable } from "node:stream";

export interface Output {
  write(text: string): unknown;
  /** Whether a person looks at it. */
  readonly isTTY?: boolean | undefined;
  /** Width in characters, where it is a terminal. */
  readonly columns?: number | undefined;
}

/** The world around the command. */
export interface CommandIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Ends what would run on, such as `local` and `drift --watch`. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
