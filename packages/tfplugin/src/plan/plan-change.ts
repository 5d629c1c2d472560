import { equalValues } from "../cty/equal";
import type { Path } from "../cty/path";
import type { ValueObject } from "../cty/value";
import type { Schema } from "../schema/schema";
import { markUnknown } from "./mark-unknown";
import { modify } from "./modify";
import { replacedPaths } from "./requires-replace";
import { settle } from "./settle";

export interface PlanInput {
  readonly config: ValueObject;
  /** Null: the resource is to be created. */
  readonly prior: ValueObject | null;
  readonly proposed: ValueObject;
}

export interface LibraryPlan {
  /** The very prior state where nothing changes. */
  readonly planned: ValueObject;
  readonly requiresReplace: Path[];
}

/** The plan that follows from the schema alone: defaults, equal meanings, unknown computed values, modifiers, replacement. */
export function planChange(schema: Schema, { config, prior, proposed }: PlanInput): LibraryPlan {
  const { object, type } = schema;
  const before = prior ?? undefined;
  const settled = settle(object, config, before, proposed);
  const replace: Path[] = [];
  const differs = (planned: ValueObject) => prior === null || !equalValues(type, planned, prior);
  let planned = settled;
  if (differs(settled))
    planned = modify(object, config, before, markUnknown(object, config, before, settled), [], replace);
  else {
    planned = modify(object, config, before, settled, [], replace);
    if (!differs(planned)) return { planned: prior as ValueObject, requiresReplace: replace };
    // A modifier made it a change: what is computed may change with it.
    replace.length = 0;
    planned = modify(object, config, before, markUnknown(object, config, before, settled), [], replace);
  }
  if (prior !== null) replace.push(...replacedPaths(object, prior, planned));
  return { planned, requiresReplace: prior === null ? [] : replace };
}
