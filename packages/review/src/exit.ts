import type { Severity } from "@mcpstack/model";
import type { ReviewResult } from "./result";

/** Exit codes of the command: nothing at or above the threshold; findings; not understood. */
export const exitCodes = { clean: 0, findings: 1, notUnderstood: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** From which severity on the command fails; `never` for a review that only informs. */
export type FailOn = Severity | "never";

export function exitCodeOf({ summary }: ReviewResult, failOn: FailOn): ExitCode {
  const counted = {
    never: 0,
    error: summary.error,
    warn: summary.error + summary.warn,
    info: summary.error + summary.warn + summary.info,
  }[failOn];
  return counted > 0 ? exitCodes.findings : exitCodes.clean;
}
