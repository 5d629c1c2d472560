import type { ProviderChange } from "../changes/change";

/** One side of a program: which provider configurations it writes, and what uses them. */
export interface Configured {
  readonly keys: ReadonlySet<string>;
  /** Resources and data sources, by their addresses without keys of instances, to the keys of configurations. */
  readonly uses: ReadonlyMap<string, string>;
}

/** What is to be compared: a configuration, or the one of a single resource, with the one that was in force before. */
export interface Pair {
  readonly key: string;
  /** Undefined where nothing was in force. */
  readonly earlier: string | undefined;
  /** Of a resource that comes to the configuration from another one than most do. */
  readonly address?: string | undefined;
  readonly use: ProviderChange["use"];
}

/**
 * Which configuration took whose place. What a configuration trusts, and whose gateways it works on, holds for the resources that use it:
 * so the one before is that of the same resources, whatever it was called.
 *
 * @param earlierOf - Where a resource may have been in the base: its own address, or those that it was moved from.
 * @param isAlike - Whether a configuration of the base says the same as one of now.
 */
export function pairConfigurations(
  before: Configured,
  after: Configured,
  earlierOf: (address: string) => readonly string[],
  isAlike: (earlier: string, key: string) => boolean,
): Pair[] {
  const usedBefore = new Set(before.uses.values());
  return [...new Set([...after.keys, ...after.uses.values()])].flatMap((key): Pair[] => {
    const users = [...after.uses].flatMap(([address, used]) => (used === key ? [address] : []));
    const came = users.flatMap((address) => {
      const from = earlierOf(address).find((one) => before.uses.has(one));
      return from === undefined ? [] : [{ address, from: before.uses.get(from) as string }];
    });
    const own = before.keys.has(key) ? key : [...before.keys].find((earlier) => isAlike(earlier, key));
    if (users.length === 0) return [{ key, earlier: own, use: "none" }];
    if (came.length === 0) return [{ key, earlier: own, use: usedBefore.has(key) ? "continued" : "new" }];
    const sources = came.map(({ from }) => from);
    // One that is gone goes on under this name; one that stays has lost some of its resources to it.
    const main = sources.includes(key) ? key : (sources.find((from) => !after.keys.has(from)) ?? own ?? sources[0]);
    return [
      { key, earlier: main, use: "continued" },
      ...came.flatMap(({ address, from }): Pair[] =>
        from === main ? [] : [{ key, earlier: from, address, use: "continued" }],
      ),
    ];
  });
}
