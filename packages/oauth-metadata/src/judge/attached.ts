import type { Finding } from "@mcpstack/model";
import { parseUrl } from "@mcpstack/model";
import { isBroadScope } from "./broad-scope";
import { coverage } from "./covers";
import { entraScopes, isGraph, isGuid, openid, resourceOfScope, scopesOf } from "./entra-scopes";
import { type Draft, finding, ordered, quoted, report, unseen } from "./report";
import { sortedSet, without } from "./scopes";
import { isEntra, type Subject } from "./subject";

/** A tool as the API tells of it; what it does not tell is left out and nothing is concluded from it. */
export interface ToolFacts {
  readonly name: string;
  readonly enabled?: boolean | undefined;
  readonly requiredScopes?: readonly string[] | undefined;
}

/** A server attached to the gateway that is judged. */
export interface ServerFacts {
  readonly id: string;
  readonly name?: string | undefined;
  readonly tools?: readonly ToolFacts[] | undefined;
  /** The scopes that the server asks for, where it narrows its gateway's. */
  readonly scopes?: readonly string[] | undefined;
  /** The callback URL that the API names, and the one derived from the public id. */
  readonly callbackUrl?: string | undefined;
  readonly derivedCallbackUrl?: string | undefined;
}

export interface AgentFacts {
  readonly id: string;
  readonly name?: string | undefined;
  readonly serverIds?: readonly string[] | undefined;
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** A use that is meant to work: an agent on a page of that origin, calling that server. */
export interface IntendedUse {
  readonly agentId: string;
  readonly serverId?: string | undefined;
  readonly origin?: string | undefined;
}

/** What hangs on a gateway. */
export interface Attached {
  /** Every server attached to it. */
  readonly servers: readonly ServerFacts[];
  readonly agents?: readonly AgentFacts[] | undefined;
  readonly uses?: readonly IntendedUse[] | undefined;
}

/** Rules that need no profile: tools and callbacks of servers, and the agents that exchange tokens through them. */
const plainRules: readonly ((attached: Attached) => Draft[])[] = [
  ({ servers }) => servers.flatMap(toolCount),
  ({ servers }) => servers.flatMap(callback),
  links,
  origins,
];

/** Those and what compares with the scopes that the profile allows. */
export const attachedRules: readonly ((of: Subject) => Draft[])[] = [
  ...plainRules.map(
    (rule) =>
      ({ attached }: Subject): Draft[] =>
        attached ? rule(attached) : [],
  ),
  ...[tools, unneeded, width].map(
    (rule) =>
      (of: Subject): Draft[] =>
        of.attached ? rule(of, of.attached) : [],
  ),
];

/** Judges what hangs on a gateway whose profile is not at hand; where it is, `judge` judges both together. Pure. */
export function judgeAttached(attached: Attached): Finding[] {
  return ordered(plainRules.flatMap((rule) => rule(attached)).map((draft) => finding(draft, {}, () => false)));
}

const called = ({ id, name }: { readonly id: string; readonly name?: string | undefined }) => quoted(name ?? id);
const enabledTools = ({ tools: all }: ServerFacts) => (all ?? []).filter(({ enabled }) => enabled === true);

function tools(of: Subject, { servers }: Attached): Draft[] {
  const allowed = of.profile.scopes;
  if (allowed === undefined) return [];
  const covers = coverage(of.profile);
  return servers.flatMap((server) => {
    const refused = enabledTools(server).flatMap(({ name, requiredScopes }) =>
      sortedSet(requiredScopes)
        .filter((scope) => !allowed.some((one) => covers(one, scope)))
        .map((scope) => ({ name, scope })),
    );
    if (refused.length === 0) return [];
    const missing = sortedSet(refused.map(({ scope }) => toAsk(of, allowed, scope)));
    return [
      report("tool-scope-not-allowed", {
        path: ["scopes"],
        expected: missing.join(" "),
        found: sortedSet(allowed).join(" "),
        summary: `Enabled tools of the server ${called(server)} need scopes that the profile does not allow: ${refused
          .slice(0, 10)
          .map(({ name, scope }) => `${quoted(name)} needs ${quoted(scope)}`)
          .join(", ")}${refused.length > 10 ? ` and ${refused.length - 10} more` : ""}.`,
        fix: [
          { profile: { scopes: sortedSet([...allowed, ...missing]) }, because: ", or disable these tools" },
          {
            say: "Disable these tools, or give their server a gateway of its own: the provider would refuse what they need beside what this profile asks for.",
            otherwise: true,
          },
        ],
      }),
    ];
  });
}

/** A scope that a tool needs, as a client asks the provider for it: with the API before it, where the profile's others have that. */
function toAsk(of: Subject, allowed: readonly string[], scope: string): string {
  const { resource } = of.profile;
  if (openid.has(scope)) return scope;
  if (isEntra(of) && resource !== undefined && !isGuid(resource)) {
    return isGraph(resource) ? scope : (scopesOf(resource, [scope])[0] ?? scope);
  }
  const { resources, bare } = entraScopes(allowed);
  const [only] = resources;
  const isUsual = resources.length === 1 && bare.length === 0 && !resourceOfScope(scope);
  return isUsual ? `${only}/${scope}` : scope;
}

/** At most 20 tools for one of the web clients (API page, "Public leg"). */
function toolCount(server: ServerFacts): Draft[] {
  const { length } = enabledTools(server);
  if (length <= 20) return [];
  return [
    report("too-many-tools", {
      path: [],
      expected: "at most 20",
      found: `${length}`,
      summary: `The server ${called(server)} has ${length} enabled tools; one of the web clients takes 20.`,
      fix: "Disable tools that are not used, where that client matters.",
    }),
  ];
}

function callback(server: ServerFacts): Draft[] {
  const { callbackUrl, derivedCallbackUrl } = server;
  if (callbackUrl === undefined || derivedCallbackUrl === undefined || callbackUrl === derivedCallbackUrl) return [];
  const slash = callbackUrl.replace(/\/+$/, "") === derivedCallbackUrl.replace(/\/+$/, "");
  return [
    report("callback-url-differs", {
      path: [],
      expected: derivedCallbackUrl,
      found: callbackUrl,
      summary: `The service names ${quoted(callbackUrl)} as the callback URL of the server ${called(server)}, not ${quoted(derivedCallbackUrl)}${
        slash ? ": they differ by a slash at the end" : ""
      }.`,
      fix: `Register ${quoted(callbackUrl)} at the identity provider, exactly as it stands. ${unseen("callback-url-differs")}`,
    }),
  ];
}

/** Said only where every enabled tool tells its scopes, so that none can need the scope unseen. */
function unneeded({ profile }: Subject, { servers }: Attached): Draft[] {
  const enabled = servers.flatMap(enabledTools);
  if (enabled.length === 0 || servers.some(({ tools: told }) => told === undefined)) return [];
  if (servers.some(({ tools: told }) => told?.some((tool) => tool.enabled === undefined))) return [];
  if (enabled.some(({ requiredScopes }) => requiredScopes === undefined)) return [];
  const { scopes } = profile;
  const covers = coverage(profile);
  const needed = sortedSet(enabled.flatMap(({ requiredScopes }) => requiredScopes ?? []));
  const idle = sortedSet(scopes).filter((scope) => isBroadScope(scope) && !needed.some((one) => covers(scope, one)));
  if (idle.length === 0) return [];
  return [
    report("scope-unneeded", {
      path: ["scopes"],
      found: idle.join(" "),
      summary: `No enabled tool needs ${idle.map(quoted).join(", ")}.`,
      fix: { profile: { scopes: without(scopes, idle) } },
    }),
  ];
}

/** An agent, and what it is meant for. */
function known({ agents, uses }: Attached) {
  return (agents ?? []).map((agent) => ({
    agent,
    intended: (uses ?? []).filter(({ agentId }) => agentId === agent.id),
  }));
}

function links(attached: Attached): Draft[] {
  return known(attached).flatMap(({ agent, intended }) => agentLinks(agent, attached.servers, intended));
}

function origins(attached: Attached): Draft[] {
  return known(attached).flatMap(({ agent, intended }) => agentOrigins(agent, intended));
}

function agentLinks(agent: AgentFacts, servers: readonly ServerFacts[], intended: readonly IntendedUse[]): Draft[] {
  const { serverIds } = agent;
  if (serverIds === undefined) return [];
  const wanted = intended.flatMap(({ serverId }) => servers.filter(({ id }) => id === serverId));
  const lacking = wanted.filter(({ id }) => !serverIds.includes(id));
  const none = serverIds.length === 0 && lacking.length === 0 && servers.length > 0;
  if (lacking.length === 0 && !none) return [];
  const which = none ? servers : lacking;
  const names = which.slice(0, 10).map(called).join(", ");
  return [
    report("agent-not-linked", {
      path: [],
      expected: which.map(({ id }) => id).join(" "),
      found: serverIds.join(" "),
      summary: none
        ? `The agent ${called(agent)} is linked to no server; the embedded exchange takes none of its tokens.`
        : `The agent ${called(agent)} is not linked to ${names}.`,
      fix: none
        ? `Link the agent to the servers it uses, of ${names}.`
        : `Link the agent ${called(agent)} to ${names}.`,
    }),
  ];
}

/** Origins are compared as browsers send them (RFC 6454 §7): an entry in another form never matches. */
function agentOrigins(agent: AgentFacts, intended: readonly IntendedUse[]): Draft[] {
  const allowed = agent.allowedOrigins;
  if (allowed === undefined || allowed.includes("*")) return [];
  const refused = sortedSet(
    intended.flatMap(({ origin }) => (origin === undefined || allowed.includes(origin) ? [] : [origin])),
  );
  const never = sortedSet(
    allowed.filter((entry) => !entry.includes("*") && (parseUrl(entry)?.origin ?? entry) !== entry),
  );
  const repaired = never
    .map((entry) => new URL(entry).origin)
    .filter((origin) => origin !== "null" && !allowed.includes(origin));
  const none = allowed.length === 0 && refused.length === 0;
  const add = sortedSet([...refused, ...repaired]);
  if (add.length === 0 && !none) return [];
  return [
    report("agent-origin-not-allowed", {
      path: [],
      expected: add.join(" ") || undefined,
      found: allowed.join(" "),
      summary: none
        ? `The agent ${called(agent)} allows no origin; every request from a page is refused.`
        : `The agent ${called(agent)} does not allow ${add.map(quoted).join(", ")}${never.length > 0 ? `: ${never.map(quoted).join(", ")} is not in the form that browsers send` : ""}.`,
      fix: none
        ? "Add the app's origin to the agent's allowed origins."
        : `Add ${add.map(quoted).join(", ")} to the agent's allowed origins.`,
    }),
  ];
}

function width({ profile }: Subject, { agents, servers }: Attached): Draft[] {
  return (agents ?? []).flatMap((agent) => {
    const asked = sortedSet(agent.scopes);
    if (asked.length === 0) return [];
    const covers = coverage(profile);
    return servers
      .filter(({ id }) => agent.serverIds?.includes(id))
      .flatMap((server) => {
        const allowed = server.scopes ?? profile.scopes;
        const wider = allowed === undefined ? [] : asked.filter((scope) => !allowed.some((one) => covers(one, scope)));
        if (wider.length === 0) return [];
        return [
          report("agent-scopes-too-wide", {
            path: [],
            expected: sortedSet(allowed).join(" "),
            found: asked.join(" "),
            summary: `The agent ${called(agent)} asks for ${wider.map(quoted).join(", ")}, which the server ${called(server)} does not allow.`,
            fix: `Take ${wider.map(quoted).join(", ")} off the agent, or allow them for the server.`,
          }),
        ];
      });
  });
}
