import { sameJson } from "@mcpstack/model";
import type { Draft } from "../rules/rule";
import type { Policy } from "./schema";

/** What a change does to the policy itself: one finding a part, so that its owners see each. */
export function policyChanges(base: Policy, head: Policy, file: string): Draft[] {
  const before = partsOf(base);
  const after = partsOf(head);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((part): Draft[] => {
    const [was, will] = [before.get(part), after.get(part)];
    if (sameJson(was ?? null, will ?? null)) return [];
    return [
      {
        code: "policy-changed",
        subject: { kind: "policy", address: file, label: file, source: { file, line: 1 } },
        fields: [part],
        summary: `${part} of the policy changes`,
        before: was === undefined ? undefined : JSON.stringify(was),
        after: will === undefined ? undefined : JSON.stringify(will),
      },
    ];
  });
}

function partsOf(policy: Policy): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  for (const [code, severity] of Object.entries(policy.severity ?? {})) parts.set(`severity.${code}`, severity);
  for (const [key, value] of Object.entries(policy.default ?? {})) parts.set(`default.${key}`, value);
  for (const [name, environment] of Object.entries(policy.environments ?? {})) {
    for (const [key, value] of Object.entries(environment)) parts.set(`environments.${name}.${key}`, value);
  }
  for (const exception of policy.exceptions ?? [])
    parts.set(`exceptions.${exception.code} at ${exception.address}`, exception);
  return parts;
}
