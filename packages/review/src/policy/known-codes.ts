import { editDistance, findingCodes } from "@mcpstack/model";
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
  // Of as much as a code can have.
  const distance = (one: string) => editDistance(code.slice(0, 80), one);
  const [nearest = ""] = [...known].sort((a, b) => distance(a) - distance(b));
  const isNear = distance(nearest) <= Math.max(2, nearest.length / 3);
  const pages = known === all ? "codes.md and docs/findings list them" : "docs/findings lists them";
  return [
    {
      path,
      message: `must be the code of a finding, and none is called ${JSON.stringify(code.slice(0, 80))}${isNear ? `; the nearest is ${nearest}` : ""} (${pages})`,
    },
  ];
}
