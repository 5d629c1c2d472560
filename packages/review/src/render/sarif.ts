import type { Severity } from "@mcpstack/model";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { jsonText } from "../escape/json";
import { visible } from "../escape/visible";
import type { ReviewFinding } from "../finding";
import type { ReviewResult } from "../result";
import { catalogue, isReviewCode } from "../rules/catalogue";
import { fingerprint } from "./fingerprint";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warn: "warning",
  info: "note",
};

/** SARIF 2.1.0 (OASIS). A finding whose source line is not known points at the plan. */
export function renderSarif(result: ReviewResult, version: string): string {
  const codes = [
    ...new Set([...result.findings, ...result.excused.map(({ finding }) => finding)].map(({ code }) => code)),
  ].sort();
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "mcpstack-iac review", version, rules: codes.map((code) => ruleOf(code, result)) } },
        // Code scanning takes a run for the next one of the same id, and its findings for all that there are now.
        ...(result.input.label === undefined
          ? {}
          : { automationDetails: { id: `mcpstack-review/${visible(result.input.label)}/` } }),
        columnKind: "utf16CodeUnits",
        results: [
          ...result.findings.map((finding) => resultOf(finding, codes, result)),
          ...result.excused.map(({ finding, reason, until }) => ({
            ...resultOf(finding, codes, result),
            suppressions: [{ kind: "external" as const, justification: visible(`${reason} (until ${until})`) }],
          })),
        ],
      },
    ],
  };
  return jsonText(log);
}

function ruleOf(code: string, result: ReviewResult): ReportingDescriptor {
  if (isReviewCode(code)) {
    const { title, why, fix, severity } = catalogue[code];
    return {
      id: code,
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: { text: `${why} ${fix}` },
      defaultConfiguration: { level: levels[severity] },
    };
  }
  const example = [...result.findings, ...result.excused.map(({ finding }) => finding)].find(
    (finding) => finding.code === code,
  );
  return { id: code, shortDescription: { text: example?.title ?? code } };
}

function resultOf(finding: ReviewFinding, codes: readonly string[], result: ReviewResult): Result {
  const values = [
    ...(finding.before === undefined ? [] : [`before: ${finding.before}`]),
    ...(finding.after === undefined ? [] : [`after: ${finding.after}`]),
  ];
  return {
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: {
      text: messageText([finding.summary, ...values, finding.fix].map((part) => part.replace(/[.]$/, "")).join(". ")),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.source?.file ?? result.input.name) },
          region: {
            startLine: finding.source?.line ?? 1,
            ...(finding.source?.column === undefined ? {} : { startColumn: finding.source.column }),
          },
        },
        logicalLocations: [{ fullyQualifiedName: visible(finding.address), kind: "resource" }],
      },
    ],
    partialFingerprints: { "mcpstackReview/v1": fingerprint(finding, result.input.label) },
  };
}

/** In a plain text message, brackets make links (SARIF §3.11.6). */
function messageText(text: string): string {
  return `${visible(text).replace(/[\\[\]]/g, "\\$&")}.`;
}

/** A path as a relative URI reference. A lone surrogate, which no URI can hold, becomes the replacement character. */
function uriOf(path: string): string {
  const wellFormed = path.replace(/\p{Cs}/gu, "\ufffd").replaceAll("\\", "/");
  return wellFormed.split("/").map(encodeURIComponent).join("/");
}
