import type { WriteAnswer } from "@mcpstack/api-client";
import { lookUntil } from "./look-again";
import type { CallOptions, Run } from "./run";

/** How a write was answered. */
export interface Written extends WriteAnswer {
  /**
   * What has become of the answer, as a clause, where it told nothing that could be believed and a look was taken in its place. A look proves what
   * reads show, and nothing of what they never show.
   */
  readonly lost?: string | undefined;
}

/** A write that was answered, and how to see what became of it. */
export interface Write<Seen> {
  readonly written: Written;
  /** What the answer shows, or the look in its place. Undefined: nothing that could be believed. */
  readonly answered: Seen | undefined;
  readonly look: () => Promise<Seen>;
  readonly isRight: (seen: Seen) => boolean;
  /** Whether that is what a read would show which lags behind the write. Default: nothing is. */
  readonly mayLag?: (seen: Seen) => boolean;
}

/** What is known of a write. */
export interface Sight<Seen> {
  /** What was seen last. Undefined where nothing was: an answer that only repeats what was sent is no sight. */
  readonly seen: Seen | undefined;
  /** Why it could not be looked at, or not as long as it should. */
  readonly error?: unknown;
}

/**
 * Whether the answer to a write says plainly that it was done. Only then is the document in it what the service has: with another status it is
 * not finished, or done in part (RFC 9110 §15.3.3, RFC 4918 §11.1), and beside an error it may repeat what was refused; about something else
 * it says nothing. So may one with a field such as `queued`.
 */
export function isPlain({ status, failure, open, isOther, lost }: Written): boolean {
  const isSaid = failure === undefined && open === undefined && !isOther && lost === undefined;
  return isSaid && (status === 200 || status === 201 || status === 204);
}

/** Sees what became of a write, of a gateway as of an attachment: in its answer where that is plain, else in reads until one is right. */
export async function sightOf<Seen>(
  run: Run,
  { written, answered, look, isRight, mayLag }: Write<Seen>,
  options: CallOptions,
): Promise<Sight<Seen>> {
  let seen = isPlain(written) || written.lost !== undefined ? answered : undefined;
  const looked = async () => {
    const now = await look();
    seen = now;
    return now;
  };
  try {
    const first = seen === undefined ? await looked() : seen;
    await lookUntil(run, first, looked, isRight, { ...options, status: written.status, mayLag });
    return { seen };
  } catch (error) {
    return { seen, error };
  }
}

/** What an answer said, in an error or a warning about its write. */
export function saidOf({ status, failure, open, isOther }: WriteAnswer): string {
  if (failure === undefined) {
    const beside = open === undefined ? "" : `, with ${open}, by which it may not be done`;
    return `answered ${status}${isOther ? ", with what is not the document that was written" : beside}`;
  }
  return `answered ${status}, as if it had been done, with an error${failure === "" ? "" : `: ${failure}`}`;
}
