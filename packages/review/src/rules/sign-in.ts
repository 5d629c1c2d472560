import type { ResourceChange } from "../changes/change";
import { type GatewayEnd, type Link, serverOf } from "../changes/graph";
import { shown } from "../changes/shown";
import { nameOf, stringAt } from "../changes/values";
import { newPlaces, type Place, placeFields, placesOf } from "../routes/places";
import {
  isPublicIdUnknown,
  isSameEnd,
  isServerUnknown,
  nameOfEnd,
  type Reroute,
  reroutesOf,
  valuesAfter,
  valuesBefore,
} from "../routes/reroutes";
import { settingsLeadElsewhere } from "./rerouted";
import type { Draft, Rule, RuleContext } from "./rule";

/**
 * Where the users of a route that existed sign in from now on, however the plan brings it about: by an attachment that moves, by a gateway
 * that takes another one's name, or by one that was made elsewhere and is taken over. What an edit of a gateway brings about is told by
 * the rules of its fields.
 */
export const signIn: Rule = (context) => [
  ...moves(context),
  ...perhapsRenamed(context),
  ...perhapsTakenOver(context),
  ...successors(context),
  ...takenOver(context),
  ...opaque(context),
];

function moves(context: RuleContext): Draft[] {
  const { graph } = context;
  return [
    ...graph.links.filter(isServerUnknown).map((link) => serverUnknown(link, context)),
    ...reroutesOf(graph).flatMap((route) => {
      const { from, to } = route;
      // A server that was attached to nothing in this program is no route that existed, unless what exists is taken over.
      if (from.length === 0 && !(to.attachment.imported && to.attachment.before === undefined)) return [];
      if (!to.open && to.candidates.length === 0) return [];
      return ofMove(route, context);
    }),
  ];
}

/**
 * A server is attached by its id or by its slug. Where one that is called one way loses its gateway, and one that is called the other way
 * gets another, they may be one. So they may where one is only forgotten, whatever both look like: it stays attached, and no other rule
 * tells that it would be led elsewhere.
 */
function perhapsRenamed(context: RuleContext): Draft[] {
  const { graph, plan } = context;
  const isKnown = (server: string) => plan.serverNames.some((names) => names.length > 1 && names.includes(server));
  const mayBeOne = ({ attachment }: Link, was: string, will: string) =>
    !isKnown(was) && !isKnown(will) && (attachment.action === "forget" || isId(was) !== isId(will));
  const leaving = graph.links.filter(
    (link) => link.attachment.before !== undefined && graph.linksOf("after", serverOf(link, "before")).length === 0,
  );
  return reroutesOf(graph).flatMap((route): Draft[] => {
    const { server, by, from, to } = route;
    if (by !== "server" || from.length > 0 || to.attachment.imported) return [];
    const perhaps = leaving.filter(
      (link) => mayBeOne(link, serverOf(link, "before"), server) && isMoveFrom(link, route, context),
    );
    if (perhaps.length === 0) return [];
    const others = serversBefore(perhaps);
    return [
      {
        code: "cannot-be-reviewed",
        subject: to.attachment,
        servers: [server, ...others],
        gateway: to.after?.gateway,
        fields: ["serverId"],
        summary: `It cannot be told whether ${server} is another name of ${list(others)}`,
        before: shown(others),
        after: shown(server),
        fix: "Attach the server by the name that it was attached by, or look it up with the data source `mcpstack_server` in a Terraform program, so that the plan holds both of its names.",
      },
    ];
  });
}

/** A public id that is not known yet may be one that another route gives up in this plan: its clients would sign in here. */
function perhapsTakenOver(context: RuleContext): Draft[] {
  const { graph } = context;
  return graph.links.filter(isPublicIdUnknown).flatMap((to): Draft[] => {
    const server = serverOf(to, "after");
    const own = graph.linksOf("before", server);
    const route = { server, by: "publicId", from: [], to } as const;
    const perhaps = graph.freedFor(to).filter((link) => !own.includes(link) && isMoveFrom(link, route, context));
    if (perhaps.length === 0) return [];
    const others = serversBefore(perhaps);
    return [
      {
        code: "cannot-be-reviewed",
        subject: to.attachment,
        servers: [server, ...others],
        gateway: to.after?.gateway,
        fields: ["publicId"],
        summary: `It cannot be told whether ${server} takes over the MCP URL of ${list(others)}`,
        after: to.attachment.unknown.has("publicId") ? "(known after apply)" : "(secret)",
        fix: "Write the public id out, or make what it is made from in an apply of its own.",
      },
    ];
  });
}

