import type { Severity } from "@mcpstack/model";
import { visible } from "../escape/visible";
import type { ReviewResult } from "../result";

export const severityWord: Readonly<Record<Severity, string>> = { error: "error", warn: "warning", info: "note" };

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * The first line of every output that people read: what the plan does, and what there is to look at.
 *
 * @param code - How the output writes data. Default: as text, with what is invisible made visible.
 */
export function headline(result: ReviewResult, code: (text: string) => string = visible): string {
  const { summary, input } = result;
  const product = input.label === undefined ? "MCP Stack" : `MCP Stack (${code(input.label)})`;
  const touched = [
    summary.gateways > 0 ? count(summary.gateways, "gateway") : "",
    summary.attachments > 0 ? count(summary.attachments, "attachment") : "",
  ].filter((part) => part !== "");
  const excused = summary.excused > 0 ? `, ${summary.excused} excused by the policy` : "";
  if (result.findings.length === 0) {
    if (touched.length > 0) return `${product}: ${changes(touched)}; nothing to review${excused}.`;
    return `${product}: no gateway is touched (${count(input.resources, "resource")} in ${frontEnds[input.frontEnd]}); nothing to review${excused}.`;
  }
  const found = (["error", "warn", "info"] as const)
    .filter((severity) => summary[severity] > 0)
    .map((severity) => count(summary[severity], severityWord[severity]));
  const what = touched.length > 0 ? changes(touched) : "no gateway changes";
  return `${product}: ${found.join(", ")}${excused}. ${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
}

const frontEnds = { terraform: "the plan", pulumi: "the preview", cdktf: "the stack" } as const;

function changes(touched: readonly string[]): string {
  const plural = touched.length > 1 || !touched[0]?.startsWith("1 ");
  return `${touched.join(" and ")} ${plural ? "change" : "changes"}`;
}

/** Who is concerned, such as `3 servers, 12 grants`. */
export function reach(finding: { readonly servers: readonly string[]; readonly grants?: number | undefined }): string {
  const parts = [
    finding.servers.length > 0 ? count(finding.servers.length, "server") : "",
    finding.grants === undefined ? "" : count(finding.grants, "grant"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** Where the reach was learnt, and what was not looked at. */
export function provenance(result: ReviewResult): string[] {
  return [
    result.blastRadius === "api"
      ? "Servers and grants were asked of the API."
      : "Servers are those that the plan itself shows; grants, and servers of other programs, are not known without a credential.",
    result.preflight === "done"
      ? "The published metadata of planned profiles was checked."
      : "The published metadata of planned profiles was not checked.",
    ...result.notes,
  ];
}
