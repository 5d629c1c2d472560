import type { MetadataCheck, SeverityChoice } from "../fields/connection";
import type { Finding } from "./finding";

/** What a program says about findings: the cap, and the choice for single codes. */
export interface FindingPolicy {
  readonly metadataCheck: MetadataCheck;
  readonly findings?: Readonly<Record<string, SeverityChoice>> | undefined;
}

/** The gateway's own choices before the provider's; `warn` where neither says anything. */
export function effectivePolicy(gateway: Partial<FindingPolicy>, provider: Partial<FindingPolicy>): FindingPolicy {
  return {
    metadataCheck: gateway.metadataCheck ?? provider.metadataCheck ?? "warn",
    findings: { ...provider.findings, ...gateway.findings },
  };
}

/** Applies a policy: chosen severities first, then the cap of `metadata_check`, which never raises. */
export function applyPolicy(findings: readonly Finding[], policy: FindingPolicy): Finding[] {
  return findings.flatMap((finding) => {
    const severity = weighed(finding, policy);
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

/** How loudly a policy has a finding said. */
export function weighed({ code, severity }: Pick<Finding, "code" | "severity">, policy: FindingPolicy): SeverityChoice {
  if (policy.metadataCheck === "off") return "off";
  const chosen = policy.findings?.[code] ?? severity;
  return chosen === "error" && policy.metadataCheck === "warn" ? "warn" : chosen;
}
