import type { RetryPolicy } from "./retry";
import { sleep } from "./sleep";

/** What one refusal says. Times are in milliseconds of `performance.now()`. */
export interface Refused {
  /** When the refused request was sent. */
  readonly sentAt: number;
  readonly isWrite: boolean;
  readonly retryAfterMs?: number | undefined;
}

/**
 * The pause of a whole run while the API limits how often it is asked. Every call waits for the same end: ten calls that each wait on their
 * own would keep the API as busy as before. It grows with each round of refusals, with jitter, and ends when an answer succeeds.
 */
export class Pause {
  readonly #policy: RetryPolicy;
  readonly #patienceMs: number;
  readonly #random: () => number;
  #rounds = 0;
  /** Since when nothing succeeds. */
  #since: number | undefined;
  #begun = Number.NEGATIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #refusesWrites = false;

  /** @param patienceMs - for how long the API may refuse everything before nothing more is waited for. */
  constructor(policy: RetryPolicy, patienceMs: number, random: () => number = Math.random) {
    this.#policy = policy;
    this.#patienceMs = patienceMs;
    this.#random = random;
  }

  /**
   * Waits until something may be sent. Rejects with the signal's reason.
   *
   * @returns false where the run's patience is over: then nothing is to be sent.
   */
  async over(signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    for (let left = this.#left(); left > 0; left = this.#left()) {
      if (this.#isInVain()) return false;
      await sleep(left, signal);
    }
    return true;
  }

  refused({ sentAt, isWrite, retryAfterMs }: Refused): void {
    const now = performance.now();
    this.#since ??= now;
    this.#refusesWrites = isWrite;
    // What was sent before the pause began was refused for the same reason: it is no further round.
    if (sentAt >= this.#begun) {
      this.#begun = now;
      this.#rounds += 1;
    }
    const bound = Math.min(this.#policy.maxMs, this.#policy.baseMs * 2 ** (this.#rounds - 1));
    // At least half of it: all calls of the run come back at once, so that full jitter could be no wait at all for them all.
    const wait = retryAfterMs === undefined ? bound / 2 : retryAfterMs;
    this.#until = Math.max(this.#until, now + wait + (this.#random() * bound) / 2);
  }

  /** Reads may go through while writes are refused: they say nothing then. */
  succeeded({ sentAt, isWrite }: Refused): void {
    if (sentAt < this.#begun || (this.#refusesWrites && !isWrite)) return;
    this.#rounds = 0;
    this.#since = undefined;
    this.#until = Number.NEGATIVE_INFINITY;
  }

  #left(): number {
    return this.#until - performance.now();
  }

  #isInVain(): boolean {
    return this.#since !== undefined && this.#until - this.#since > this.#patienceMs;
  }
}
