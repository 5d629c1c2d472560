import { isRecord } from "../values";
import type { Scope } from "./scope";
import { Unresolved } from "./unresolved";

/** One instance of a resource. */
export interface Instance {
  /** As an address ends in it: `["a"]`, `[0]`, or empty for a resource without `count` and `for_each`. */
  readonly key: string;
  /** What `each.key`, `each.value` and `count.index` stand for in it. */
  readonly names: ReadonlyMap<string, unknown>;
}

/** Beyond it, a resource is read as one whose number is not known. */
const mostInstances = 1000;

/**
 * The instances that a `count`, a `for_each` or OpenTofu's `lifecycle.enabled` makes of a resource; unresolved where only the engine can
 * tell.
 */
export function instancesOf(body: Readonly<Record<string, unknown>>, scope: Scope): readonly Instance[] | Unresolved {
  const count = scope.resolve(body.count);
  const forEach = scope.resolve(body.for_each);
  const enabled = enabledOf(scope.resolve(body.lifecycle));
  const decides = [count, forEach, enabled].filter((value) => !isAbsent(value));
  const [only] = decides;
  if (only === undefined) return [{ key: "", names: new Map() }];
  // Engines refuse two of them together.
  const found =
    decides.length > 1
      ? undefined
      : only === count
        ? counted(count)
        : only === forEach
          ? named(forEach)
          : there(enabled);
  return found ?? new Unresolved(JSON.stringify([count ?? null, forEach ?? null, enabled ?? null]), textOf(only));
}

/** What says whether a resource is there at all (OpenTofu 1.11). */
function enabledOf(lifecycle: unknown): unknown {
  if (lifecycle instanceof Unresolved) return lifecycle;
  return (Array.isArray(lifecycle) ? lifecycle : [lifecycle]).flatMap((block) =>
    block instanceof Unresolved ? [block] : isRecord(block) && !isAbsent(block.enabled) ? [block.enabled] : [],
  )[0];
}

function there(enabled: unknown): readonly Instance[] | undefined {
  const isThere = truthOf(enabled);
  return isThere === undefined ? undefined : isThere ? [{ key: "", names: new Map() }] : [];
}

/** A truth value, also as the text that engines convert to one; undefined for anything else. */
export function truthOf(value: unknown): boolean | undefined {
  if (value === true || value === "true" || value === "1") return true;
  return value === false || value === "false" || value === "0" ? false : undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function counted(count: unknown): readonly Instance[] | undefined {
  const number = typeof count === "number" ? count : typeof count === "string" && count !== "" ? Number(count) : -1;
  if (!Number.isInteger(number) || number < 0 || number > mostInstances) return undefined;
  return Array.from({ length: number }, (_, index) => ({
    key: `[${index}]`,
    names: new Map([["count.index", index]]),
  }));
}

function named(forEach: unknown): readonly Instance[] | undefined {
  const entries = Array.isArray(forEach)
    ? [...new Set(forEach)].map((element) => [element, element] as const)
    : isRecord(forEach) && !(forEach instanceof Unresolved)
      ? Object.entries(forEach)
      : undefined;
  // Keys may be templates, too.
  if (!entries || entries.length > mostInstances || !entries.every(([key]) => isPlain(key))) return undefined;
  return entries.map(([key, value]) => ({
    key: `[${JSON.stringify(key)}]`,
    names: new Map<string, unknown>([
      ["each.key", key],
      ["each.value", value],
    ]),
  }));
}

function isPlain(key: unknown): boolean {
  return typeof key === "string" && !/[$%]\{/.test(key);
}

function textOf(value: unknown): string {
  return value instanceof Unresolved ? value.text : JSON.stringify(value);
}

/** An address without the key of an instance at its end. */
export function withoutKey(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^"[\]]*)\]$/, "");
}

/** The key of an instance at the end of an address; empty where there is none. */
export function keyOf(address: string): string {
  return address.slice(withoutKey(address).length);
}
