import type { Severity } from "@mcpstack/model";
import type { PlanChanges } from "./changes/change";
import { type Graph, graphOf } from "./changes/graph";
import { withoutUserInfo } from "./changes/shown";
import { isWritten, nameOf } from "./changes/values";
import { type ReviewFinding, respelled, spelledFor } from "./finding";
import { ReviewInputError } from "./inputs/input-error";
import { type NamedInput, readPlan } from "./inputs/read-plan";
import { allowsIssuer, environmentOf, evaluatePolicy } from "./policy/evaluate";
import { applyExceptions } from "./policy/exceptions";
import { policyChanges } from "./policy/policy-changes";
import { emptyPolicy, type Policy, type PolicyException } from "./policy/schema";
import { checkPlanned, type Preflight, type PreflightFinding } from "./preflight/preflight";
import { type BlastRadius, type BlastRadiusSource, blastRadius } from "./radius/blast-radius";
import type { ReviewResult } from "./result";
import { rules } from "./rules/all";
import { catalogue } from "./rules/catalogue";
import { knownTrust } from "./rules/known-trust";
import type { Draft } from "./rules/rule";
import { gatewaySides } from "./sides";

/** What a review is made with, beside the plan. */
export interface ReviewOptions {
  /** What the program was before; see `readPlan`. */
  readonly base?: NamedInput | "none" | undefined;
  /** The policy as it stands in the change under review. Default: none, every severity as in the catalogue. */
  readonly policy?: { readonly policy: Policy; readonly file: string } | undefined;
  /** The policy of the base. Given, it is the one that holds, since an author must not excuse himself. */
  readonly basePolicy?: Policy | undefined;
  readonly environment?: string | undefined;
  /** The day on which exceptions are looked at. */
  readonly now: Date;
  readonly preflight?: Preflight | undefined;
  readonly blastRadius?: BlastRadiusSource | undefined;
  /** Finds where resources are written in the program. */
  readonly locate?: ((plan: PlanChanges, findings: readonly ReviewFinding[]) => Promise<ReviewFinding[]>) | undefined;
}

/**
 * Reviews a plan: reads it, applies every rule and the policy, and, where asked to, checks planned metadata and asks for the reach.
 *
 * @throws ReviewInputError for what cannot be read or understood, which is never a review without findings.
 */
export async function reviewPlan(input: NamedInput, options: ReviewOptions): Promise<ReviewResult> {
  const policy = options.basePolicy ?? options.policy?.policy ?? emptyPolicy;
  if (options.environment !== undefined) requireEnvironment(policy, options.environment);
  const plan = await readPlan(input, options.base);
  const graph = graphOf(plan);
  const environment = environmentOf(policy, options.environment);
  const context = { plan, graph, known: knownTrust(plan, (issuer) => allowsIssuer(environment, issuer)) };
  const drafts = [
    ...rules.flatMap((rule) => rule(context)),
    ...evaluatePolicy(plan, environment),
    ...(options.basePolicy && options.policy
      ? policyChanges(options.basePolicy, options.policy.policy, options.policy.file)
      : []),
  ];
  const [checked, radius] = await Promise.all([
    options.preflight ? checkPlanned(plan, options.preflight) : [],
    blastRadius(
      plan.gateways.filter((gateway) => drafts.some((draft) => draft.gateway === gateway)),
      options.blastRadius,
    ),
  ]);
  const complete = [
    ...drafts.map((draft) => findingOf(draft, plan, graph, radius)),
    ...checked.map((found) => preflightFindingOf(found, plan, graph, radius)),
  ];
  const weighed = weigh(complete, policy.severity ?? {});
  const sorted = applyExceptions(weighed, policy.exceptions ?? [], options.now);
  const expired = weigh(
    sorted.expired.map((exception) => expiredFinding(exception, options.policy?.file ?? "the policy")),
    policy.severity ?? {},
  );
  const unlocated = [...sorted.findings, ...expired].sort(severestFirst);
  const findings = options.locate ? await options.locate(plan, unlocated) : unlocated;
  return resultOf(input.name, plan, graph, findings, sorted.excused, radius, options);
}

function requireEnvironment(policy: Policy, name: string): void {
  const known = Object.keys(policy.environments ?? {});
  if (known.includes(name)) return;
  throw new ReviewInputError(
    "option-invalid",
    `the policy has no environment ${JSON.stringify(name)}; it has ${known.length === 0 ? "none" : known.join(", ")}`,
  );
}

