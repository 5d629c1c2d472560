import type { Answer } from "../fetch/transport";
import type { Misfit } from "./ask";

/** What is asked of an answer that is no document of the kind that was looked for. */
export interface Wanted {
  /** The field that such a document cannot do without. */
  readonly field: string;
  /** Why an object is none; undefined where it does not look as if it were meant to be one. */
  readonly problem: (object: Readonly<Record<string, unknown>>) => string | undefined;
  /** Whether somebody says that the document is at this very address. */
  readonly isTold: boolean;
}

/**
 * Why an answer is not the document that was looked for. What is broken is told from what is something else: a page or a text that a server
 * gives for every path is no document, unless somebody names that very address.
 */
export function misfit(
  { object, outcome, status, detail }: Answer,
  { field, problem, isTold }: Wanted,
): Misfit | undefined {
  if (object) {
    const why = problem(object) ?? (isTold ? `it names no ${field}` : undefined);
    return why === undefined
      ? { outcome: "invalid", detail: `has no usable ${field}` }
      : { outcome: "unusable", detail: why, fault: "field" };
  }
  const isBroken = status === 200 && (outcome === "too-large" || outcome === "invalid");
  if (!isBroken && !(isTold && outcome === "not-json")) return undefined;
  const fault = outcome === "too-large" ? "size" : "form";
  return { outcome: "unusable", detail: `it ${detail ?? "cannot be read"}`, fault };
}
