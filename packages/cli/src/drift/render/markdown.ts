import { markdownCode, markdownProse } from "../../escape/markdown";
import { type Report, type ReportItem, subjectName } from "../report";
import { inProgramsSpelling } from "../spelling";
import { counts, pageOf, scopeOfCheck, sourceName } from "./words";

/** The report for an issue, a comment or a job's summary. */
export function renderMarkdown(report: Report): string {
  const sections = [
    "## MCP Stack drift",
    `${markdownCode(sourceName(report.source))}: ${scopeOfCheck(report)}; **${counts(report)}**.`,
    ...(report.items.length > 0 ? [table(report)] : []),
    ...report.items.map((item) => detail(item, report)),
    ...(report.unchecked.length > 0 ? [unchecked(report)] : []),
    ...(report.notes.length > 0 ? [report.notes.map((note) => `> ${markdownProse(note)}`).join("\n>\n")] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function table({ items }: Report): string {
  const rows = items.map(
    ({ finding, subjects }) =>
      `| ${finding.severity} | ${markdownCode(finding.code)} | ${subjects.slice(0, 5).map(named).join("<br>")}${
        subjects.length > 5 ? `<br>and ${subjects.length - 5} more` : ""
      } |`,
  );
  return ["| severity | finding | concerns |", "| --- | --- | --- |", ...rows].join("\n");
}

const named = (subject: ReportItem["subjects"][number]) => markdownCode(subjectName(subject));

function detail({ finding, events }: ReportItem, { source }: Report): string {
  const value = (label: string, text: string | undefined) =>
    text === undefined || text === "" ? [] : [`- ${label}: ${markdownCode(text)}`];
  return [
    `### ${finding.severity}: ${markdownCode(finding.code)}`,
    "",
    markdownProse(inProgramsSpelling(finding.summary, source)),
    "",
    ...value("expected", finding.expected),
    ...value("found", finding.found),
    ...value("read at", finding.where),
    ...events.flatMap(({ at, type, message }) =>
      value("in the log", [at, type, message].filter((part) => part !== undefined).join(" ")),
    ),
    `- see: ${[...(finding.standard === undefined ? [] : [finding.standard]), `\`${pageOf(finding.code)}\``].join(", ")}`,
    "",
    `**What to do.** ${markdownProse(inProgramsSpelling(finding.fix, source))}`,
  ].join("\n");
}

function unchecked(report: Report): string {
  const rows = report.unchecked.map(({ subject, reason }) => `- ${named(subject)}: ${markdownProse(reason)}`);
  return ["### Not checked", "", ...rows].join("\n");
}
