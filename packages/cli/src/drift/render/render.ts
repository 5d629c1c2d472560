import { version } from "../../version";
import type { DriftFormat } from "../command";
import type { Report } from "../report";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import { renderMarkdown } from "./markdown";
import { renderSarif } from "./sarif";
import { renderTerminal, type TerminalOptions } from "./terminal";

export interface RenderOptions extends TerminalOptions {
  readonly failOn: "warn" | "error";
}

/** Writes a report in a format. Pure, and the same for the same report. */
export function render(report: Report, format: DriftFormat, options: RenderOptions): string {
  switch (format) {
    case "terminal":
      return renderTerminal(report, options);
    case "json":
      return renderJson(report);
    case "markdown":
      return renderMarkdown(report);
    case "sarif":
      return renderSarif(report, version);
    case "junit":
      return renderJunit(report, options.failOn);
  }
}
