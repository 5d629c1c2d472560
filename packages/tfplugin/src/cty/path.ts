/**
 * Where a value is inside another: attribute names, map keys and list indexes, outermost first. Whether a string is an
 * attribute's name or a map's key follows from the schema. An element of a set has no step: a path ends at the set.
 */
export type Path = readonly (string | number)[];

/** A path for a person: `listener[0].tags["a b"]`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
