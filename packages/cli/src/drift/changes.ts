import type { Subject } from "./inventory";
import { type Report, type ReportItem, withItems } from "./report";

/** What differs between two checks, finding by finding and subject by subject. */
export interface Change {
  readonly change: "appeared" | "gone";
  readonly subject: Subject;
  readonly item: ReportItem;
}

/**
 * The findings that appeared and those that are gone. A subject that could not be checked this time keeps what was said of it: silence
 * would look like a repair.
 */
export function changesBetween(before: Report, after: Report): Change[] {
  const unchecked = new Set(after.unchecked.map(({ subject }) => subject.address));
  const was = keyed(before);
  const is = keyed(after);
  return [
    ...[...is].filter(([key]) => !was.has(key)).map(([, entry]): Change => ({ change: "appeared", ...entry })),
    ...[...was]
      .filter(([key, { subject }]) => !is.has(key) && !unchecked.has(subject.address))
      .map(([, entry]): Change => ({ change: "gone", ...entry })),
  ];
}

function keyed(report: Report): Map<string, { subject: Subject; item: ReportItem }> {
  return new Map(
    report.items.flatMap((item) =>
      item.subjects.map((subject) => {
        const { code, severity, path, summary, where } = item.finding;
        return [JSON.stringify([subject.address, code, severity, path, summary, where]), { subject, item }] as const;
      }),
    ),
  );
}

/** What is known after a check: its own findings, and the earlier ones of what it could not look at. */
export function knownAfter(before: Report, after: Report): Report {
  const unchecked = new Set(after.unchecked.map(({ subject }) => subject.address));
  const kept = before.items.flatMap((item): ReportItem[] => {
    const subjects = item.subjects.filter(({ address }) => unchecked.has(address));
    return subjects.length === 0 ? [] : [{ ...item, subjects }];
  });
  return kept.length === 0 ? after : withItems(after, [...after.items, ...kept]);
}
