import { setTimeout as sleep } from "node:timers/promises";
import type { WriteAnswer } from "@mcpstack/api-client";
import { ReconcileError } from "./errors";
import { lookWhileFresh } from "./fresh";
import type { CallOptions, Run } from "./run";

export interface LookOptions<Seen> extends CallOptions {
  /** That of the answer to the write: a 202 is waited for longer. */
  readonly status?: number | undefined;
  /** Whether that is what a read would show which lags behind the write: it is looked at for as long as that may be. Default: nothing is. */
  readonly mayLag?: ((seen: Seen) => boolean) | undefined;
}

/**
 * Looks again at what a write has left, until it is right or the run's patience ends: a service may answer before it is done, and its reads may
 * lag behind its writes.
 *
 * @param first - what is seen already.
 * @returns what was seen last.
 */
export async function lookUntil<Seen>(
  run: Run,
  first: Seen,
  look: () => Promise<Seen>,
  isRight: (seen: Seen) => boolean,
  options: LookOptions<Seen>,
): Promise<Seen> {
  let seen = first;
  for (const wait of run.patience(options.status)) {
    if (isRight(seen)) return seen;
    await sleep(wait, undefined, { signal: options.signal });
    seen = await look();
  }
  const lags = (now: Seen) => !isRight(now) && options.mayLag?.(now) === true;
  return lags(seen) ? lookWhileFresh(run, Date.now(), look, lags, options) : seen;
}

/** What was to be deleted is there as before. */
export function notDeleted(what: string, { status }: WriteAnswer): ReconcileError {
  const next = status === 202 ? "It may still be at it: try again in a while." : "Look in MCP Stack what keeps it.";
  return new ReconcileError(
    "delete_not_done",
    `${what}, although its deletion was answered ${status}. The service did not say that it was done, so it stays in the state. ${next}`,
  );
}
