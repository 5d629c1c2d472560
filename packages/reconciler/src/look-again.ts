import { setTimeout as sleep } from "node:timers/promises";
import type { WriteAnswer } from "@mcpstack/api-client";
import { ReconcileError } from "./errors";
import type { CallOptions, Run } from "./run";

/**
 * Looks again at what a write has left, until it is right or the run's patience ends: a service may answer before it is done, and its reads may
 * lag behind its writes.
 *
 * @param first - what is seen already.
 * @param options - `status` is that of the answer to the write: a 202 is waited for longer.
 * @returns what was seen last.
 */
export async function lookUntil<Seen>(
  run: Run,
  first: Seen,
  look: () => Promise<Seen>,
  isRight: (seen: Seen) => boolean,
  options: CallOptions & { readonly status?: number | undefined },
): Promise<Seen> {
  let seen = first;
  for (const wait of run.patience(options.status)) {
    if (isRight(seen)) return seen;
    await sleep(wait, undefined, options.signal ? { signal: options.signal } : {});
    seen = await look();
  }
  return seen;
}

/** What was to be deleted is there as before. */
export function notDeleted(what: string, { status }: WriteAnswer): ReconcileError {
  const next = status === 202 ? "It may still be at it: try again in a while." : "Look in MCP Stack what keeps it.";
  return new ReconcileError(
    "delete_not_done",
    `${what}, although its deletion was answered ${status}. The service did not say that it was done, so it stays in the state. ${next}`,
  );
}
