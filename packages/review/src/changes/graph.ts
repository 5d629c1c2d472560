import type { PlanChanges, ResourceChange } from "./change";
import { stringAt } from "./values";

/** Which gateway a server uses, before and after the apply. A gateway outside of the plan is known by its id alone. */
export interface Link {
  readonly attachment: ResourceChange;
  readonly server: string;
  readonly before?: GatewayEnd | undefined;
  readonly after?: GatewayEnd | undefined;
}

export interface GatewayEnd {
  /** The same text means the same gateway: its address where it is in the plan, else its id. */
  readonly key: string;
  readonly gateway?: ResourceChange | undefined;
}

export interface Graph {
  readonly links: readonly Link[];
  serversBefore(gateway: ResourceChange): readonly string[];
  serversAfter(gateway: ResourceChange): readonly string[];
  /** The links of a server, by the side on which it has them. */
  linksOf(side: "before" | "after", server: string): readonly Link[];
}

/** Ties attachments to gateways by id, and by the program's references where an id is not known yet. */
export function graphOf(plan: PlanChanges): Graph {
  const byAddress = new Map(plan.gateways.map((gateway) => [gateway.address, gateway]));
  const byId = new Map<string, ResourceChange>();
  for (const gateway of plan.gateways) {
    for (const side of [gateway.before, gateway.after]) {
      const id = stringAt(side, "id");
      if (id !== undefined) byId.set(id, gateway);
    }
  }
  const end = (id: string | undefined, reference: string | undefined): GatewayEnd | undefined => {
    const gateway =
      (id === undefined ? undefined : byId.get(id)) ?? (reference === undefined ? undefined : byAddress.get(reference));
    if (gateway) return { key: gateway.address, gateway };
    const key = id ?? reference;
    return key === undefined ? undefined : { key };
  };
  const links = plan.attachments.map((attachment): Link => {
    const { before, after, gatewayReference } = attachment;
    const afterId = stringAt(after, "gatewayId");
    return {
      attachment,
      server: stringAt(after, "serverId") ?? stringAt(before, "serverId") ?? attachment.label,
      before: before && end(stringAt(before, "gatewayId"), gatewayReference?.before),
      // A known id says more than a reference, which may lead through a conditional expression.
      after: after && end(afterId, afterId === undefined ? gatewayReference?.after : undefined),
    };
  });
  const sides = { before: indexed(links, "before"), after: indexed(links, "after") };
  const servers = (side: "before" | "after") => (gateway: ResourceChange) => sides[side].servers.get(gateway) ?? [];
  return {
    links,
    serversBefore: servers("before"),
    serversAfter: servers("after"),
    linksOf: (side, server) => sides[side].links.get(server) ?? [],
  };
}

function indexed(links: readonly Link[], side: "before" | "after") {
  const byGateway = new Map<ResourceChange, Set<string>>();
  const byServer = new Map<string, Link[]>();
  for (const link of links) {
    if (link.attachment[side] === undefined) continue;
    const server = serverOf(link, side);
    const gateway = link[side]?.gateway;
    if (gateway) byGateway.set(gateway, (byGateway.get(gateway) ?? new Set()).add(server));
    const others = byServer.get(server);
    if (others) others.push(link);
    else byServer.set(server, [link]);
  }
  const servers = new Map([...byGateway].map(([gateway, names]) => [gateway, [...names].sort()]));
  return { servers, links: byServer };
}

/** A replaced attachment may name another server on each side. */
export function serverOf(link: Link, side: "before" | "after"): string {
  return stringAt(link.attachment[side], "serverId") ?? link.server;
}
