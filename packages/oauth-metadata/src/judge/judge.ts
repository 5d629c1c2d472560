import type { Finding } from "@mcpstack/model";
import { isAbout, nothingDiscovered } from "../discover";
import { judgeCapabilities } from "./capabilities";
import { judgeClient } from "./client";
import { judgeDiscovery } from "./discovery";
import { judgeEndpoints } from "./endpoints";
import { judgeIssuer } from "./issuer";
import { judgeKeys } from "./keys";
import { judgeMoves } from "./moves";
import { ordered } from "./report";
import { judgeResource } from "./resource";
import { judgeScopes } from "./scopes";
import { type JudgeInput, subject } from "./subject";

const rules = [
  judgeDiscovery,
  judgeIssuer,
  judgeEndpoints,
  judgeCapabilities,
  judgeKeys,
  judgeScopes,
  judgeResource,
  judgeClient,
] as const;

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
  const findings = rules.flatMap((rule) => rule(of));
  return ordered([...findings, ...judgeMoves(of, findings)]);
}
