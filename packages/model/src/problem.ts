import type { z } from "zod";

/** Something wrong with what a program wrote, at a field. The value is never part of the text where the field is sensitive. */
export interface Problem {
  /** Stable: `invalid_value`, `missing_value`, … */
  readonly code: string;
  /** Field names and list indexes, such as `["scopes", 2]`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Turns zod's issues about one field into problems. */
export function problemsOf(error: z.ZodError, path: readonly (string | number)[]): Problem[] {
  return error.issues.map((issue) => ({
    code: "invalid_value",
    path: [...path, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))],
    message: issue.message,
  }));
}
