import type { Severity } from "@mcpstack/model";
import type { PlanChanges } from "./changes/change";
import type { Graph } from "./changes/graph";
import { isWritten } from "./changes/values";
import type { ReviewFinding } from "./finding";
import type { Excused } from "./policy/exceptions";
import type { BlastRadius } from "./radius/blast-radius";
import type { ReviewResult } from "./result";
import { routeTable } from "./routes/table";
import { gatewaySides } from "./sides";

const weight: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** A total order, so that the same plan gives the same bytes. */
export function severestFirst(a: ReviewFinding, b: ReviewFinding): number {
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

/** Everything that a review came to. */
export interface Parts {
  readonly name: string;
  readonly label: string | undefined;
  readonly plan: PlanChanges;
  readonly graph: Graph;
  readonly findings: readonly ReviewFinding[];
  readonly excused: readonly Excused[];
  readonly radius: BlastRadius;
  readonly preflight: ReviewResult["preflight"];
}

/** Puts the result together: counts, the gateways' two sides, and what could not be told. */
export function assembleResult({
  name,
  label,
  plan,
  graph,
  findings,
  excused,
  radius,
  preflight,
}: Parts): ReviewResult {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const isTouched = (change: PlanChanges["gateways"][number]) =>
    change.action !== "none" || change.imported || change.deferred;
  return {
    version: 1,
    input: {
      name,
      ...(label === undefined ? {} : { label }),
      frontEnd: plan.frontEnd,
      engine: plan.engine,
      resources: plan.resources,
    },
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
    routes: routeTable(plan, graph),
    blastRadius: radius.source,
    preflight,
    notes: [...plan.notes, ...radius.notes, ...providerNote(plan)],
  };
}

/** Says whether the provider's configuration was compared, which a Terraform plan alone cannot tell, where it matters. */
function providerNote(plan: PlanChanges): string[] {
  const matters = plan.gateways.some(isWritten) || plan.attachments.some(isWritten);
  if (plan.frontEnd !== "terraform" || plan.providers.length === 0 || !matters) return [];
  return [
    plan.providers.some(({ before }) => before === undefined)
      ? "A Terraform plan does not hold the provider's earlier configuration: give --base with a plan of the base branch to have it compared."
      : "The provider's configuration was compared with that of the base.",
  ];
}
