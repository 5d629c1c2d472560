import type { Severity } from "@mcpstack/model";
import { jsonText } from "../escape/json";
import { visible } from "../escape/visible";
import type { ReviewResult } from "../result";
import { fingerprint } from "./fingerprint";

const severities: Readonly<Record<Severity, string>> = { error: "critical", warn: "minor", info: "info" };

/** GitLab's code quality report: an array of issues with `description`, `check_name`, `fingerprint`, `severity` and `location`. */
export function renderGitlab(result: ReviewResult): string {
  const seen = new Map<string, number>();
  return jsonText(
    result.findings.map((finding) => {
      // Fingerprints must be unique within a report.
      const own = fingerprint(finding, result.input.label);
      const repeated = seen.get(own) ?? 0;
      seen.set(own, repeated + 1);
      return {
        description: visible(`${finding.summary} (${finding.label})`),
        check_name: finding.code,
        fingerprint: repeated === 0 ? own : `${own}-${repeated}`,
        severity: severities[finding.severity],
        location: {
          path: visible(finding.source?.file ?? result.input.name),
          lines: { begin: finding.source?.line ?? 1 },
        },
      };
    }),
  );
}
