import type { z } from "zod";

/** Something wrong with what a program wrote, at a field. The value is never part of the text where the field is sensitive. */
export interface Problem {
  /** Stable: `invalid_value`, `missing_value`, … */
  readonly code: string;
  /** Field names and list indexes, such as `["scopes", 2]`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Turns zod's issues about one field into problems: the first of each value, since what is empty is also no URL and not one word. */
export function problemsOf(error: z.ZodError, path: readonly (string | number)[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const issue of error.issues) {
    const at = [...path, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
    const key = JSON.stringify(at);
    if (!problems.has(key)) problems.set(key, { code: "invalid_value", path: at, message: issue.message });
  }
  return [...problems.values()];
}
