import { originOf } from "@mcpstack/model";
import { anyInstance, type PlanChanges, type References, type ResourceChange, type Values } from "./change";
import { configuredKey, instanceKeys, providerOf, stringAt, withoutKeys } from "./values";

/** Which gateway a server uses, before and after the apply. */
export interface Link {
  readonly attachment: ResourceChange;
  readonly server: string;
  /** The server on each side: a replaced attachment may name another one. */
  readonly servers: { readonly before?: string | undefined; readonly after?: string | undefined };
  readonly before?: GatewayEnd | undefined;
  /** The one gateway that it is certain to use. */
  readonly after?: GatewayEnd | undefined;
  /** The gateways of which it will use one; `after` alone where that is certain. */
  readonly candidates: readonly GatewayEnd[];
  /** Whether it may use a gateway that is not among the candidates. */
  readonly open: boolean;
  /** The one to show beside it: `after`, or of instances the one with the attachment's own key. Nothing is judged by it. */
  readonly likely?: GatewayEnd | undefined;
}

export interface GatewayEnd {
  /** The same text means the same gateway: its address where it is in the plan, else its id, or the expression that comes to it. */
  readonly key: string;
  readonly gateway?: ResourceChange | undefined;
  /** Of a gateway that the plan does not touch: what it is. Absent for one that is known by its id alone. */
  readonly values?: Values | undefined;
  /** Of these values, those that must not be shown. */
  readonly sensitive?: ReadonlySet<string> | undefined;
}

export interface Graph {
  readonly links: readonly Link[];
  serversBefore(gateway: ResourceChange): readonly string[];
  serversAfter(gateway: ResourceChange): readonly string[];
  /** The links of a server, by the side on which it has them. */
  linksOf(side: "before" | "after", server: string): readonly Link[];
  /** The links whose public id, before the apply, is the one that a link has after it. A public id is one of its API. */
  earlierOf(link: Link): readonly Link[];
  /** The links whose public id nothing in the plan has after the apply, at the API of a link. */
  freedFor(link: Link): readonly Link[];
}

/** Ties attachments to gateways by id, and by the program's references where an id is not known yet. */
export function graphOf(plan: PlanChanges): Graph {
  // An id is one of the API that it was read from: another provider's may give the same one to another gateway.
  const byId = new Map<string, GatewayEnd>();
  const nameOfId = (of: { readonly providerKey: string }, id: string) => JSON.stringify([configuredKey(plan, of), id]);
  // What the plan itself touches says more than what was looked up.
  for (const { values, sensitive, providerKey } of [...plan.lookedUp, ...plan.unplanned]) {
    const id = stringAt(values, "id");
    if (id !== undefined) byId.set(nameOfId({ providerKey }, id), { key: id, values, sensitive });
  }
  for (const gateway of plan.gateways) {
    for (const side of [gateway.before, gateway.after]) {
      const id = stringAt(side, "id");
      if (id !== undefined) byId.set(nameOfId(gateway, id), { key: gateway.address, gateway });
    }
  }
  const byReference = referenced(plan.gateways);
  const standing = standingExpressions(plan.attachments);
  const serverNamed = serverNames(plan);
  const links = plan.attachments.map((attachment): Link => {
    const { before, after, gatewayReference: references = {} } = attachment;
    const servers = {
      before: serverNamed(stringAt(before, "serverId")),
      after: serverNamed(stringAt(after, "serverId")),
    };
    const server = servers.after ?? servers.before ?? attachment.label;
    const idBefore = stringAt(before, "gatewayId");
    const idAfter = stringAt(after, "gatewayId");
    const end = (id: string): GatewayEnd => byId.get(nameOfId(attachment, id)) ?? { key: id };
    const was =
      idBefore === undefined
        ? (standing(references.before) ?? only(byReference("before", references.before)))
        : end(idBefore);
    const stays = standing(references.after);
    // A known id says more than a reference, which may lead through a conditional expression.
    const will =
      idAfter === undefined
        ? stays
          ? { candidates: [stays], open: false }
          : staying(was, byReference("after", references.after))
        : { candidates: [end(idAfter)], open: false };
    return {
      attachment,
      server,
      servers,
      before: before && was,
      ...(after === undefined
        ? { candidates: [], open: false }
        : {
            ...will,
            after: only(will),
            likely:
              will.candidates.length === 1
                ? will.candidates[0]
                : will.candidates.find((one) => hasKeyOf(attachment, one)),
          }),
    };
  });
  const sides = { before: indexed(links, "before"), after: indexed(links, "after") };
  const servers = (side: "before" | "after") => (gateway: ResourceChange) => sides[side].servers.get(gateway) ?? [];
  const named = namedBefore(links);
  const taken = new Set(links.flatMap((link) => publicIdOf(link, "after") ?? []));
  const freed = [...named].flatMap(([name, of]) => (taken.has(name) ? [] : of));
  const apis = new Map(plan.attachments.map((attachment) => [attachment, apiOf(plan, attachment)]));
  const mayShareApi = (one: Link) => (other: Link) => {
    const [a, b] = [apis.get(one.attachment), apis.get(other.attachment)];
    return a === undefined || b === undefined || a === b;
  };
  return {
    links,
    serversBefore: servers("before"),
    serversAfter: servers("after"),
    linksOf: (side, server) => sides[side].links.get(server) ?? [],
    earlierOf: (link) => (named.get(publicIdOf(link, "after") ?? "") ?? []).filter(mayShareApi(link)),
    freedFor: (link) => freed.filter(mayShareApi(link)),
  };
}

