import type { PlanChanges, ResourceChange } from "./changes/change";
import type { Graph } from "./changes/graph";
import { shownOf } from "./changes/shown";
import { nameOf, stringAt } from "./changes/values";
import type { ReviewResult } from "./result";

/** The gateways that a plan touches, with their issuer and servers before and after: what the table and the diagram are made from. */
export function gatewaySides(plan: PlanChanges, graph: Graph): ReviewResult["gateways"] {
  return plan.gateways
    .filter((gateway) => gateway.action !== "none" || differ(graph.serversBefore(gateway), graph.serversAfter(gateway)))
    .map((gateway) => ({
      address: gateway.address,
      label: gateway.label,
      name: nameOf(gateway),
      action: gateway.action,
      ...(gateway.before ? { before: side(gateway, "before", graph.serversBefore(gateway)) } : {}),
      ...(gateway.after ? { after: side(gateway, "after", graph.serversAfter(gateway)) } : {}),
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function side(gateway: ResourceChange, which: "before" | "after", servers: readonly string[]) {
  const field = "authorizationServerUrl";
  const issuer = shownOf(gateway, field, stringAt(gateway[which], field));
  return { ...(issuer === undefined ? {} : { issuer }), servers: [...servers] };
}

function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.length !== b.length || a.some((element, index) => element !== b[index]);
}
