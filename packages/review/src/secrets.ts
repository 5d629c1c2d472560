import { parseUrl } from "@mcpstack/model";
import type { PlanChanges, ResourceChange, Values } from "./changes/change";

/** Shorter texts stand in too many others; a field that is marked is shown as a whole nowhere anyway. */
const shortest = 4;

/** What holds this tool's own words, or how the program calls a thing, which no engine lets a secret decide. */
const ownWords: ReadonlySet<string> = new Set(
  "code severity kind title why fields address label previousAddress action unknown".split(" "),
);

/**
 * Makes a cleaner of texts: what stands in a field that the input marks as secret is not printed, in whatever sentence it would stand,
 * and neither is its host or origin. The rules show marked fields as `(secret)` by themselves; this is for what they make of a value.
 */
export function withoutSecretsOf(plan: PlanChanges): <T>(value: T) => T {
  const secrets = new Set([...plan.gateways, ...plan.attachments].flatMap(secretsOf));
  for (const { sensitive, values } of [...plan.unplanned, ...plan.lookedUp])
    for (const text of textsIn(values, sensitive)) secrets.add(text);
  for (const name of plan.secretNames ?? []) secrets.add(name);
  for (const { sensitive, before, after } of plan.providers) {
    for (const values of [before, after]) for (const text of textsIn(values, sensitive)) secrets.add(text);
  }
  const longestFirst = [...secrets].filter((text) => text.length >= shortest).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (value) => value;
  const clean = (text: string) => longestFirst.reduce((left, secret) => left.replaceAll(secret, "(secret)"), text);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, ownWords.has(key) ? member : walk(member)]),
    );
  };
  return (value) => walk(value) as typeof value;
}

function secretsOf({ sensitive, before, after, drift }: ResourceChange): string[] {
  return [before, after, drift?.before, drift?.after].flatMap((values) => textsIn(values, sensitive));
}

function textsIn(values: Values | undefined, fields: ReadonlySet<string>): string[] {
  return [...fields].flatMap((field) => leaves(values?.[field])).flatMap(partsOf);
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

/** A URL with what sentences make of it. */
function partsOf(text: string): string[] {
  const url = parseUrl(text);
  return url === undefined ? [text] : [text, url.href, url.origin, url.hostname];
}
