import type { Severity } from "@mcpstack/model";
import { commandMessage, commandProperty } from "../escape/workflow-command";
import type { ReviewResult } from "../result";
import { headline } from "./words";

const commands: Readonly<Record<Severity, string>> = { error: "error", warn: "warning", info: "notice" };

/** Workflow commands that annotate a job, and source lines where they are known. GitHub shows ten of each kind for a step. */
export function renderGithubAnnotations(result: ReviewResult): string {
  const lines = result.findings.map((finding) => {
    const properties = [
      ...(finding.source === undefined
        ? []
        : [`file=${commandProperty(finding.source.file)}`, `line=${finding.source.line}`]),
      `title=${commandProperty(`${finding.title} (${finding.code})`)}`,
    ];
    const values = [finding.before, finding.after].some((text) => text !== undefined)
      ? `: ${finding.before ?? "nothing"} → ${finding.after ?? "nothing"}`
      : "";
    return `::${commands[finding.severity]} ${properties.join(",")}::${commandMessage(`${finding.summary}${values}. ${finding.fix} (${finding.address})`)}`;
  });
  return `${[...lines, commandMessage(headline(result))].join("\n")}\n`;
}
