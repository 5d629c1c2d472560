/** Exit codes of every command: nothing found; findings; it could not be done. */
export const exitCodes = { none: 0, findings: 1, failed: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type CommandErrorCode =
  /** An option or argument that cannot be used. */
  | "usage"
  /** A file that cannot be read or written. */
  | "file"
  /** A file that is not what the option says. */
  | "input";

/** What a person may have mistyped, or a file that cannot be used. The message says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
