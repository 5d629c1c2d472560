import type { PlanChanges, ResourceChange } from "./changes/change";
import type { Graph } from "./changes/graph";
import { withoutUserInfo } from "./changes/shown";
import { nameOf } from "./changes/values";
import { type ReviewFinding, respelled, spelledFor } from "./finding";
import type { PolicyException } from "./policy/schema";
import type { PreflightFinding } from "./preflight/preflight";
import type { BlastRadius } from "./radius/blast-radius";
import { type CatalogueEntry, catalogue } from "./rules/catalogue";
import type { Draft } from "./rules/rule";

/** Completes what a rule said with the catalogue's texts, the front end's spelling and who is concerned. */
export function findingOf(draft: Draft, plan: PlanChanges, graph: Graph, radius: BlastRadius): ReviewFinding {
  const entry: CatalogueEntry = catalogue[draft.code];
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
    ...optional("previousAddress", subject.previousAddress),
    fields: draft.fields.map((field) => spelledFor(plan.frontEnd, field)),
    summary: respelled(plan.frontEnd, draft.summary, draft.gateway && nameOf(draft.gateway)),
    ...optional("before", draft.before),
    ...optional("after", draft.after),
    why: respelled(plan.frontEnd, (isNew(draft.gateway) ? entry.whyNew : undefined) ?? entry.why),
    fix: respelled(plan.frontEnd, draft.fix ?? entry.fix),
    servers: [...new Set(servers)].sort(),
    ...optional("grants", reach?.grants),
    ...optional("source", subject.source),
  };
}

/** Whether nobody can have signed in through it. */
function isNew(gateway: ResourceChange | undefined): boolean {
  return gateway?.action === "create" && gateway.before === undefined && !gateway.imported;
}

/** What the pre-flight says keeps the code and the texts that `drift` and the providers use. */
export function preflightFindingOf(
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
    ...optional("previousAddress", gateway.previousAddress),
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

export function expiredFinding(exception: PolicyException, file: string): ReviewFinding {
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

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });
}
