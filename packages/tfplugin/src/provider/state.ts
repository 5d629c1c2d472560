import type { Log } from "../log/log";
import { CallRegistry } from "./calls";
import type { Configured, Context, ProviderDefinition } from "./definition";

interface ClientCapabilities {
  readonly deferralAllowed?: boolean;
  readonly writeOnlyAttributesAllowed?: boolean;
}

/** One running provider: what was loaded, what it was configured with, what is going on. The client's type is the author's affair. */
export class ProviderState {
  readonly calls = new CallRegistry();
  readonly log: Log;
  terraformVersion = "";
  /** Undefined until the provider is configured, and while its configuration is not known. */
  client: unknown;
  /** Whether the provider answered that its configuration is not known yet. */
  waiting = false;
  private readonly memo = new Map<string, Promise<unknown>>();

  constructor(
    readonly definition: ProviderDefinition<unknown>,
    log: Log,
    private readonly mayPrecedeDestroy: () => boolean = () => false,
  ) {
    this.log = log;
  }

  configured(answer: Configured<unknown>): void {
    this.client = answer.client;
    this.waiting = answer.client === undefined;
  }

  context(signal: AbortSignal, capabilities: ClientCapabilities | undefined): Context {
    return {
      signal,
      log: this.log,
      terraformVersion: this.terraformVersion,
      deferralAllowed: capabilities?.deferralAllowed ?? false,
      writeOnlyAllowed: capabilities?.writeOnlyAttributesAllowed ?? false,
      mayPrecedeDestroy: this.mayPrecedeDestroy,
      once: (key, compute) => this.once(key, compute),
    };
  }

  private once<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.memo.get(key);
    if (known !== undefined) return known as Promise<T>;
    const running = compute();
    this.memo.set(key, running);
    running.catch(() => this.memo.delete(key));
    return running;
  }
}
