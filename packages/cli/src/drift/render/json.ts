import { jsonText } from "../../escape/json";
import type { Report, ReportItem } from "../report";
import { pageOf } from "./words";

/** The report for programs. `version` changes where a field's meaning does. */
export function renderJson(report: Report): string {
  const { source, checked, summary, unchecked, notes } = report;
  return jsonText({ version: 1, source, checked, summary, findings: report.items.map(jsonItem), unchecked, notes });
}

export function jsonItem({ finding, subjects, events }: ReportItem) {
  return { ...finding, page: pageOf(finding.code), subjects, ...(events.length > 0 ? { events } : {}) };
}