/** Whether users would be led elsewhere, if this were what the route was before. */
function isMoveFrom(link: Link, route: Reroute, context: RuleContext): boolean {
  const move = { ...route, from: [link] };
  return !isSameEnd(link, route.to) && (ofMove(move, context).length > 0 || settingsLeadElsewhere(move, context));
}

function serversBefore(links: readonly Link[]): string[] {
  return [...new Set(links.map((link) => serverOf(link, "before")))].sort();
}

/** Slugs are parts of addresses: small letters and digits, parted by hyphens. */
function isId(server: string): boolean {
  return !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(server) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(server);
}

/** A route by what its users know of it. */
function spokenOf({ server, by, from }: Reroute) {
  return by === "server"
    ? { servers: [server], field: "gatewayId", whose: server, it: "this server" }
    : {
        servers: [...new Set([server, ...serversBefore(from)])],
        field: "publicId",
        whose: `the MCP URL that ${list(serversBefore(from))} had`,
        it: "this MCP URL",
      };
}

function ofMove(route: Reroute, context: RuleContext): Draft[] {
  const { server, to } = route;
  const from = route.from.flatMap(({ before }) => before ?? []);
  const { servers, field, whose, it } = spokenOf(route);
  const draft = { subject: to.attachment, servers, gateway: to.after?.gateway, fields: [field] };
  const before = from.map(valuesBefore).filter((values) => values !== undefined);
  const was = before.length === 0 ? undefined : before.flatMap((values) => placesOf(values));
  const names = {
    before: shown(from.map(nameOfEnd)),
    after: shown(to.candidates.map(nameOfEnd)) ?? "(known after apply)",
  };
  const doubts = [
    ...(to.open ? [`which gateway ${server} uses`] : []),
    ...to.candidates.flatMap((end) => doubtAbout(end, from)),
  ];
  const reached = to.candidates.flatMap((end) => placesOf(valuesAfter(end) ?? {}));
  const strange = newPlaces(was ?? [], reached, context.known.allowed);
  if (strange.length > 0 && was !== undefined) {
    return [
      {
        ...draft,
        code: "sign-in-moved",
        summary: `Users of ${whose} are led to ${rolesOf(strange)} that ${it} did not use before`,
        before: shown(urlsOf(was, strange)),
        after: shown(strange.map(({ url }) => url)),
      },
    ];
  }
  // Where nobody knows what was, what the policy allows is enough.
  if (strange.length > 0) doubts.push(`where users of ${whose} signed in before`);
  return doubts.length === 0
    ? []
    : [{ ...draft, ...names, code: "cannot-be-reviewed", summary: `It cannot be told ${list(doubts)}` }];
}

/** A server id that is not known yet may be that of any server, and one that is attached already. */
function serverUnknown({ attachment, candidates }: Link, { graph }: RuleContext): Draft {
  const isFree = graph.links.some((link) => link.before !== undefined && link.after?.key !== link.before.key);
  return {
    code: "cannot-be-reviewed",
    ...(attachment.before === undefined && !isFree ? { severity: "warn" as const } : {}),
    subject: attachment,
    gateway: candidates[0]?.gateway,
    fields: ["serverId"],
    summary: "It cannot be told which server is attached",
    after: "(known after apply)",
  };
}

