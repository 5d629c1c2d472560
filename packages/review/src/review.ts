import type { Severity } from "@mcpstack/model";
import { assembleResult, severestFirst } from "./assemble-result";
import type { PlanChanges } from "./changes/change";
import { graphOf } from "./changes/graph";
import { expiredFinding, findingOf, preflightFindingOf } from "./complete-finding";
import type { ReviewFinding } from "./finding";
import { ReviewInputError } from "./inputs/input-error";
import { type NamedInput, readPlan } from "./inputs/read-plan";
import { type BasePolicy, basePolicyProblems } from "./policy/base-policy";
import { allowedBy, environmentOf } from "./policy/environment";
import { evaluatePolicy } from "./policy/evaluate";
import { applyExceptions } from "./policy/exceptions";
import { policyChanges } from "./policy/policy-changes";
import { emptyPolicy, type Policy } from "./policy/schema";
import { tooWide } from "./policy/too-wide";
import { checkPlanned, type Preflight } from "./preflight/preflight";
import { type BlastRadiusSource, blastRadius } from "./radius/blast-radius";
import type { ReviewResult } from "./result";
import { rules } from "./rules/all";
import { knownTrust } from "./rules/known-trust";
import { withoutSecretsOf } from "./secrets";

import { type SourceText, settledBySources } from "./sources/settle-arguments";

/** What a review is made with, beside the plan. */
export interface ReviewOptions {
  /** What the program was before; see `readPlan`. */
  readonly base?: NamedInput | "none" | undefined;
  /** What the review is called, where a change has several. */
  readonly label?: string | undefined;
  /** See `readPlan`. */
  readonly savedPlan?: NamedInput | undefined;
  /** The policy as it stands in the change under review. Default: none, every severity as in the catalogue. */
  readonly policy?: { readonly policy: Policy; readonly file: string } | undefined;
  /** The policy of the base. Given, it is the one that holds, since an author must not excuse himself. */
  readonly basePolicy?: Policy | undefined;
  /** What of the base's policy is not valid. Default: nothing. */
  readonly basePolicyProblems?: BasePolicy["problems"] | undefined;
  readonly environment?: string | undefined;
  /** The day on which exceptions are looked at. */
  readonly now: Date;
  readonly preflight?: Preflight | undefined;
  readonly blastRadius?: BlastRadiusSource | undefined;
  /** The program's own files, in which a provider's arguments are read where the plan does not hold them. */
  readonly sources?: (() => Promise<readonly SourceText[]>) | undefined;
  /** Finds where resources are written in the program. */
  readonly locate?: ((plan: PlanChanges, findings: readonly ReviewFinding[]) => Promise<ReviewFinding[]>) | undefined;
}

/**
 * Reviews a plan: reads it, applies every rule and the policy, and, where asked to, checks planned metadata and asks for the reach.
 *
 * @throws ReviewInputError for what cannot be read or understood, which is never a review without findings.
 */
export async function reviewPlan(input: NamedInput, options: ReviewOptions): Promise<ReviewResult> {
  const file = options.policy?.file ?? "mcpstack-review.yaml";
  const policy = options.basePolicy ?? options.policy?.policy ?? emptyPolicy;
  if (options.environment !== undefined) requireEnvironment(policy, options.environment);
  const read = await readPlan(input, options.base, options.savedPlan);
  const plan = options.sources ? settledBySources(read, await options.sources()) : read;
  const graph = graphOf(plan);
  const environment = environmentOf(policy, options.environment);
  const context = { plan, graph, known: knownTrust(plan, allowedBy(environment)), environment };
  const drafts = [
    ...rules.flatMap((rule) => rule(context)),
    ...evaluatePolicy(plan, graph, environment),
    ...tooWide(policy, file),
    ...basePolicyProblems(options.basePolicyProblems ?? [], file),
    // A policy that the change removes is a change of it too.
    ...(options.basePolicy ? policyChanges(options.basePolicy, options.policy?.policy ?? emptyPolicy, file) : []),
  ];
  const concerned = new Set(drafts.map(({ gateway }) => gateway));
  const [checked, radius] = await Promise.all([
    options.preflight ? checkPlanned(plan, options.preflight) : [],
    blastRadius(
      plan.gateways.filter((gateway) => concerned.has(gateway)),
      options.blastRadius,
    ),
  ]);
  const cleaned = withoutSecretsOf(plan);
  const complete = cleaned([
    ...drafts.map((draft) => findingOf(draft, plan, graph, radius)),
    ...checked.map((found) => preflightFindingOf(found, plan, graph, radius)),
  ]);
  const weighed = weigh(complete, policy.severity ?? {});
  const sorted = applyExceptions(weighed, policy.exceptions ?? [], options.now);
  const expired = weigh(
    sorted.expired.map((exception) => expiredFinding(exception, file)),
    policy.severity ?? {},
  );
  const unlocated = [...sorted.findings, ...expired].sort(severestFirst);
  const findings = options.locate ? await options.locate(plan, unlocated) : unlocated;
  const result = assembleResult({
    name: input.name,
    label: options.label,
    plan,
    graph,
    findings,
    excused: sorted.excused,
    radius,
    preflight: options.preflight ? "done" : "off",
  });
  return {
    ...result,
    gateways: cleaned(result.gateways),
    routes: cleaned(result.routes),
    notes: cleaned(result.notes),
  };
}

function requireEnvironment(policy: Policy, name: string): void {
  const known = Object.keys(policy.environments ?? {});
  if (known.includes(name)) return;
  throw new ReviewInputError(
    "option-invalid",
    `the policy has no environment ${JSON.stringify(name)}; it has ${known.length === 0 ? "none" : known.join(", ")}`,
  );
}

function weigh(
  findings: readonly ReviewFinding[],
  chosen: Readonly<Record<string, Severity | "off">>,
): ReviewFinding[] {
  return findings.flatMap((finding) => {
    const severity = Object.hasOwn(chosen, finding.code) ? chosen[finding.code] : undefined;
    if (severity === "off") return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  });
}
