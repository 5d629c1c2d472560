import { isApiError } from "@mcpstack/api-client";
import { ReconcileError, type Run } from "@mcpstack/reconciler";

const said = new WeakMap<Run, Set<string>>();

/**
 * Refreshes a resource. What keeps every resource from being read, such as a wrong token, is said by the first one alone: one error
 * ends the command whatever the others say, and they keep what they have.
 */
export async function sayingOnce<Result>(run: Run, read: () => Promise<Result>, untouched: Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    // A plan asks as well whether the credential works.
    if (isApiError(error, "unauthenticated", "forbidden", "organization_not_found")) run.isCredentialTold = true;
    const known = said.get(run) ?? new Set<string>();
    said.set(run, known);
    const key = subjectOf(error);
    if (known.has(key)) return untouched;
    known.add(key);
    throw error;
  }
}

/** An error about one resource names it, so the same text is about all of them. A foreign organization is, whatever it names. */
function subjectOf(error: unknown): string {
  if (error instanceof ReconcileError && error.code === "organization_mismatch") return error.code;
  // What was refused and what was not sent any more have one cause.
  if (isApiError(error, "rate_limited")) return error.code;
  return error instanceof Error ? error.message : String(error);
}
