import type { Finding } from "@mcpstack/model";
import { isAbout } from "../discover";
import { judgeDiscovery } from "./discovery";
import { judgeIssuer } from "./issuer";
import { ordered } from "./report";
import { type JudgeInput, subject } from "./subject";

/**
 * Judges a profile by what was discovered, without any network. Severities are those of the table, before any policy. Findings come the
 * severest first, in an order that depends on nothing but the input. Discoveries about other addresses say nothing.
 */
export function judge(input: JudgeInput): Finding[] {
  if (!isAbout(input.discovered, input.profile)) return [];
  const of = subject(input);
  return ordered([...judgeDiscovery(of), ...judgeIssuer(of)]);
}
