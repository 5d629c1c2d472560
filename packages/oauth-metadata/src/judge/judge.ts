import type { Finding } from "@mcpstack/model";
import { isAbout, nothingDiscovered } from "../discover";
import { judgeAddresses } from "./addresses";
import { capabilityRules } from "./capabilities";
import { clientRules } from "./client";
import { discoveryRules } from "./discovery";
import { judgeElsewhere } from "./elsewhere";
import { endpointRules } from "./endpoints";
import { judgeIssuer } from "./issuer";
import { judgeKeys } from "./keys";
import { ifKnown } from "./known";
import { moveRules } from "./moves";
import { ordered } from "./report";
import { resourceRules } from "./resource";
import { scopeRules } from "./scopes";
import { type JudgeInput, type Subject, subject } from "./subject";

/** Each says what it finds about one thing, and asks for no more than it needs: what needs something unknown is left out. */
const rules: readonly ((of: Subject) => Finding[])[] = [
  judgeAddresses,
  ...discoveryRules,
  judgeIssuer,
  ...endpointRules,
  ...capabilityRules,
  judgeKeys,
  ...scopeRules,
  ...resourceRules,
  ...clientRules,
  judgeElsewhere,
];

/**
 * Judges a profile by what was discovered, without any network. Severities are those of the table, before any policy. Findings come the
 * severest first, in an order that depends on nothing but the input. Without a discovery, or with one about other addresses, only what the profile itself shows
 * is judged.
 */
export function judge(input: JudgeInput): Finding[] {
  const { discovered, profile } = input;
  const of = subject({
    ...input,
    discovered: discovered && isAbout(discovered, profile) ? discovered : nothingDiscovered(profile),
  });
  const findings = rules.flatMap((rule) => ifKnown(() => rule(of)));
  return ordered([...findings, ...moveRules.flatMap((rule) => ifKnown(() => rule(of, findings)))]);
}
