import { findingEntry, ownValue } from "@mcpstack/model";
import type { PlanChanges, ProviderChange, ResourceChange, Values } from "../changes/change";
import { configuredKey, providerOf, recordAt, stringsAt, withoutKeys } from "../changes/values";

/** A gateway's values with what holds for it because its provider says so. What neither says is left out, and has its default. */
export function inForce(values: Values, provider: Values): Values {
  return {
    ...values,
    metadataCheck: values.metadataCheck ?? provider.metadataCheck,
    trustedOrigins: [...stringsAt(values, "trustedOrigins"), ...stringsAt(provider, "trustedOrigins")],
    findings: { ...recordAt(provider, "findings"), ...recordAt(values, "findings") },
    caFile: provider.caFile,
    allowInsecureMetadata: provider.allowInsecureMetadata,
  };
}

/** How loud each level of a check is. */
export const loudness: Readonly<Record<string, number>> = { off: 0, info: 1, warn: 2, error: 3 };

/** How loud a severity is; what is none counts as the loudest, since nobody can say what it comes to. */
export function loudnessOf(severity: unknown): number {
  return loudness[String(severity)] ?? 3;
}

/** The severity of a finding of which nothing is written: the usual one, or the loudest that it can have by itself. */
export function defaultSeverity(code: string, which: "usual" | "loudest"): string {
  const entry = findingEntry(code);
  return (which === "loudest" ? entry?.loudest : undefined) ?? entry?.severity ?? "error";
}

/** The codes that count for less than they did, whether an entry is written, changed or taken out. */
export function loweredFindings(before: Values | undefined, after: Values): string[] {
  const [was, will] = [recordAt(before, "findings"), recordAt(after, "findings")];
  return [...new Set([...Object.keys(was), ...Object.keys(will)])]
    .filter((code) => {
      const [earlier, later] = [ownValue(was, code), ownValue(will, code)];
      if (earlier === undefined && later === undefined) return false;
      return (
        loudnessOf(later ?? defaultSeverity(code, "usual")) < loudnessOf(earlier ?? defaultSeverity(code, "loudest"))
      );
    })
    .sort();
}

/** The configuration that a gateway is compared by: of one that came from another configuration than most, its own pair. */
export function providerChangeOf(plan: PlanChanges, gateway: ResourceChange): ProviderChange | undefined {
  const key = configuredKey(plan, gateway);
  const own = plan.providers.find(
    ({ key: one, address }) => one === key && address !== undefined && address === withoutKeys(gateway.address),
  );
  return own ?? providerOf(plan, gateway);
}