/** A gateway that goes and one that comes under its name are one to the people who sign in through it. */
function successors({ plan, known }: RuleContext): Draft[] {
  return plan.gateways.flatMap((gateway): Draft[] => {
    if (gateway.action !== "create" || gateway.before !== undefined || gateway.imported) return [];
    const name = stringAt(gateway.after, "name");
    const earlier = plan.gateways.find(
      (other) => other.after === undefined && stringAt(other.before, "name") === name && name !== undefined,
    );
    if (!earlier?.before || !gateway.after) return [];
    const was = placesOf(earlier.before);
    const strange = newPlaces(was, placesOf(gateway.after), known.allowed);
    if (strange.length === 0) return [];
    return [
      {
        code: "sign-in-moved",
        subject: gateway,
        gateway,
        fields: [...new Set(strange.map(({ field }) => field))],
        summary: `${nameOf(gateway)} takes the place of a gateway of its name and leads users to ${rolesOf(strange)} that it did not use before`,
        before: shown(urlsOf(was, strange)),
        after: shown(strange.map(({ url }) => url)),
      },
    ];
  });
}

/** What exists under the name of a resource that takes it over; what it was is not in the input. */
function takenOver({ plan, known }: RuleContext): Draft[] {
  return plan.gateways.flatMap((gateway): Draft[] => {
    if (!gateway.imported || gateway.before !== undefined || !gateway.after) return [];
    if (newPlaces([], placesOf(gateway.after), known.allowed).length === 0 && doubtsOf(gateway).length === 0) return [];
    return [
      {
        code: "cannot-be-reviewed",
        subject: gateway,
        gateway,
        fields: placeFields.map(([, field]) => field).filter((field) => gateway.after?.[field] !== undefined),
        summary: `It cannot be told where users of ${nameOf(gateway)} signed in before the program takes it over`,
        after: shown(stringAt(gateway.after, "authorizationServerUrl")),
      },
    ];
  });
}

function opaque({ plan }: RuleContext): Draft[] {
  return plan.opaque.map(({ address, concerns, what, before, after }) => ({
    code: "cannot-be-reviewed",
    ...(concerns ? {} : { severity: "info" as const }),
    subject: { kind: "module", address, label: address },
    fields: [],
    summary: what,
    before: shown(before),
    after: shown(after),
  }));
}

function doubtAbout(end: GatewayEnd, from: readonly GatewayEnd[]): string[] {
  const name = nameOfEnd(end);
  const values = valuesAfter(end);
  const unknown = end.gateway ? doubtsOf(end.gateway, from) : [];
  // A gateway that leads nowhere is one of which the input holds the id alone.
  if (unknown.length === 0 && (values === undefined || placesOf(values).length === 0))
    return [`what gateway ${name} is, which is not in the input`];
  return unknown;
}

function doubtsOf(gateway: ResourceChange, from: readonly GatewayEnd[] = []): string[] {
  const fields = [...placeFields.map(([, field]) => field), "settings"];
  const standing = Object.entries(gateway.standing ?? {}).flatMap(([field, text]) =>
    from.length > 0 && from.every((end) => isSameStanding(field, text, end)) ? [] : [field],
  );
  return fields.some((field) => gateway.unknown.has(field) || gateway.hidden.has(field) || standing.includes(field))
    ? [`where users of ${nameOf(gateway)} will sign in`]
    : [];
}

/** Whether a gateway has the same expression, whatever it comes to. Of instances, the same text may come to another thing for each. */
function isSameStanding(field: string, text: string, { gateway }: GatewayEnd): boolean {
  return gateway?.standing?.[field] === text && !/\b(?:each|count|self)\b/.test(text);
}

/** The addresses before in the roles that change. */
function urlsOf(before: readonly Place[], strange: readonly Place[]): string[] {
  const roles = new Set(strange.map(({ role }) => role));
  const same = before.filter(({ role }) => roles.has(role));
  const shownPlaces = same.length > 0 ? same : before.filter(({ role }) => role === "issuer");
  return [...new Set(shownPlaces.map(({ url }) => url))];
}

const spoken: Readonly<Record<Place["role"], string>> = {
  issuer: "an authorization server",
  metadataUrl: "a metadata URL",
  authorizationEndpoint: "an authorization endpoint",
  tokenEndpoint: "a token endpoint",
  registrationEndpoint: "a registration endpoint",
  jwksUri: "a key set",
};

function rolesOf(places: readonly Place[]): string {
  return list([...new Set(places.map(({ role }) => spoken[role]))]);
}

function list(texts: readonly string[]): string {
  const unique = [...new Set(texts)];
  return unique.length < 2 ? unique.join() : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1)}`;
}
