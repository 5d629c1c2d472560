import { configure } from "../connection/runs";
import type { DynamicProvider } from "./contract";
import { asProviderError } from "./failure";

/** A provider whose every failure is one that a person can read. */
export function guarded(provider: Omit<DynamicProvider, "configure">): DynamicProvider {
  return {
    configure,
    check: readable(provider.check),
    diff: readable(provider.diff),
    create: readable(provider.create),
    read: readable(provider.read),
    update: readable(provider.update),
    delete: readable(provider.delete),
  };
}

/** The same, failing only with what a person can read. */
export function readable<Args extends unknown[], Result>(
  operation: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await operation(...args);
    } catch (thrown) {
      throw asProviderError(thrown);
    }
  };
}
