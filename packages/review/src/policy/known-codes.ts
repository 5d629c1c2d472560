import { findingCodes } from "@mcpstack/model";
import { catalogue } from "../rules/catalogue";
import type { Policy } from "./schema";

const published: readonly string[] = findingCodes;
const all: readonly string[] = [...Object.keys(catalogue), ...published];

/** Where a policy names a code that no finding has: it would decide nothing, and its author would think that it does. */
export function unknownCodes(policy: Policy): { readonly path: (string | number)[]; readonly message: string }[] {
  const environments: [(string | number)[], Policy["default"]][] = [
    [["default"], policy.default],
    ...Object.entries(policy.environments ?? {}).map(
      ([name, environment]): [(string | number)[], Policy["default"]] => [["environments", name], environment],
    ),
  ];
  return [
    ...Object.keys(policy.severity ?? {}).flatMap((code) => problem(["severity", code], code, all)),
    ...environments.flatMap(([path, environment]) =>
      Object.keys(environment?.findings ?? {}).flatMap((code) => problem([...path, "findings", code], code, published)),
    ),
    ...(policy.exceptions ?? []).flatMap(({ code }, index) => problem(["exceptions", index, "code"], code, all)),
  ];
}

function problem(path: (string | number)[], code: string, known: readonly string[]) {
  if (known.includes(code)) return [];
  const [nearest = ""] = [...known].sort((a, b) => distance(code, a) - distance(code, b));
  const isNear = distance(code, nearest) <= Math.max(2, nearest.length / 3);
  const pages = known === all ? "codes.md and docs/findings list them" : "docs/findings lists them";
  return [
    {
      path,
      message: `must be the code of a finding, and none is called ${JSON.stringify(code.slice(0, 80))}${isNear ? `; the nearest is ${nearest}` : ""} (${pages})`,
    },
  ];
}

/** Letters to put in, leave out or replace (Levenshtein), of as much as a code can have. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one.slice(0, 80)].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const replaced = (row[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
