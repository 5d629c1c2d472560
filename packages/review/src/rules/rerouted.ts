import { type Json, sameJson } from "@mcpstack/model";
import type { PlanChanges, ResourceChange } from "../changes/change";
import type { GatewayEnd, Link } from "../changes/graph";
import { configuredKey, providerOf } from "../changes/values";
import { marksOf, nameOfEnd, type Reroute, reroutesOf, valuesAfter, valuesBefore } from "../routes/reroutes";
import { audience } from "./audience";
import { checksInForce } from "./checks";
import { client } from "./client";
import { endpointsOfRoute } from "./endpoints";
import { inForce } from "./in-force";
import { connection } from "./provider";
import type { Draft, Rule, RuleContext } from "./rule";
import { scopes } from "./scopes";

/** What a route is besides its sites. Another gateway changes them for its users as an edit of the gateway would. */
const ofRoutes: readonly Rule[] = [endpointsOfRoute, client, audience, scopes, checksInForce];

/** As whom, for what and with what rights users of a route that existed sign in at the gateway that it goes over to, and what is trusted there. */
export const rerouted: Rule = (context) =>
  reroutesOf(context.graph).flatMap((route) => [...ofProfile(route, context), ...ofConnection(route, context)]);

function ofProfile({ server, from, to }: Reroute, context: RuleContext): Draft[] {
  const links = from.filter(({ before }) => before !== undefined && valuesBefore(before) !== undefined);
  const found = links.slice(0, 1).flatMap((link) =>
    to.candidates.flatMap((end) => {
      const change = asEdit(server, link, to, end, context.plan);
      if (change === undefined) return [];
      const alone = { ...context, plan: { ...context.plan, gateways: [change] } };
      return ofRoutes.flatMap((rule) =>
        rule(alone).map(
          (draft): Draft => ({ ...draft, subject: to.attachment, gateway: end.gateway, servers: [server] }),
        ),
      );
    }),
  );
  return found.filter((draft, index) => found.findIndex((other) => isSame(draft, other)) === index);
}

function isSame(a: Draft, b: Draft): boolean {
  return a.code === b.code && a.before === b.before && a.after === b.after && sameJson([...a.fields], [...b.fields]);
}

/** The two gateways of a route, as if one had become the other by an edit. */
function asEdit(server: string, from: Link, to: Link, end: GatewayEnd, plan: PlanChanges): ResourceChange | undefined {
  const [before, after] = [from.before && valuesBefore(from.before), valuesAfter(end)];
  if (from.before === undefined || before === undefined || after === undefined) return undefined;
  const [was, will] = [marksOf(from.before), marksOf(end)];
  const [earlier, later] = [from.before.gateway ?? from.attachment, end.gateway ?? to.attachment];
  const trustLater = providerOf(plan, later)?.after ?? {};
  // What changes in the configuration that both have is told there.
  const isOne = configuredKey(plan, earlier) === configuredKey(plan, later);
  const trustEarlier = isOne ? trustLater : (earlier.configuredBefore ?? providerOf(plan, earlier)?.after ?? {});
  return {
    kind: "gateway",
    address: to.attachment.address,
    label: to.attachment.label,
    action: "update",
    before: inForce(before, trustEarlier),
    after: { ...inForce(after, trustLater), name: `${server} at ${nameOfEnd(end)}` },
    unknown: will.unknown,
    sensitive: new Set([...was.sensitive, ...will.sensitive].filter((field) => field !== "name")),
    hidden: new Set([...was.hidden, ...will.hidden]),
    imported: false,
    deferred: false,
    providerKey: later.providerKey,
  };
}

/** A server that another attachment takes over has that one's API and organization. Of one attachment, its configuration tells. */
function ofConnection({ server, from, to }: Reroute, context: RuleContext): Draft[] {
  const { plan } = context;
  const provider = providerOf(plan, to.attachment);
  return from.slice(0, 1).flatMap(({ attachment }): Draft[] => {
    const before = attachment.configuredBefore ?? providerOf(plan, attachment)?.after;
    if (attachment === to.attachment || !provider?.after || !before || sameJson(before as Json, provider.after as Json))
      return [];
    const change = { ...provider, address: to.attachment.address, use: "continued" as const, before };
    return connection(change, context).map((draft) => ({ ...draft, servers: [server] }));
  });
}
