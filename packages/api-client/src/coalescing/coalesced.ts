import { ApiError } from "../errors/api-error";
import type { CallOptions } from "../transport/call";
import { SharedWork } from "./shared-work";

/** Answers that are had once and shared by all who ask, also while the first one still waits. A failure is not kept. */
export class Coalesced<T> {
  readonly #works = new Map<string, SharedWork<T>>();

  /** @param what - names the work in the error of a caller that leaves. */
  get(
    key: string,
    what: string,
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#workFor(key, work).wait(options?.signal, () => {
      return new ApiError({ code: "cancelled", summary: `${what} was cancelled.` });
    });
  }

  delete(key: string): void {
    this.#works.delete(key);
  }

  clear(): void {
    this.#works.clear();
  }

  #workFor(key: string, work: (signal: AbortSignal) => Promise<T>): SharedWork<T> {
    const running = this.#works.get(key);
    if (running && !running.abandoned) return running;
    const started: SharedWork<T> = new SharedWork(async (signal) => {
      try {
        return await work(signal);
      } catch (error) {
        if (this.#works.get(key) === started) this.#works.delete(key);
        throw error;
      }
    });
    this.#works.set(key, started);
    return started;
  }
}
