/** Arguments of a variable that say who may see it, what it is for, and which values are refused. All others may decide its value. */
const decidingNothing = new Set(["//", "description", "validation", "sensitive", "ephemeral", "deprecated"]);

/** What of a variable's definition decides its value. */
export function decidingValue<Value>(definition: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !decidingNothing.has(name)));
}
