import { styleText } from "node:util";
import type { Severity } from "@mcpstack/model";
import { terminalText } from "../escape/terminal";
import type { ReviewFinding } from "../finding";
import type { ReviewResult } from "../result";
import { headline, provenance, reach, severityWord } from "./words";

export interface TerminalOptions {
  readonly colour: boolean;
}

/** For people at a terminal and in a job's log. Everything is listed. */
export function renderTerminal(result: ReviewResult, { colour }: TerminalOptions): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const styles: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = { error: "red", warn: "yellow", info: "cyan" };
  const lines = [paint("bold", terminalText(headline(result)))];
  for (const finding of result.findings) {
    lines.push(
      "",
      `${paint(styles[finding.severity], severityWord[finding.severity])} ${paint("dim", finding.code)} ${terminalText(finding.summary)}`,
      ...body(finding),
    );
  }
  if (result.excused.length > 0) {
    lines.push("", "Excused by the policy:");
    for (const { finding, reason, until } of result.excused) {
      lines.push(`  ${finding.code} at ${terminalText(finding.label)}, until ${until}: ${terminalText(reason)}`);
    }
  }
  if (result.findings.length > 0) lines.push("", ...provenance(result).map((line) => paint("dim", terminalText(line))));
  return `${lines.join("\n")}\n`;
}

function body(finding: ReviewFinding): string[] {
  const entry = (name: string, text: string | undefined) =>
    text === undefined || text === "" ? [] : [`  ${`${name}:`.padEnd(11)} ${terminalText(text)}`];
  return [
    ...entry("at", `${finding.address}${finding.fields.length > 0 ? `  ${finding.fields.join(", ")}` : ""}`),
    ...entry("in", finding.source && `${finding.source.file}:${finding.source.line}`),
    ...entry("before", finding.before),
    ...entry("after", finding.after),
    ...entry(
      "concerned",
      [reach(finding), finding.servers.slice(0, 10).join(", ")].filter((part) => part !== "").join(": "),
    ),
    ...entry("read from", finding.where),
    ...entry("why", finding.why),
    ...entry("what to do", finding.fix),
  ];
}
