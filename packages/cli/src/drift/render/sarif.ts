import { createHash } from "node:crypto";
import { type FindingEntry, findingEntry, type Severity } from "@mcpstack/model";
import { safeText } from "@mcpstack/oauth-metadata";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { jsonText } from "../../escape/json";
import type { Source, Subject } from "../inventory";
import { type Report, type ReportItem, subjectName } from "../report";
import { inProgramsSpelling } from "../spelling";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warn: "warning",
  info: "note",
};

/** SARIF 2.1.0 (OASIS): one result for each finding and subject, since an alert is closed for each by itself. */
export function renderSarif(report: Report, version: string): string {
  const codes = [...new Set(report.items.map(({ finding }) => finding.code))].sort();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mcpstack-iac drift", version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: report.unchecked.length === 0,
            toolExecutionNotifications: report.unchecked.map(({ subject, reason }) => ({
              level: "error" as const,
              message: { text: message(`${subjectName(subject)} was not checked: ${reason}`) },
            })),
          },
        ],
        results: report.items.flatMap((item) => item.subjects.map((subject) => resultOf(item, subject, codes, report))),
      },
    ],
  };
  return jsonText(log);
}

function ruleOf(code: string): ReportingDescriptor {
  const entry: FindingEntry | undefined = findingEntry(code);
  if (!entry) return { id: code };
  return {
    id: code,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.meaning },
    help: { text: `${entry.meaning} ${entry.action}` },
    defaultConfiguration: { level: levels[entry.severity] },
  };
}

function resultOf({ finding, events }: ReportItem, subject: Subject, codes: readonly string[], report: Report): Result {
  const said = (text: string) => inProgramsSpelling(text, report.source);
  const logged = events
    .filter(({ gateway }) => gateway === subject.address)
    .map((event) => `In the log: ${event.message}`);
  return {
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: { text: message([subjectName(subject), said(finding.summary), said(finding.fix), ...logged].join(" — ")) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(report.source) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: safeText(subject.address), kind: "resource" }],
      },
    ],
    partialFingerprints: {
      "mcpstackDrift/v1": createHash("sha256")
        .update(JSON.stringify([finding.code, finding.path, subject.address, finding.where ?? ""]))
        .digest("hex"),
    },
  };
}

/** In a plain text message, brackets make links (SARIF §3.11.6). */
function message(text: string): string {
  return safeText(text, 4000).replace(/[\\[\]]/g, "\\$&");
}

/** A relative reference to the file; what is no file has a name of its own, since an alert must be somewhere. */
function uriOf({ kind, name }: Source): string {
  const path = kind === "organization" || kind === "url" ? `${kind}/${name}` : name === "-" ? "standard-input" : name;
  return path
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => encodeURIComponent(safeText(part)))
    .join("/");
}