function findingOf(draft: Draft, plan: PlanChanges, graph: Graph, radius: BlastRadius): ReviewFinding {
  const entry = catalogue[draft.code];
  const { subject } = draft;
  const reach = draft.gateway && radius.byAddress.get(draft.gateway.address);
  const servers = draft.servers ?? reach?.servers ?? (draft.gateway ? graph.serversBefore(draft.gateway) : []);
  return {
    code: draft.code,
    severity: draft.severity ?? entry.severity,
    title: entry.title,
    kind: subject.kind,
    address: subject.address,
    label: subject.label,
    fields: draft.fields.map((field) => spelledFor(plan.frontEnd, field)),
    summary: draft.summary,
    ...optional("before", draft.before),
    ...optional("after", draft.after),
    why: entry.why,
    fix: draft.fix ?? entry.fix,
    servers: [...new Set(servers)].sort(),
    ...optional("grants", reach?.grants),
    ...optional("source", subject.source),
  };
}

/** What the pre-flight says keeps the code and the texts that `drift` and the providers use. */
function preflightFindingOf(
  { gateway, finding }: PreflightFinding,
  plan: PlanChanges,
  graph: Graph,
  radius: BlastRadius,
): ReviewFinding {
  const reach = radius.byAddress.get(gateway.address);
  return {
    code: finding.code,
    severity: finding.severity,
    title: `Published metadata: ${finding.code}`,
    kind: "gateway",
    address: gateway.address,
    label: gateway.label,
    fields: finding.path.map((field) => spelledFor(plan.frontEnd, field)),
    // What was found and what was expected stand in the sentence; neither is a before or an after.
    summary: `${nameOf(gateway)}: ${withoutUserInfo(respelled(plan.frontEnd, finding.summary))}`,
    why: `Found in what is published now${finding.standard === undefined ? "" : ` (${finding.standard})`}.`,
    fix: withoutUserInfo(respelled(plan.frontEnd, finding.fix)),
    servers: [...(reach?.servers ?? graph.serversBefore(gateway))],
    ...optional("grants", reach?.grants),
    ...optional("where", finding.where),
    ...optional("standard", finding.standard),
    ...optional("source", gateway.source),
  };
}

function expiredFinding(exception: PolicyException, file: string): ReviewFinding {
  const entry = catalogue["exception-expired"];
  return {
    code: "exception-expired",
    severity: entry.severity,
    title: entry.title,
    kind: "policy",
    address: file,
    label: file,
    fields: [],
    summary: `The exception for ${exception.code} at ${exception.address} ended on ${exception.until}`,
    after: exception.reason,
    why: entry.why,
    fix: entry.fix,
    servers: [],
  };
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

const weight: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** A total order, so that the same plan gives the same bytes. */
function severestFirst(a: ReviewFinding, b: ReviewFinding): number {
  return (
    weight[a.severity] - weight[b.severity] ||
    compare(a.address, b.address) ||
    compare(a.code, b.code) ||
    compare(a.summary, b.summary) ||
    compare(a.fields.join(), b.fields.join())
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function resultOf(
  name: string,
  plan: PlanChanges,
  graph: Graph,
  findings: readonly ReviewFinding[],
  excused: ReviewResult["excused"] | readonly ReviewResult["excused"][number][],
  radius: BlastRadius,
  options: ReviewOptions,
): ReviewResult {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const isTouched = (change: PlanChanges["gateways"][number]) =>
    change.action !== "none" || change.imported || change.deferred;
  return {
    version: 1,
    input: { name, frontEnd: plan.frontEnd, engine: plan.engine, resources: plan.resources },
    summary: {
      error: count("error"),
      warn: count("warn"),
      info: count("info"),
      excused: excused.length,
      gateways: plan.gateways.filter(isTouched).length,
      attachments: plan.attachments.filter(isTouched).length,
      providers: new Set(findings.filter(({ kind }) => kind === "provider").map(({ address }) => address)).size,
    },
    findings: [...findings],
    excused: [...excused],
    gateways: gatewaySides(plan, graph),
    blastRadius: radius.source,
    preflight: options.preflight ? "done" : "off",
    notes: [...plan.notes, ...radius.notes, ...providerNote(plan)],
  };
}

/** Says what a Terraform plan alone cannot tell, where it matters. */
function providerNote(plan: PlanChanges): string[] {
  const isUntold = plan.frontEnd === "terraform" && plan.providers.some(({ before }) => before === undefined);
  const matters = plan.gateways.some(isWritten) || plan.attachments.some(isWritten);
  return isUntold && matters
    ? [
        "A Terraform plan does not hold the provider's earlier configuration: give --base with a plan of the base branch to have it compared.",
      ]
    : [];
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });
}
