import type { Opaque } from "../changes/change";
import { isOurSource } from "./provider-values";

/** Who publishes the providers that serve what a program has of MCP Stack: addresses without keys of instances, to sources. */
export type Sources = ReadonlyMap<string, ReadonlySet<string>>;

/** Where a provider comes from, as every front end spells it: without the engine's own registry, and without upper case. */
export function plainSource(source: string): string {
  return source.toLowerCase().replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "");
}

/** What a local name stands for that no program requires anything of. */
export function impliedSource(localName: string): string {
  return `hashicorp/${localName}`;
}

/**
 * Whoever publishes a provider gets its credential, and decides what it writes, whatever the program calls it. What existed keeps its
 * publisher, be it a mirror on another host; what is new has one that the base had, or where nothing tells of a base, ours.
 *
 * @param before - Undefined where no base was given.
 * @param earlierOf - Where something may have been in the base: its own address, or those that it was moved from.
 */
export function changedSources(
  before: Sources | undefined,
  after: Sources,
  earlierOf: (address: string) => readonly string[],
): Opaque[] {
  const had = new Set([...(before?.values() ?? [])].flatMap((sources) => [...sources]));
  const moves = [...after].flatMap(([address, sources]) => {
    const own = earlierOf(address).flatMap((one) => before?.get(one) ?? [])[0];
    const isKnown = (source: string) =>
      own === undefined ? isOurSource(source) && (had.size === 0 || had.has(source)) : own.has(source);
    const was = (source: string) => [...(own ?? had)].filter((one) => one !== source).sort();
    return [...sources].flatMap((source) =>
      isKnown(source) ? [] : [[was(source).join(", ") || "mcpstack/mcpstack", source] as const],
    );
  });
  const unique = new Map(
    moves.map(([was, source]) => [`The provider comes from ${source} instead of ${was}`, { was, source }]),
  );
  return [...unique].map(([what, { was, source }]) => ({
    address: "terraform.required_providers",
    concerns: true,
    what,
    before: was,
    after: source,
  }));
}