/** Expressions that something comes to both before and after the apply: what it is nobody can tell, but that it is one gateway. */
function standingExpressions(attachments: readonly ResourceChange[]) {
  const meaningsOn = (side: "before" | "after") =>
    new Map(
      attachments.flatMap(({ gatewayReference }) => {
        const expression = gatewayReference?.[side]?.expression;
        return expression ? [[expression.meaning, expression.text] as const] : [];
      }),
    );
  const after = meaningsOn("after");
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const [meaning, text] of meaningsOn("before")) {
    if (!after.has(meaning)) continue;
    // The same text may stand for another gateway in another place, as `each.key` does.
    const key = taken.has(text) ? `${text} (${keys.size + 1})` : text;
    taken.add(key);
    keys.set(meaning, key);
  }
  return (references: References | undefined): GatewayEnd | undefined => {
    const key = keys.get(references?.expression?.meaning ?? "");
    return key === undefined ? undefined : { key };
  };
}

function namedBefore(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const named = new Map<string, Link[]>();
  for (const link of links) {
    const name = publicIdOf(link, "before");
    const others = name === undefined ? undefined : named.get(name);
    if (others) others.push(link);
    else if (name !== undefined) named.set(name, [link]);
  }
  return named;
}

/** The name of a public route. Nobody says that a service tells its letters' case apart. */
function publicIdOf({ attachment }: Link, side: "before" | "after"): string | undefined {
  return stringAt(attachment[side], "publicId")?.toLowerCase();
}

/** Where it is written; left out, the environment may name it. */
function apiOf(plan: PlanChanges, attachment: ResourceChange): string | undefined {
  const provider = providerOf(plan, attachment);
  const url = provider?.unknown.has("apiUrl") ? undefined : stringAt(provider?.after, "apiUrl");
  return url === undefined ? undefined : originOf(url);
}

/**
 * An id that is not known yet is none that is known: of the instances that a reference may mean, where the one that the attachment had is
 * made anew and all others keep their ids, it is that one. Not for certain: what the program compares may decide on a known id, too.
 */
