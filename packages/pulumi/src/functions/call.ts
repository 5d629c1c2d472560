import type { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type * as provider from "../provider";

/**
 * The look-ups of each operation that is under way in this process, by its connection to the engine. An inline program runs as often as
 * there are operations, of several stacks and also at once; what one operation learned is forgotten with it.
 */
const operations = new WeakMap<object, provider.Lookups>();

/**
 * The look-ups, in the program's own process. What they need is loaded only when one is called, so that importing the package costs
 * next to nothing. A call outside of any operation is one of its own.
 */
export function lookups(): provider.Lookups {
  const engine = pulumi.runtime.getMonitor();
  const known = engine && operations.get(engine);
  if (known) return known;
  const { lookupsOf } = require("../provider") as typeof provider;
  const made = lookupsOf({
    config: configured(),
    say: (loudness, message) => pulumi.log[loudness === "warning" ? "warn" : loudness](message),
    inline: isInline(),
  });
  if (engine) operations.set(engine, made);
  return made;
}

/** `pulumi config` of the stack as it is now: what is read later may be read in the name of another stack. */
function configured(): { get(key: string): string | undefined } {
  const values = pulumi.runtime.allConfig();
  const project = pulumi.getProject();
  // A key without a colon is one of the project's own.
  return { get: (key) => values[key.includes(":") ? key : `${project}:${key}`] };
}

/** Pulumi keeps what belongs to a program in here, where a process runs more than one. */
function isInline(): boolean {
  const { asyncLocalStorage } = globalThis as { asyncLocalStorage?: AsyncLocalStorage<object> };
  return asyncLocalStorage?.getStore() !== undefined;
}
