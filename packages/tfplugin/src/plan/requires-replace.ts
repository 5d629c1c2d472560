import { equalValues } from "../cty/equal";
import type { Path } from "../cty/path";
import { isObject, member, type Value } from "../cty/value";
import type { ChildNode, ObjectNode } from "../schema/schema";

/**
 * The attributes that differ and cannot be changed in place. An element that comes or goes counts as a change of all that it
 * has. A change within a set is reported at the set.
 */
export function replacedPaths(object: ObjectNode, prior: Value, planned: Value, path: Path = []): Path[] {
  const found: Path[] = [];
  for (const child of object.children) {
    const before = isObject(prior) ? member(prior, child.name) : null;
    const after = isObject(planned) ? member(planned, child.name) : null;
    if (before === null && after === null) continue;
    const at = [...path, child.name];
    if (child.planModifiers.includes("requiresReplace") && !equalValues(child.type, before, after)) found.push(at);
    else if (child.object !== undefined) found.push(...withinNested(child, child.object, before, after, at));
  }
  return found;
}

function withinNested(child: ChildNode, object: ObjectNode, before: Value, after: Value, at: Path): Path[] {
  if (child.nesting === "single" || child.nesting === "group") return replacedPaths(object, before, after, at);
  if (child.nesting === "set") {
    const old = Array.isArray(before) ? before : [];
    const now = Array.isArray(after) ? after : [];
    const onlyIn = (items: Value[], others: Value[]) =>
      items.filter((item) => !others.some((other) => equalValues(object.type, item, other)));
    const changes = [...onlyIn(old, now).map((item) => [item, null]), ...onlyIn(now, old).map((item) => [null, item])];
    return changes.some(([from, to]) => replacedPaths(object, from ?? null, to ?? null).length > 0) ? [at] : [];
  }
  if (child.nesting === "map") {
    const keys = new Set([
      ...(isObject(before) ? Object.keys(before) : []),
      ...(isObject(after) ? Object.keys(after) : []),
    ]);
    return [...keys].flatMap((key) =>
      replacedPaths(
        object,
        isObject(before) ? member(before, key) : null,
        isObject(after) ? member(after, key) : null,
        [...at, key],
      ),
    );
  }
  const old = Array.isArray(before) ? before : [];
  const now = Array.isArray(after) ? after : [];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, i) => i).flatMap((i) =>
    replacedPaths(object, old[i] ?? null, now[i] ?? null, [...at, i]),
  );
}