function staying(was: GatewayEnd | undefined, will: Ends): Ends {
  const mayBe = will.candidates.filter(
    ({ gateway }) => gateway === undefined || stringAt(gateway.after, "id") === undefined,
  );
  const [only, ...others] = mayBe;
  const isReplaced = only !== undefined && only.key === was?.key && only.gateway?.action === "replace";
  const areSiblings =
    will.candidates.length > 1 && new Set(will.candidates.map(({ key }) => withoutKeys(key))).size === 1;
  return isReplaced && others.length === 0 && areSiblings ? { candidates: [only], open: true } : will;
}

function hasKeyOf(attachment: ResourceChange, { key }: GatewayEnd): boolean {
  const keys = (address: string) => (address.match(instanceKeys) ?? []).join();
  return keys(attachment.address) === keys(key);
}

type Ends = Pick<Link, "candidates" | "open">;

function only({ candidates, open }: Ends): GatewayEnd | undefined {
  return !open && candidates.length === 1 ? candidates[0] : undefined;
}

/** One name for each server: where it has two, the one by which the program attached it first. */
function serverNames({ attachments, serverNames: known }: PlanChanges): <T extends string | undefined>(name: T) => T {
  const attached = new Set(attachments.flatMap(({ before }) => stringAt(before, "serverId") ?? []));
  const names = new Map<string | undefined, string>();
  for (const same of known) {
    const name = same.find((one) => attached.has(one)) ?? same.at(-1);
    if (name !== undefined) for (const one of same) names.set(one, name);
  }
  return <T extends string | undefined>(name: T) => (names.get(name) ?? name) as T;
}

/**
 * Resolves the references of each side to the plan's gateways: what a program said before names a gateway as it was called then, whatever
 * has that name now.
 */
function referenced(gateways: readonly ResourceChange[]) {
  const sides = {
    before: new Map(
      gateways.flatMap((gateway) =>
        gateway.before === undefined ? [] : [[gateway.previousAddress ?? gateway.address, gateway] as const],
      ),
    ),
    after: new Map(gateways.flatMap((gateway) => (gateway.after === undefined ? [] : [[gateway.address, gateway]]))),
  };
  const end = (gateway: ResourceChange, key = ""): GatewayEnd => ({ key: `${gateway.address}${key}`, gateway });
  return (side: "before" | "after", references: References | undefined): Ends => {
    if (!references) return { candidates: [], open: true };
    const candidates = references.addresses.flatMap((address): GatewayEnd[] => {
      if (address.includes(anyInstance)) {
        const isMeant = (name: string) => withoutKeys(name) === address.replaceAll(anyInstance, "");
        return [...sides[side]].flatMap(([name, gateway]) => (isMeant(name) ? [end(gateway)] : []));
      }
      const gateway = sides[side].get(address);
      if (gateway) return [end(gateway)];
      // Of a resource of which nobody can tell how many there are, one stands for all.
      const [name, key] = [withoutKeys(address), address.slice(withoutKeys(address).length)];
      const all = key === "" ? undefined : sides[side].get(name);
      if (all) return [end(all, key)];
      // What has the name on the other side alone is another one.
      const isOther = sides[side === "before" ? "after" : "before"].has(address);
      return [{ key: side === "before" && isOther ? `${address} (before)` : address }];
    });
    return { candidates, open: references.open };
  };
}

function indexed(links: readonly Link[], side: "before" | "after") {
  const byGateway = new Map<ResourceChange, Set<string>>();
  const byServer = new Map<string, Link[]>();
  for (const link of links) {
    if (link.attachment[side] === undefined) continue;
    const server = serverOf(link, side);
    const gateway = (side === "before" ? link.before : link.likely)?.gateway;
    if (gateway) byGateway.set(gateway, (byGateway.get(gateway) ?? new Set()).add(server));
    const others = byServer.get(server);
    if (others) others.push(link);
    else byServer.set(server, [link]);
  }
  const servers = new Map([...byGateway].map(([gateway, names]) => [gateway, [...names].sort()]));
  return { servers, links: byServer };
}

/** The server that an attachment is of, on one side. */
export function serverOf(link: Link, side: "before" | "after"): string {
  return link.servers[side] ?? link.server;
}
