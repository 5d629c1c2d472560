import { xmlText } from "../../escape/xml";
import { type Report, type ReportItem, subjectName } from "../report";
import { inProgramsSpelling } from "../spelling";
import { pageOf, sourceName } from "./words";

/** JUnit XML as CI servers read it: a test case for each subject, failed by findings at or above the threshold. */
export function renderJunit(report: Report, failOn: "warn" | "error"): string {
  const names = [...new Set(report.subjects.map(subjectName))];
  const cases = names.map((name) => {
    const items = report.items.filter(({ subjects }) => subjects.some((subject) => subjectName(subject) === name));
    const failures = items.filter(({ finding }) => finding.severity === "error" || finding.severity === failOn);
    const others = items.filter((item) => !failures.includes(item));
    return { name, failures, others };
  });
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const totals = `tests="${cases.length + report.unchecked.length}" failures="${failed}" errors="${report.unchecked.length}"`;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mcpstack-iac drift" ${totals}>`,
    `  <testsuite name="${xmlText(sourceName(report.source))}" ${totals} skipped="0">`,
    ...cases.flatMap(({ name, failures, others }) => testCase(name, failures, others, report)),
    ...report.unchecked.flatMap(({ subject, reason }) => [
      `    <testcase classname="drift" name="${xmlText(`${subjectName(subject)} (not checked)`)}">`,
      `      <error message="${xmlText(reason)}" type="unchecked"/>`,
      "    </testcase>",
    ]),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n")}\n`;
}

function testCase(
  name: string,
  failures: readonly ReportItem[],
  others: readonly ReportItem[],
  report: Report,
): string[] {
  const open = `    <testcase classname="drift" name="${xmlText(name)}"`;
  const elements = [
    ...failures.map(
      (item) =>
        `      <failure type="${xmlText(item.finding.code)}" message="${xmlText(item.finding.summary)}">${textOf(item, report)}</failure>`,
    ),
    ...(others.length > 0
      ? [`      <system-out>${others.map((item) => textOf(item, report)).join("\n\n")}</system-out>`]
      : []),
  ];
  return elements.length === 0 ? [`${open}/>`] : [`${open}>`, ...elements, "    </testcase>"];
}

function textOf({ finding, events }: ReportItem, { source }: Report): string {
  const value = (label: string, text: string | undefined) => (text === undefined ? [] : [`${label}: ${text}`]);
  return [
    `${finding.severity} ${finding.code}: ${inProgramsSpelling(finding.summary, source)}`,
    ...value("expected", finding.expected),
    ...value("found", finding.found),
    ...value("read at", finding.where),
    `what to do: ${inProgramsSpelling(finding.fix, source)}`,
    ...events.map(({ message }) => `in the log: ${message}`),
    `see: ${pageOf(finding.code)}`,
  ]
    .map(xmlText)
    .join("\n");
}
