/** The calls that are going on, so that all can be stopped at once. Calls after a stop are not concerned. */
export class CallRegistry {
  private readonly running = new Set<AbortController>();

  /** A signal that follows `outer` and `stop`, until `done` is called. */
  begin(outer: AbortSignal | undefined): { readonly signal: AbortSignal; done(): void } {
    const abort = new AbortController();
    const follow = () => abort.abort(outer?.reason);
    if (outer?.aborted) follow();
    outer?.addEventListener("abort", follow, { once: true });
    this.running.add(abort);
    return {
      signal: abort.signal,
      done: () => {
        this.running.delete(abort);
        outer?.removeEventListener("abort", follow);
      },
    };
  }

  async run<T>(outer: AbortSignal | undefined, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, done } = this.begin(outer);
    try {
      return await call(signal);
    } finally {
      done();
    }
  }

  stop(): void {
    for (const abort of this.running) abort.abort(new StoppedError("Terraform asked the provider to stop."));
  }
}

/** The reason of a signal that Terraform aborted, after Ctrl-C. */
export class StoppedError extends Error {
  readonly code = "STOPPED";
  override readonly name = "StoppedError";
}
