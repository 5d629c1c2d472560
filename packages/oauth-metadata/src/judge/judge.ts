import type { Finding, ProfileChange } from "@mcpstack/model";
import { isAbout, nothingDiscovered } from "../discover";
import { isAddress } from "../discovery/find-protected-resource";
import { judgeAddresses } from "./addresses";
import { isAdvisable, isMended } from "./advisable";
import { afterApply } from "./after-apply";
import { attachedRules } from "./attached";
import { capabilityRules } from "./capabilities";
import { clientRules } from "./client";
import { discoveryRules } from "./discovery";
import { judgeElsewhere } from "./elsewhere";
import { endpointRules } from "./endpoints";
import { judgeIssuer } from "./issuer";
import { judgeKeys } from "./keys";
import { ifKnown } from "./known";
import { moveRules } from "./moves";
import { type Draft, finding, ordered } from "./report";
import { resourceRules } from "./resource";
import { scopeRules } from "./scopes";
import { type JudgeInput, type Subject, subject } from "./subject";

/** Each says what it finds about one thing, and asks for no more than it needs: what needs something unknown is left out. */
const rules: readonly ((of: Subject) => Draft[])[] = [
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
  ...attachedRules,
];

/**
 * Judges a profile by what was discovered, without any network. Severities are those of the table, before any policy. Findings come the
 * severest first, in an order that depends on nothing but the input. Without a discovery, or with one about other addresses, only what the profile itself shows
 * is judged. What a finding advises was itself judged: a change of the profile after which it would stay, or another be found, is not advised.
 *
 * @param isWanted - whether anybody hears of such a finding. What to do about it is worked out only then, which costs more than finding it.
 *   Default: all are wanted.
 */
export function judge(
  input: JudgeInput,
  isWanted: (finding: Pick<Finding, "code" | "severity">) => boolean = () => true,
): Finding[] {
  const drafts = draftsOf(input);
  const isRight = (change: ProfileChange, draft: Draft) => {
    if (!isAdvisable(input.profile, change)) return false;
    const after = afterApply(input, change);
    return !isLost(input, after) && isMended(draft, drafts, draftsOf(after));
  };
  return ordered(drafts.filter(isWanted).map((draft) => finding(draft, input.profile, isRight)));
}

/** Whether a change leads away from a document that was read to one that nobody has read yet: that it is right cannot be known. */
function isLost({ discovered: before }: JudgeInput, { discovered: after, profile: { resource } }: JudgeInput): boolean {
  if (before?.authorizationServer.kind !== "unread" && after?.authorizationServer.kind === "unread") return true;
  if (before?.protectedResource?.kind !== "found" || after?.protectedResource) return false;
  return resource !== undefined && isAddress(resource);
}

function draftsOf(input: JudgeInput): Draft[] {
  const { discovered, profile } = input;
  const of = subject({
    ...input,
    discovered: discovered && isAbout(discovered, profile) ? discovered : nothingDiscovered(profile),
  });
  const drafts = rules.flatMap((rule) => ifKnown(() => rule(of)));
  return [...drafts, ...moveRules.flatMap((rule) => ifKnown(() => rule(of, drafts)))];
}
