import type { ResourceChange, Values } from "../changes/change";
import { type GatewayEnd, type Graph, type Link, serverOf } from "../changes/graph";
import { isWritten, nameOf, stringAt } from "../changes/values";

/** A route that is new, or leads to another gateway than before, or may do so. */
export interface Reroute {
  readonly server: string;
  /** The key that it is found again by: its server, or its public id, which is what clients know of it. */
  readonly by: "server" | "publicId";
  /** What led there before; empty for a route that is new to the program. */
  readonly from: readonly Link[];
  readonly to: Link;
}

/** However the plan brings them about. What is not known of a route is in none of them. */
export function reroutesOf(graph: Graph): Reroute[] {
  return graph.links.flatMap((to): Reroute[] => {
    if (to.attachment.after === undefined || to.attachment.action === "forget") return [];
    const server = serverOf(to, "after");
    const leadsElsewhere = (from: readonly Link[]) => !from.some((link) => isSameEnd(link, to));
    const ofServer = isServerUnknown(to) ? undefined : graph.linksOf("before", server);
    const byServer: Reroute[] =
      ofServer && leadsElsewhere(ofServer) ? [{ server, by: "server", from: ofServer, to }] : [];
    // What the server was attached by is told already.
    const ofPublicId = graph.earlierOf(to).filter((link) => byServer.length === 0 || !ofServer?.includes(link));
    const byPublicId: Reroute[] =
      ofPublicId.length > 0 && leadsElsewhere(ofPublicId) ? [{ server, by: "publicId", from: ofPublicId, to }] : [];
    return [...byServer, ...byPublicId];
  });
}

/** Whether a link led to the gateway that another one leads to. */
export function isSameEnd({ before }: Link, { after }: Link): boolean {
  return before !== undefined && before.key === after?.key;
}

export function isServerUnknown({ attachment }: Link): boolean {
  return isWritten(attachment) && attachment.unknown.has("serverId");
}

/** Whether a public id that the program chooses is not known yet. One that the service chooses is not another route's. */
export function isPublicIdUnknown({ attachment }: Link): boolean {
  const field = "publicId";
  const isOpen = attachment.unknown.has(field) && attachment.leftOut?.has(field) !== true;
  const isHidden = attachment.hidden.has(field) && attachment.settled?.has(field) !== true;
  return isWritten(attachment) && (isOpen || isHidden);
}

export function valuesBefore({ gateway, values }: GatewayEnd): Values | undefined {
  return gateway ? gateway.before : values;
}

/** What a gateway is after the apply; undefined for one that is known by its id alone. */
export function valuesAfter({ gateway, values }: GatewayEnd): Values | undefined {
  return gateway ? gateway.after : values;
}

export function nameOfEnd({ gateway, values, sensitive, key }: GatewayEnd): string {
  return gateway ? nameOf(gateway) : ((sensitive?.has("name") ? undefined : stringAt(values, "name")) ?? key);
}

const none: ReadonlySet<string> = new Set();

/** What of a gateway's values is not known, or must not be shown. */
export function marksOf({
  gateway,
  sensitive = none,
}: GatewayEnd): Pick<ResourceChange, "unknown" | "hidden" | "sensitive"> {
  if (gateway === undefined) return { unknown: none, hidden: none, sensitive };
  // To a route that comes to it, what stands there as before is new, and not known.
  return { ...gateway, unknown: new Set([...gateway.unknown, ...Object.keys(gateway.standing ?? {})]) };
}
