import { setTimeout as pause } from "node:timers/promises";
import { type ExitCode, exitCodes } from "../command/exit";
import type { CommandIo } from "../command/io";
import { reportFailure } from "../command/report-failure";
import { jsonText } from "../escape/json";
import { terminalText } from "../escape/terminal";
import { type Change, changesBetween, knownAfter } from "./changes";
import type { Checker } from "./check";
import { exitCodeOf } from "./exit-code";
import type { Progress } from "./progress";
import { jsonItem } from "./render/json";
import { type Report, subjectName } from "./report";
import { inProgramsSpelling } from "./spelling";

export interface WatchOptions {
  readonly seconds: number;
  readonly format: "terminal" | "json";
  readonly failOn: "warn" | "error";
  readonly progress: Progress;
  /** Writes the first report whole. */
  readonly first: (report: Report) => Promise<void> | void;
}

/**
 * Checks until the signal is given: the first report whole, then only what changed. A check that fails is said and does not end the watch.
 *
 * @returns what the last check that succeeded would have ended with; 2 where none did
 */
export async function watch(checker: Checker, options: WatchOptions, io: CommandIo): Promise<ExitCode> {
  let known: Report | undefined;
  while (!io.signal.aborted) {
    try {
      const report = await checker.check(options.progress);
      if (!known) {
        await options.first(report);
        known = report;
      } else {
        for (const change of changesBetween(known, report))
          io.stdout.write(line(change, report, options.format, io.now()));
        known = knownAfter(known, report);
      }
    } catch (error) {
      if (io.signal.aborted) break;
      reportFailure("drift", error, io);
    }
    await pause(options.seconds * 1000, undefined, { signal: io.signal }).catch(() => {});
  }
  return known ? exitCodeOf(known, options.failOn) : exitCodes.failed;
}

function line({ change, subject, item }: Change, { source }: Report, format: "terminal" | "json", now: Date): string {
  const at = now.toISOString();
  if (format === "json")
    return jsonText({ at, change, subject, finding: jsonItem({ ...item, subjects: [subject] }) }, 0);
  const { severity, code, summary, fix } = item.finding;
  const said = (text: string) => terminalText(inProgramsSpelling(text, source));
  const head = `${at} ${change === "appeared" ? "+" : "-"} ${severity} ${code} ${terminalText(subjectName(subject))}`;
  return change === "appeared" ? `${head}: ${said(summary)} ${said(fix)}\n` : `${head} is gone\n`;
}
