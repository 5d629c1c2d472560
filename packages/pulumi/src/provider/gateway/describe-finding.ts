import { camelCase, type Finding } from "@mcpstack/model";
import { inPulumisWords } from "../engine/failure";

/** A finding as one paragraph that names its gateway. */
export function describeFinding(label: string, finding: Finding): string {
  const field = finding.path.length > 0 ? `${finding.path.map(camelCase).join(".")}: ` : "";
  const differs = [
    finding.expected === undefined ? undefined : `Expected: ${finding.expected}`,
    finding.found === undefined ? undefined : `Found: ${finding.found}`,
    finding.where === undefined ? undefined : `Read at: ${finding.where}`,
  ].filter((line) => line !== undefined);
  const standard = finding.standard === undefined ? "" : `, ${finding.standard}`;
  return [
    `${label}: ${field}${inPulumisWords(finding.summary)}`,
    ...differs.map((line) => `  ${line}`),
    `  ${inPulumisWords(finding.fix)} (${finding.code}${standard})`,
  ].join("\n");
}
