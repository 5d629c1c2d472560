import { randomOf } from "../../../packages/oauth-metadata/src/testing/random";

/** Numbers from a seed. */
export type Random = ReturnType<typeof randomOf>;

/** Numbers of one purpose: what another purpose draws does not change them, so that a story replays whatever of it is left out. */
export function randomFor(seed: number, purpose: string): Random {
  let mixed = seed >>> 0;
  for (const letter of purpose) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return randomOf(mixed);
}

/** Some of the items, each with the same chance. */
export function someOf<Item>(random: Random, items: readonly Item[]): Item[] {
  return items.filter(() => random.below(2) === 0);
}
