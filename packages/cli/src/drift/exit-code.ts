import { type ExitCode, exitCodes } from "../command/exit";
import type { Report } from "./report";

/** 1 for findings that count; else 2 where something was left unchecked: an unread profile is no sound one. */
export function exitCodeOf({ summary, unchecked }: Report, failOn: "warn" | "error"): ExitCode {
  const counted = summary.error + (failOn === "warn" ? summary.warn : 0);
  if (counted > 0) return exitCodes.findings;
  return unchecked.length > 0 ? exitCodes.failed : exitCodes.none;
}
