import type { ResourceChange } from "../changes/change";
import type { Graph } from "../changes/graph";
import { shown, shownField } from "../changes/shown";
import { nameOf } from "../changes/values";
import { type Draft, perGateway, type Rule } from "./rule";

/** Gateways that go away, are made anew, or leave or enter the program's care. */
const gateways = perGateway((gateway, { graph }) => {
  const servers = leftBehind(gateway, graph);
  const draft = {
    subject: gateway,
    gateway,
    fields: [],
    before: shownField(gateway, "before", "authorizationServerUrl"),
    after: shownField(gateway, "after", "authorizationServerUrl"),
  };
  switch (gateway.action) {
    case "delete":
      return servers.length > 0
        ? [
            {
              ...draft,
              code: "gateway-gone-attached",
              servers,
              before: shown([...servers]),
              summary: `${nameOf(gateway)} is deleted with ${count(servers)} attached`,
            },
          ]
        : [{ ...draft, code: "gateway-deleted", summary: `${nameOf(gateway)} is deleted` }];
    case "replace":
      return servers.length > 0
        ? [
            {
              ...draft,
              code: "gateway-replaced-attached",
              servers,
              before: shown([...servers]),
              after: shown([...graph.serversAfter(gateway)]),
              summary: `${nameOf(gateway)} is deleted and made anew with ${count(servers)} attached`,
            },
          ]
        : [{ ...draft, code: "gateway-deleted", summary: `${nameOf(gateway)} is deleted and made anew` }];
    default:
      return [];
  }
});

/** Servers that this plan does not move to another gateway. */
function leftBehind(gateway: ResourceChange, graph: Graph): readonly string[] {
  return graph
    .serversBefore(gateway)
    .filter(
      (server) =>
        !graph
          .linksOf("after", server)
          .some(({ after }) => after && after.gateway !== gateway && after.key !== gateway.address),
    );
}

const care: Rule = ({ plan }) =>
  [...plan.gateways, ...plan.attachments].flatMap((change): Draft[] => {
    const draft = { subject: change, gateway: change.kind === "gateway" ? change : undefined, fields: [] };
    const found: Draft[] = [];
    if (change.action === "forget") {
      found.push({ ...draft, code: "gateway-forgotten", summary: `${nameOf(change)} stays, but leaves the program` });
    }
    if (change.imported)
      found.push({ ...draft, code: "gateway-imported", summary: `${nameOf(change)} enters the program` });
    if (change.deferred)
      found.push({ ...draft, code: "change-deferred", summary: `The change of ${nameOf(change)} is planned later` });
    return found;
  });

export const removal: Rule = (context) => [...gateways(context), ...care(context)];

function count(servers: readonly string[]): string {
  return servers.length === 1 ? "1 server" : `${servers.length} servers`;
}
