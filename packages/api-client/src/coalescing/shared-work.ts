/**
 * Work that several callers wait for at once. Each caller may leave by its own signal; the work is aborted when all have left.
 */
export class SharedWork<T> {
  readonly #controller = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #done = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    // Begun a turn later, so that whoever starts it has it in hand before it can fail.
    this.#result = Promise.resolve(this.#controller.signal).then(work);
    this.#result.then(
      () => {
        this.#done = true;
      },
      // Whoever waits is told; a failure that comes after all have left is nobody's.
      () => {},
    );
  }

  /** Whether the work was given up, so that a new caller must start it again. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** @param leaving - the error for a caller whose signal was aborted. */
  async wait(signal: AbortSignal | undefined, leaving: () => Error): Promise<T> {
    if (signal === undefined) {
      this.#waiting += 1;
      return this.#result;
    }
    if (signal.aborted) throw leaving();
    // Nothing is left to wait for, so nobody need be able to leave: a run asks for its organization thousands of times.
    if (this.#done) return this.#result;
    this.#waiting += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#controller.abort();
        reject(leaving());
      };
      signal.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      if (leave) signal.removeEventListener("abort", leave);
    }
  }
}
