import { styleText } from "node:util";
import type { Severity } from "@mcpstack/model";
import { terminalText } from "../../escape/terminal";
import { type Report, type ReportItem, subjectName } from "../report";
import { inProgramsSpelling } from "../spelling";
import { counts, pageOf, scopeOfCheck, sourceName } from "./words";

export interface TerminalOptions {
  readonly colour: boolean;
  /** Characters a line. */
  readonly width: number;
}

const styles: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = { error: "red", warn: "yellow", info: "cyan" };
/** Subjects named before the rest is counted. */
const maxSubjects = 5;

/** The report as a table for people: one row a finding, and below it what differs and what to do. */
export function renderTerminal(report: Report, { colour, width }: TerminalOptions): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const codeWidth = Math.max("FINDING".length, ...report.items.map(({ finding }) => finding.code.length));
  const indent = " ".repeat("SEVERITY".length + 2);
  const lines: string[] = [];
  if (report.items.length > 0) lines.push(paint("bold", `SEVERITY  ${"FINDING".padEnd(codeWidth)}  CONCERNS`));
  for (const item of report.items) {
    const { severity, code } = item.finding;
    lines.push(
      `${paint(styles[severity], severity.padEnd("SEVERITY".length))}  ${code.padEnd(codeWidth)}  ${terminalText(concerned(item))}`,
      ...details(item, report).flatMap(([label, text]) =>
        wrapped(label, text, indent, width, (dim) => paint("dim", dim)),
      ),
      "",
    );
  }
  for (const { subject, reason } of report.unchecked) {
    lines.push(
      ...wrapped(
        paint("magenta", "not checked"),
        terminalText(`${subjectName(subject)}: ${reason}`),
        "",
        width,
        (text) => text,
      ),
    );
  }
  for (const note of report.notes) lines.push(terminalText(note));
  if (report.unchecked.length + report.notes.length > 0) lines.push("");
  const left = report.unchecked.length > 0 ? `, ${report.unchecked.length} not checked` : "";
  lines.push(
    `${terminalText(sourceName(report.source))}: ${scopeOfCheck(report)}${left}; ${paint("bold", counts(report))}.`,
  );
  return `${lines.join("\n")}\n`;
}

/** `Support Gateway (gtw_000001), 2 more`. */
export function concerned({ subjects }: ReportItem): string {
  const names = [...new Set(subjects.map(subjectName))];
  const shown = names.slice(0, maxSubjects).join(", ");
  return names.length > maxSubjects ? `${shown}, ${names.length - maxSubjects} more` : shown;
}

function details({ finding, events }: ReportItem, { source }: Report): [string, string][] {
  const said = (text: string) => terminalText(inProgramsSpelling(text, source));
  const optional = (label: string, text: string | undefined): [string, string][] =>
    text === undefined || text === "" ? [] : [[label, terminalText(text)]];
  return [
    ["", said(finding.summary)],
    ...optional("expected", finding.expected),
    ...optional("found", finding.found),
    ...optional("read at", finding.where),
    ["what to do", said(finding.fix)],
    ...events.map(({ at, type, message }): [string, string] => [
      "in the log",
      terminalText([at, type, message].filter((part) => part !== undefined).join(" ")),
    ]),
    ["see", [finding.standard, pageOf(finding.code)].filter((part) => part !== undefined).join(", ")],
  ];
}

/** Breaks a text at spaces; a longer word, such as a URL, stays whole, so that it can be copied. */
function wrapped(
  label: string,
  text: string,
  indent: string,
  width: number,
  paintLabel: (text: string) => string,
): string[] {
  const head = label === "" ? "" : `${label}: `;
  const room = Math.max(30, width - indent.length);
  const rows: string[] = [];
  let row = head;
  for (const word of text.split(" ")) {
    if (row.trim() !== "" && row !== head && row.length + word.length > room) {
      rows.push(row.trimEnd());
      row = head === "" ? "" : "  ";
    }
    row += `${word} `;
  }
  rows.push(row.trimEnd());
  const [first = "", ...rest] = rows;
  return [
    `${indent}${paintLabel(first.slice(0, head.length))}${first.slice(head.length)}`,
    ...rest.map((line) => indent + line),
  ];
}
