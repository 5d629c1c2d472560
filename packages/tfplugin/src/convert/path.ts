import type { Path } from "../cty/path";
import type { CtyType } from "../cty/type";

type Selector =
  | { case: "attributeName"; value: string }
  | { case: "elementKeyString"; value: string }
  | { case: "elementKeyInt"; value: bigint };

export interface PathMessage {
  steps: { selector: Selector }[];
}

/** The path as core reads it. Ends where the schema has no further step, and at a set, whose elements cannot be addressed. */
export function toAttributePath(type: CtyType | undefined, path: Path): PathMessage {
  const steps: { selector: Selector }[] = [];
  let at = type;
  for (const step of path) {
    if (typeof step === "number") {
      if (at !== undefined && at.kind !== "list" && at.kind !== "tuple" && at.kind !== "dynamic") break;
      steps.push({ selector: { case: "elementKeyInt", value: BigInt(step) } });
      at = at?.kind === "list" ? at.element : at?.kind === "tuple" ? at.elements[step] : undefined;
    } else if (at?.kind === "map") {
      steps.push({ selector: { case: "elementKeyString", value: step } });
      at = at.element;
    } else {
      if (at !== undefined && at.kind !== "object" && at.kind !== "dynamic") break;
      steps.push({ selector: { case: "attributeName", value: step } });
      at = at?.kind === "object" ? at.attributes[step] : undefined;
    }
  }
  return { steps };
}
