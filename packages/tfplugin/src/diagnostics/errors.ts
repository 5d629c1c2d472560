import type { Path } from "../cty/path";
import type { Value, ValueObject } from "../cty/value";
import type { PrivateState } from "../provider/private";
import type { Diagnostic } from "./diagnostic";

/** Throw it to answer with several diagnostics, or with one that names an attribute. */
export class DiagnosticsError extends Error {
  readonly code = "DIAGNOSTICS";
  override readonly name = "DiagnosticsError";
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.summary).join("; "));
  }
}

/**
 * Throw it where a create or an update failed halfway: the state is saved as it is given, and the error of `cause` is shown.
 * After a create, Terraform marks the resource as tainted and replaces it in the next run.
 */
export class PartialApply extends Error {
  readonly code = "PARTIAL_APPLY";
  override readonly name = "PartialApply";
  readonly private: PrivateState | undefined;
  readonly identity: ValueObject | undefined;
  constructor(
    readonly state: Value,
    cause: unknown,
    more: { private?: PrivateState; identity?: ValueObject } = {},
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.private = more.private;
    this.identity = more.identity;
  }
}

/** Throw it from a function of the provider: the message is shown at the call, at the argument where one is named (from 0). */
export class FunctionError extends Error {
  readonly code = "FUNCTION";
  override readonly name = "FunctionError";
  constructor(
    message: string,
    readonly argument?: number,
  ) {
    super(message);
  }
}

/** The schema or the provider's definition contradicts itself: a mistake of the author, found when it is loaded. */
export class DefinitionError extends Error {
  readonly code = "PROVIDER_DEFINITION";
  override readonly name = "DefinitionError";
}

/** Something with a stable code, as errors of Node and of this project have. */
function codeOf(error: Error): string | undefined {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? code : undefined;
}

/**
 * What an exception tells a person: its message, and its code where it has one. Never a stack: that is for the log. `doing`
 * says what failed, like `create toy_thing`.
 */
export function diagnosticsOf(error: unknown, doing: string, path?: Path): Diagnostic[] {
  if (error instanceof DiagnosticsError) return [...error.diagnostics];
  if (error instanceof PartialApply) return diagnosticsOf(error.cause, doing, path);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error ? codeOf(error) : undefined;
  return [
    {
      severity: "error",
      summary: `Could not ${doing}`,
      detail: code === undefined ? message : `${message} (${code})`,
      ...(path === undefined ? {} : { path }),
    },
  ];
}
