import type { PlanChanges, ResourceChange, Values } from "../changes/change";
import { type GatewayEnd, type Graph, serverOf } from "../changes/graph";
import { shownOf } from "../changes/shown";
import { providerOf, recordAt, stringAt, stringsAt } from "../changes/values";
import type { ReviewResult } from "../result";
import { placeFields } from "./places";

type Route = ReviewResult["routes"][number];
type Side = NonNullable<Route["before"]>;

/** Every server's route, before and after the plan: where its users sign in, for whom, and with what rights. */
export function routeTable(plan: PlanChanges, graph: Graph): ReviewResult["routes"] {
  const servers = new Set(
    graph.links.flatMap((link) => [
      ...(link.attachment.before ? [serverOf(link, "before")] : []),
      ...(link.attachment.after ? [serverOf(link, "after")] : []),
    ]),
  );
  return [...servers].sort().map((server): Route => {
    const sides = (["before", "after"] as const).flatMap((side) => {
      // What is forgotten stays as it is.
      const link = graph.linksOf(side, server)[0] ?? graph.linksOf("before", server).find(isForgotten);
      return link === undefined
        ? []
        : [[side, sideOf(link.attachment, link[side] ?? (isForgotten(link) ? link.before : undefined), side, plan)]];
    });
    return { server, ...Object.fromEntries(sides) };
  });
}

function isForgotten({ attachment }: { readonly attachment: ResourceChange }): boolean {
  return attachment.action === "forget";
}

const told = [...placeFields, ["audience", "resource"], ["clientId", "clientId"]] as const;

function sideOf(
  attachment: ResourceChange,
  end: GatewayEnd | undefined,
  side: "before" | "after",
  plan: PlanChanges,
): Side {
  const gateway = end?.gateway;
  // A gateway that leaves the program's care is still there.
  const values = gateway ? (gateway[side] ?? (gateway.action === "forget" ? gateway.before : undefined)) : end?.values;
  const isOpen = (field: string) => side === "after" && gateway?.unknown.has(field) === true;
  const sensitive = gateway?.sensitive ?? new Set<string>();
  const route = attachment[side] ?? attachment.before;
  const fields = told.flatMap(([name, field]) => {
    const value = stringAt(values, field);
    return value === undefined || isOpen(field) ? [] : [[name, shownOf({ sensitive }, field, value)]];
  });
  const scopes = stringsAt(values, "scopes");
  const jwksUri = stringAt(recordAt(values, "metadata"), "jwksUri");
  const publicId = stringAt(route, "publicId");
  const api = side === "after" ? stringAt(providerOf(plan, attachment)?.after, "apiUrl") : undefined;
  return {
    ...(end ? { gateway: end.key } : {}),
    ...Object.fromEntries(fields),
    ...(jwksUri === undefined || isOpen("metadata") ? {} : { jwksUri: shownOf({ sensitive }, "metadata", jwksUri) }),
    ...(scopes.length === 0 || isOpen("scopes")
      ? {}
      : { scopes: sensitive.has("scopes") ? ["(secret)"] : [...scopes] }),
    ...(publicId === undefined ? {} : { publicId }),
    ...optional("organization", organizationOf(values, route)),
    ...optional("api", api),
    unknown: unknownOf(attachment, end, values, isOpen),
  };
}

function organizationOf(values: Values | undefined, route: Values | undefined): string | undefined {
  return stringAt(values, "organizationId") ?? stringAt(route, "organizationId");
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: string });
}

/** What of a route is not in the input; all of it where not even the gateway is. */
function unknownOf(
  attachment: ResourceChange,
  end: GatewayEnd | undefined,
  values: Values | undefined,
  isOpen: (field: string) => boolean,
): string[] {
  if (end === undefined || values === undefined) return ["gateway"];
  return [
    ...told.flatMap(([name, field]) => (isOpen(field) ? [name] : [])),
    ...(isOpen("scopes") ? ["scopes"] : []),
    ...(isOpen("metadata") ? ["metadata"] : []),
    ...(attachment.unknown.has("publicId") ? ["publicId"] : []),
  ].sort();
}
