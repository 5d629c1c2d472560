// Time that passes only when everybody waits: thousands of runs with their back-offs take seconds. It holds for all that runs in the process.
import timers from "node:timers";
import timersPromises from "node:timers/promises";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/** Hardly anything of the world outside is waited for, so where nothing is due for so long, in real milliseconds, that is a dead end. */
const longestIdleMs = 10_000;

const real = { setTimeout: globalThis.setTimeout };

const start = Date.UTC(2026, 0, 5, 9);

/** Does a work in time that passes by itself, from the same moment on in every call. */
export async function inVirtualTime<Result>(work: () => Promise<Result>): Promise<Result> {
  const due: Timer[] = [];
  let now = 0;
  let order = 0;
  const set = (ring: () => void, ms = 0): Timer => {
    order += 1;
    const timer = { at: now + Math.max(0, ms), order, ring };
    const behind = due.findLastIndex(({ at }) => at <= timer.at);
    due.splice(behind + 1, 0, timer);
    return timer;
  };
  const clear = (timer: unknown) => {
    const at = due.indexOf(timer as Timer);
    if (at >= 0) due.splice(at, 1);
  };
  const restore = patch(set, clear, () => now);
  try {
    let ended = false;
    const result = work().finally(() => {
      ended = true;
    });
    // Its failure is met below.
    result.catch(() => undefined);
    let idleMs = 0;
    // What was begun and nobody waits for ends here too, not in the next work's time.
    for (let isQuiet = false; !isQuiet; ) {
      await turn();
      const next = due.shift();
      if (next) {
        idleMs = 0;
        now = next.at;
        next.ring();
      } else if (ended) {
        await turn();
        isQuiet = due.length === 0;
      } else {
        await new Promise((resolve) => real.setTimeout(resolve, 1));
        idleMs += 1;
        if (idleMs > longestIdleMs) throw new Error("Everybody waits, and for nothing that will come.");
      }
    }
    return await result;
  } finally {
    restore();
  }
}

/** Everything that can go on without time passing has gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => timers.setImmediate(resolve));
}

function patch(set: (ring: () => void, ms?: number) => object, clear: (timer: unknown) => void, now: () => number) {
  const originals = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    Date: globalThis.Date,
    random: Math.random,
    now: performance.now,
    wait: timersPromises.setTimeout,
  };
  class VirtualDate extends originals.Date {
    constructor(...given: []) {
      if (given.length === 0) super(start + now());
      else super(...given);
    }
    static override now = () => Math.floor(start + now());
  }
  const timeout = (ring: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
    const timer = set(() => ring(...given), ms);
    return Object.assign(timer, { ref: () => timer, unref: () => timer, hasRef: () => true });
  };
  const wait = <Value>(ms?: number, value?: Value, options: { signal?: AbortSignal } = {}) =>
    new Promise<Value>((resolve, reject) => {
      const { signal } = options;
      const stop = () => {
        clear(timer);
        reject(signal?.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      const timer = set(() => {
        signal?.removeEventListener("abort", stop);
        resolve(value as Value);
      }, ms);
      signal?.addEventListener("abort", stop, { once: true });
    });
  globalThis.setTimeout = timeout as unknown as typeof setTimeout;
  globalThis.clearTimeout = clear as typeof clearTimeout;
  globalThis.Date = VirtualDate as unknown as DateConstructor;
  performance.now = now;
  timersPromises.setTimeout = wait as typeof timersPromises.setTimeout;
  return () => {
    globalThis.setTimeout = originals.setTimeout;
    globalThis.clearTimeout = originals.clearTimeout;
    globalThis.Date = originals.Date;
    performance.now = originals.now;
    timersPromises.setTimeout = originals.wait;
  };
}
