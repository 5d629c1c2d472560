import { isHostFailure, type Outcome, outOfBudget } from "./outcome";

/** What a host's failure looked like, repeated for every further document of that host in the run. */
export interface HostFailure {
  readonly outcome: Outcome;
  readonly detail: string;
}

/**
 * Who is asked at a host. An API may hang at an origin whose issuer answers, and the other way round: one never takes the other's turn, nor
 * is a timeout of one a word about the other.
 */
export type Lane = "issuer" | "resource";

interface Turns {
  active: number;
  readonly waiting: (() => void)[];
  failure?: HostFailure;
}

/**
 * Bounds what metadata may cost a run: so many requests at once a host and lane, one time budget for all, and a host that failed is not
 * asked again. The budget counts the time in which at least one request is under way, not the pauses between.
 */
export class HostGate {
  readonly #hosts = new Map<string, Readonly<Record<Lane, Turns>>>();
  readonly #budgetMs: number;
  readonly #perHost: number;
  #spentMs = 0;
  #active = 0;
  #busySince = 0;

  constructor(budgetMs: number, perHost: number) {
    this.#budgetMs = budgetMs;
    this.#perHost = perHost;
  }

  /** Forgets failed hosts and spent time: the next scheduled check asks again. */
  restart(): void {
    for (const host of this.#hosts.values()) {
      delete host.issuer.failure;
      delete host.resource.failure;
    }
    this.#spentMs = 0;
    this.#busySince = performance.now();
  }

  /** Milliseconds that are left of the budget; never negative. */
  remainingMs(): number {
    const running = this.#active > 0 ? performance.now() - this.#busySince : 0;
    return Math.max(0, this.#budgetMs - this.#spentMs - running);
  }

  /** Runs one request to an origin when it is its turn, or gives the failure that is known already. */
  async run<T extends { readonly outcome: Outcome; readonly detail?: string }>(
    origin: string,
    lane: Lane,
    request: (timeLeftMs: number) => Promise<T>,
  ): Promise<T | HostFailure> {
    const lanes = this.#host(origin);
    const host = lanes[lane];
    if (host.active >= this.#perHost) await new Promise<void>((resolve) => host.waiting.push(resolve));
    else host.active += 1;
    try {
      if (host.failure) return host.failure;
      const left = this.remainingMs();
      // Timers fire up to a millisecond early.
      if (left < 1) return outOfBudget;
      if (this.#active++ === 0) this.#busySince = performance.now();
      try {
        const result = await request(left);
        if (isHostFailure(result.outcome)) {
          const failure = { outcome: result.outcome, detail: result.detail ?? "" };
          // No connection is no connection for anybody.
          const failed = result.outcome === "timeout" ? [host] : [lanes.issuer, lanes.resource];
          for (const one of failed) one.failure ??= failure;
        }
        return result;
      } finally {
        if (--this.#active === 0) this.#spentMs += performance.now() - this.#busySince;
      }
    } finally {
      // The slot is handed over, so that no newcomer overtakes who waits.
      const next = host.waiting.shift();
      if (next) next();
      else host.active -= 1;
    }
  }

  #host(origin: string): Readonly<Record<Lane, Turns>> {
    const known = this.#hosts.get(origin);
    if (known) return known;
    const host = { issuer: { active: 0, waiting: [] }, resource: { active: 0, waiting: [] } };
    this.#hosts.set(origin, host);
    return host;
  }
}
