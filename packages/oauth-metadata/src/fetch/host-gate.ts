import { isHostFailure, type Outcome, outOfBudget } from "./outcome";

/** What a host's failure looked like, repeated for every further document of that host in the run. */
export interface HostFailure {
  readonly outcome: Outcome;
  readonly detail: string;
}

interface Host {
  active: number;
  readonly waiting: (() => void)[];
  failure?: HostFailure;
}

/**
 * Bounds what metadata may cost a run: so many requests at once a host, one time budget for all, and a host that failed is not
 * asked again. The budget counts the time in which at least one request is under way, not the pauses between.
 */
export class HostGate {
  readonly #hosts = new Map<string, Host>();
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
    for (const host of this.#hosts.values()) delete host.failure;
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
    request: (timeLeftMs: number) => Promise<T>,
  ): Promise<T | HostFailure> {
    const host = this.#host(origin);
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
        if (isHostFailure(result.outcome)) host.failure ??= { outcome: result.outcome, detail: result.detail ?? "" };
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

  #host(origin: string): Host {
    const known = this.#hosts.get(origin);
    if (known) return known;
    const host: Host = { active: 0, waiting: [] };
    this.#hosts.set(origin, host);
    return host;
  }
}
