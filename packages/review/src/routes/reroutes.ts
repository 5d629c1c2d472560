import type { ResourceChange, Values } from "../changes/change";
import { type GatewayEnd, type Graph, type Link, serverOf } from "../changes/graph";
import { isWritten, nameOf, stringAt } from "../changes/values";

/** A server's route that is new, or leads to another gateway than before, or may do so. */
export interface Reroute {
  readonly server: string;
  /** What the server was attached by; empty for a route that is new to the program. */
  readonly from: readonly Link[];
  readonly to: Link;
}

/** However the plan brings them about. A server that is not known is in none of them. */
export function reroutesOf(graph: Graph): Reroute[] {
  return graph.links.flatMap((to): Reroute[] => {
    if (to.attachment.after === undefined || to.attachment.action === "forget" || isServerUnknown(to)) return [];
    const server = serverOf(to, "after");
    const from = graph.linksOf("before", server);
    const stays = from.some(({ before }) => before !== undefined && before.key === to.after?.key);
    return stays ? [] : [{ server, from, to }];
  });
}

export function isServerUnknown({ attachment }: Link): boolean {
  return isWritten(attachment) && attachment.unknown.has("serverId");
}

export function valuesBefore({ gateway, values }: GatewayEnd): Values | undefined {
  return gateway ? gateway.before : values;
}

/** What a gateway is after the apply; undefined for one that is known by its id alone. */
export function valuesAfter({ gateway, values }: GatewayEnd): Values | undefined {
  return gateway ? gateway.after : values;
}

export function nameOfEnd({ gateway, values, key }: GatewayEnd): string {
  return gateway ? nameOf(gateway) : (stringAt(values, "name") ?? key);
}

const none: ReadonlySet<string> = new Set();

/** What of a gateway's values is not known, or must not be shown. */
export function marksOf({ gateway }: GatewayEnd): Pick<ResourceChange, "unknown" | "hidden" | "sensitive"> {
  return gateway ?? { unknown: none, hidden: none, sensitive: none };
}
