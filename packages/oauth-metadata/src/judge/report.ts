import {
  bySeverity,
  type Finding,
  type FindingCode,
  type FindingEntry,
  findingCatalogue,
  type Severity,
} from "@mcpstack/model";
import { safeText } from "../text/safe-text";

/** What one occurrence of a finding adds to its entry in the catalogue. */
export interface Occurrence {
  readonly path: readonly string[];
  /** One line that names the values. */
  readonly summary: string;
  readonly fix: string;
  /** Where the table has another severity for this case. */
  readonly severity?: Severity;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  readonly where?: string | undefined;
}

/** Longest summary and fix: several values of the longest kept length fit. */
const maxSentence = 1200;

/** Makes a finding from the catalogue's constant part and one occurrence. Every text is made safe to show on one line. */
export function report(code: FindingCode, occurrence: Occurrence): Finding {
  const { leg, severity, standard }: FindingEntry = findingCatalogue[code];
  const { expected, found, where } = occurrence;
  return {
    code,
    leg,
    severity: occurrence.severity ?? severity,
    path: occurrence.path,
    summary: safeText(occurrence.summary, maxSentence),
    ...(expected === undefined ? {} : { expected: safeText(expected) }),
    ...(found === undefined ? {} : { found: safeText(found) }),
    ...(where === undefined ? {} : { where: safeText(where) }),
    ...(standard === undefined ? {} : { standard }),
    fix: safeText(occurrence.fix, maxSentence),
  };
}

/** The severest first, then by code and place: the same input gives the same order. The same finding is said once. */
export function ordered(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const key = (finding: Finding) => `${finding.code} ${finding.path.join(".")} ${finding.summary}`;
  return [...unique.values()].sort((a, b) => bySeverity(a, b) || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A value as it would stand in a program. */
export function quoted(value: string): string {
  return `"${safeText(value)}"`;
}

/** The instruction to write a value, in words that every front end can put into its own spelling. */
export function set(field: string, value: string): string {
  return `Set ${field} to ${quoted(value)}.`;
}
