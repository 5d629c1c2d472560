import type { Finding, Severity } from "@mcpstack/model";
import { safeText } from "@mcpstack/oauth-metadata";
import type { Source, Subject, Unchecked } from "./inventory";

/** An event of a gateway's log that a finding explains. */
export interface ExplainedEvent {
  readonly gateway: string;
  readonly at?: string | undefined;
  readonly type?: string | undefined;
  readonly message: string;
}

/** One finding, said once for everything that it is about. */
export interface ReportItem {
  readonly finding: Finding;
  readonly subjects: readonly Subject[];
  readonly events: readonly ExplainedEvent[];
}

export interface Report {
  readonly source: Source;
  readonly checked: { readonly gateways: number; readonly routes: number; readonly agents: number };
  /** Every subject that was checked, in the order of the source. */
  readonly subjects: readonly Subject[];
  /** The severest first. */
  readonly items: readonly ReportItem[];
  readonly unchecked: readonly Unchecked[];
  readonly notes: readonly string[];
  readonly summary: Readonly<Record<Severity, number>>;
}

export function withItems(report: Omit<Report, "items" | "summary">, items: readonly ReportItem[]): Report {
  const count = (severity: Severity) => items.filter(({ finding }) => finding.severity === severity).length;
  return { ...report, items, summary: { error: count("error"), warn: count("warn"), info: count("info") } };
}

/** The report without what is only worth knowing. */
export function withoutInfo(report: Report): Report {
  return withItems(
    report,
    report.items.filter(({ finding }) => finding.severity !== "info"),
  );
}

/** `Support Gateway (gtw_000001)`. */
export function subjectName({ kind, address, name }: Subject): string {
  if (kind === "issuer") return address;
  return name === undefined || name === address ? address : `${safeText(name, 100)} (${address})`;
}
