import { type Json, sameJson } from "@mcpstack/model";
import type { PlanChanges, ResourceChange } from "../changes/change";
import type { GatewayEnd, Link } from "../changes/graph";
import { configuredKey, providerOf } from "../changes/values";
import { marksOf, nameOfEnd, type Reroute, reroutesOf, valuesAfter, valuesBefore } from "../routes/reroutes";
import { audience } from "./audience";
import { catalogue } from "./catalogue";
import { checksInForce } from "./checks";
import { client } from "./client";
import { endpointsOfRoute } from "./endpoints";
import { inForce } from "./in-force";
import { connection } from "./provider";
import type { Draft, Rule, RuleContext } from "./rule";
import { scopes } from "./scopes";
import { settingsAllowed, settingsOfRoute } from "./settings";

/** What a route is besides its sites. Another gateway changes them for its users as an edit of the gateway would. */
const ofRoutes: readonly Rule[] = [endpointsOfRoute, client, audience, scopes, checksInForce];

/** As whom, for what and with what rights users of a route that existed sign in at the gateway that it goes over to, and what is trusted there. */
export const rerouted: Rule = (context) =>
  reroutesOf(context.graph).flatMap((route) => [...ofProfile(route, context), ...ofConnection(route, context)]);

function ofProfile(route: Reroute, context: RuleContext): Draft[] {
  const { server, to } = route;
  const isKnown = linkBefore(route) !== undefined;
  const found = edits(route, context).flatMap(({ change, end }) => {
    const alone = { ...context, plan: { ...context.plan, gateways: [change] } };
    // Of a route whose earlier gateway nobody knows, `settings` are judged as they stand; of the rest, its rules tell that nobody can.
    return [
      ...(isKnown ? ofRoutes.flatMap((rule) => rule(alone)) : []),
      ...(isNew(route) ? settingsAllowed(change, end.gateway, context) : settingsOfRoute(change, end.gateway, context)),
    ].map((draft): Draft => ({ ...draft, subject: to.attachment, gateway: end.gateway, servers: [server] }));
  });
  return found.filter((draft, index) => found.findIndex((other) => isSame(draft, other)) === index);
}

/** Whether `settings` lead the users of a route elsewhere, though all else that its gateways say were the same. */
export function settingsLeadElsewhere(route: Reroute, context: RuleContext): boolean {
  return edits(route, context).some(({ change }) =>
    settingsOfRoute(change, undefined, context).some(
      ({ code, severity = catalogue[code].severity }) => code !== "settings-changed" && severity === "error",
    ),
  );
}

function edits(route: Reroute, { plan }: RuleContext) {
  return route.to.candidates.flatMap((end) => {
    const change = asEdit(route.server, linkBefore(route), route.to, end, plan);
    return change === undefined ? [] : [{ change, end }];
  });
}

/** What led there before, where the input holds what that was. */
function linkBefore({ from }: Reroute): Link | undefined {
  return from.find(({ before }) => before !== undefined && valuesBefore(before) !== undefined);
}

/** Whether nobody used it, as far as the program knows. What it takes over, somebody may. */
function isNew({ from, to: { attachment } }: Reroute): boolean {
  return from.length === 0 && !(attachment.imported && attachment.before === undefined);
}

function isSame(a: Draft, b: Draft): boolean {
  return a.code === b.code && a.before === b.before && a.after === b.after && sameJson([...a.fields], [...b.fields]);
}

/** The two gateways of a route, as if one had become the other by an edit; as a new one, where what was before is not known. */
function asEdit(
  server: string,
  from: Link | undefined,
  to: Link,
  end: GatewayEnd,
  plan: PlanChanges,
): ResourceChange | undefined {
  const after = valuesAfter(end);
  if (after === undefined) return undefined;
  const before = from?.before && valuesBefore(from.before);
  const [was, will] = [from?.before && marksOf(from.before), marksOf(end)];
  const later = end.gateway ?? to.attachment;
  const earlier = from?.before?.gateway ?? from?.attachment ?? later;
  const trustLater = providerOf(plan, later)?.after ?? {};
  // What changes in the configuration that both have is told there.
  const isOne = configuredKey(plan, earlier) === configuredKey(plan, later);
  const trustEarlier = isOne ? trustLater : (earlier.configuredBefore ?? providerOf(plan, earlier)?.after ?? {});
  return {
    kind: "gateway",
    address: to.attachment.address,
    label: to.attachment.label,
    action: "update",
    before: before && inForce(before, trustEarlier),
    after: { ...inForce(after, trustLater), name: `${server} at ${nameOfEnd(end)}` },
    unknown: will.unknown,
    sensitive: new Set([...(was?.sensitive ?? []), ...will.sensitive].filter((field) => field !== "name")),
    hidden: new Set([...(was?.hidden ?? []), ...will.hidden]),
    writeOnly: end.gateway?.writeOnly,
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
