import { attachmentFields, callbackUrl, defaultApiUrl } from "@mcpstack/model";
import { type GatewayEnd, type Link, serverOf } from "../changes/graph";
import { shown, shownField } from "../changes/shown";
import { nameOf, providerOf, stringAt } from "../changes/values";
import { isPublicIdUnknown } from "../routes/reroutes";
import type { Draft, Rule, RuleContext } from "./rule";

/** Which server uses which gateway, and under which public route. */
export const attachments: Rule = (context) => context.graph.links.flatMap((link) => ofLink(link, context));

function ofLink(link: Link, context: RuleContext): readonly Draft[] {
  const { attachment, server } = link;
  switch (attachment.action) {
    case "delete":
      return left(link, serverOf(link, "before"), context);
    case "forget":
      return [];
    case "create":
    case "update":
    case "replace": {
      if (attachment.before === undefined) return created(link, context);
      const was = serverOf(link, "before");
      if (was !== serverOf(link, "after")) return [...created(link, context), ...left(link, was, context)];
      return [...moved(link, link, server), ...publicId(link, link, context)];
    }
    default:
      return [];
  }
}

/** A server gets a gateway. That a new gateway gets its first servers is what it is for. */
function created(link: Link, context: RuleContext): Draft[] {
  const { graph } = context;
  const gateway = link.after?.gateway;
  const server = serverOf(link, "after");
  // A server that another attachment resource lets go has moved, or only the resource is called otherwise now.
  const others = graph.linksOf("before", server).filter((other) => other !== link);
  const gone = others.find((other) => isGone(other, server));
  const earlier = gone ?? others[0];
  const renamed = earlier ? publicId(earlier, link, context) : [];
  if (gone) return [...moved(gone, link, server), ...renamed];
  // Which gateway it is that is not known yet is told by a rule of its own.
  if (gateway?.action === "create" || link.after === undefined) return renamed;
  const before = gateway ? graph.serversBefore(gateway) : [];
  return [
    ...renamed,
    {
      code: "gateway-attached",
      subject: link.attachment,
      servers: [server],
      gateway,
      fields: ["gatewayId"],
      summary: `${server} is attached to ${gateway ? nameOf(gateway) : "a gateway outside of this plan"}`,
      before: before.length === 0 ? undefined : shown([...before]),
      after: shown(server),
    },
  ];
}

function moved(from: Link, to: Link, server: string): Draft[] {
  const { before } = from;
  const { after } = to;
  if (!before || !after || before.key === after.key) return [];
  return [
    {
      code: "attachment-moved",
      subject: to.attachment,
      servers: [server],
      gateway: after.gateway,
      fields: ["gatewayId"],
      summary: `${server} moves to another gateway`,
      ...endNames(before, after),
    },
  ];
}

/** Gateways by their names; by their addresses where both are called the same. */
function endNames(before: GatewayEnd, after: GatewayEnd) {
  const name = ({ gateway, key }: GatewayEnd) => shown(gateway ? nameOf(gateway) : key);
  const [was, will] = [name(before), name(after)];
  const label = ({ gateway, key }: GatewayEnd) => shown(gateway?.label ?? key);
  return was === will ? { before: label(before), after: label(after) } : { before: was, after: will };
}

function isGone(link: Link, server: string): boolean {
  return link.attachment.action === "delete" || (link.after !== undefined && serverOf(link, "after") !== server);
}

/** A server loses its attachment; another one in the same plan may take over. */
function left(link: Link, server: string, { graph }: RuleContext): Draft[] {
  const successor = graph
    .linksOf("after", server)
    .some((other) => other !== link && other.attachment.action !== "forget");
  if (successor) return [];
  const gateway = link.before?.gateway;
  // A gateway that goes away says itself which servers it leaves behind.
  if (gateway?.action === "delete") return [];
  return [
    {
      code: "server-without-gateway",
      subject: link.attachment,
      servers: [server],
      gateway,
      fields: ["gatewayId"],
      summary: `${server} is left without a gateway`,
      before: gateway ? shown(nameOf(gateway)) : shown(link.before?.key),
      after: undefined,
    },
  ];
}

/** The public route of a server, from one attachment resource to the one that follows it, which usually is the same. */
function publicId(from: Link, to: Link, { plan }: RuleContext): Draft[] {
  const { attachment, server } = to;
  const before = stringAt(from.attachment.before, "publicId");
  const after = stringAt(attachment.after, "publicId");
  // What the service chooses for another resource of the same server is the same again.
  const isUnknown = from === to ? attachment.unknown.has("publicId") : isPublicIdUnknown(to);
  // Left to the service, a route stays as it is.
  if (before === undefined || before === after || (after === undefined && !isUnknown)) return [];
  const provider = providerOf(plan, attachment);
  const apiUrl = stringAt(provider?.after, "apiUrl") ?? defaultApiUrl;
  const isDerived = attachmentFields.publicId.schema.safeParse(after).success && !provider?.unknown.has("apiUrl");
  return [
    {
      code: "public-id-changed",
      subject: attachment,
      servers: [server],
      fields: ["publicId"],
      summary: `${server} ${isUnknown ? "may get" : "gets"} a new MCP URL, public issuer and callback URL`,
      before: shown(before),
      after: shownField(attachment, "after", "publicId"),
      ...(isDerived && after !== undefined
        ? {
            fix: `Register ${callbackUrl(apiUrl, after)} at the authorization server before you apply, unless the service names another callback URL, and tell users the new MCP URL.`,
          }
        : {}),
    },
  ];
}
