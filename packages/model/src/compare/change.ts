/** What an engine would do with a resource. */
export type ChangeClass = "none" | "create" | "update" | "replace" | "delete";

/** Classifies a change from what there was and what is wanted. `replaced` names the changed fields that cannot be updated in place. */
export function changeClass(change: {
  prior: boolean;
  desired: boolean;
  changed: readonly string[];
  replaced: readonly string[];
}): ChangeClass {
  if (!change.prior) return change.desired ? "create" : "none";
  if (!change.desired) return "delete";
  if (change.replaced.length > 0) return "replace";
  return change.changed.length > 0 ? "update" : "none";
}
