import type { Fault, FaultAction, PlantedFault } from "./fault";

/** What is to happen to one request. */
export interface Strike {
  delayMs: number;
  action?: Exclude<FaultAction, { delayMs: number }>;
  performed: boolean;
}

interface Entry {
  fault: Fault;
  seen: number;
  struck: number;
}

/** The faults planted now, tried in the order in which they were added. */
export class Faults {
  #entries: Entry[] = [];

  add(fault: Fault): PlantedFault {
    const entry: Entry = { fault, seen: 0, struck: 0 };
    this.#entries.push(entry);
    return {
      get struck() {
        return entry.struck;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** Delays add up until a fault that answers is met. Counts the request. */
  strike(method: string, path: string, search: string): Strike | undefined {
    let delayMs = 0;
    for (const entry of this.#entries) {
      if (!matches(entry.fault.match, method, path, search) || !due(entry)) continue;
      entry.struck += 1;
      const { action } = entry.fault;
      if ("delayMs" in action) delayMs += action.delayMs;
      else return { delayMs, action, performed: entry.fault.performed ?? ("cut" in action && action.cut === "after") };
    }
    return delayMs > 0 ? { delayMs, performed: false } : undefined;
  }
}

function matches(match: Fault["match"], method: string, path: string, search: string): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match?.path === undefined) return true;
  if (typeof match.path === "string") return path === match.path || path.endsWith(match.path);
  match.path.lastIndex = 0;
  return match.path.test(path + search);
}

function due(entry: Entry): boolean {
  entry.seen += 1;
  const passed = entry.seen > (entry.fault.after ?? 0);
  return passed && entry.struck < (entry.fault.times ?? Number.POSITIVE_INFINITY);
}
