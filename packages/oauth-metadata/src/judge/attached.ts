import type { Finding } from "@mcpstack/model";
import { parseUrl } from "@mcpstack/model";
import { isBroadScope } from "./broad-scope";
import { coverage, sameScope } from "./covers";
import { apiOfScope, isGraph, isGuid, openid, scopesOf } from "./entra-scopes";
import { type Draft, finding, ordered, quoted, report, unseen } from "./report";
import { scopesLeft, sortedSet } from "./scopes";
import { isEntra, isEntraV1, type Subject, whose } from "./subject";

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
  const covers = coverage(of.profile, of.product);
  const lacks = (allowed: readonly string[] | undefined, scope: string) =>
    allowed !== undefined && !allowed.some((one) => covers(one, scope));
  return servers.flatMap((server) => {
    const needed = enabledTools(server).flatMap(({ name, requiredScopes }) =>
      sortedSet(requiredScopes).map((scope) => ({ name, scope })),
    );
    const refused = needed.filter(({ scope }) => lacks(of.profile.scopes, scope));
    const narrowed = needed.filter((one) => !refused.includes(one) && lacks(server.scopes, one.scope));
    return [...notAllowed(of, server, refused), ...notAsked(server, narrowed)];
  });
}

interface Need {
  /** The tool's. */
  readonly name: string;
  readonly scope: string;
}

function notAllowed(of: Subject, server: ServerFacts, refused: readonly Need[]): Draft[] {
  const allowed = of.profile.scopes;
  if (refused.length === 0 || allowed === undefined) return [];
  const asked = refused.flatMap(({ scope }) => toAsk(of, allowed, scope) ?? []);
  const missing = sortedSet(asked);
  return [
    report("tool-scope-not-allowed", {
      path: ["scopes"],
      expected: missing.join(" ") || undefined,
      found: sortedSet(allowed).join(" "),
      summary: `Enabled tools of the server ${called(server)} need scopes that the profile does not allow: ${inWords(refused)}.`,
      fix:
        asked.length < refused.length
          ? `Add to scopes what these tools need, as ${whose(of)} names it, with the identifier of its API and a slash before it. Or: Disable these tools.`
          : [
              { profile: { scopes: sortedSet([...allowed, ...missing]) }, because: ", or disable these tools" },
              {
                say: "Disable these tools, or give their server a gateway of its own: the provider would refuse what they need beside what this profile asks for.",
                otherwise: true,
              },
            ],
    }),
  ];
}

/** What an attached server asks for of its gateway's scopes is set where it is attached. */
function notAsked(server: ServerFacts, narrowed: readonly Need[]): Draft[] {
  if (narrowed.length === 0) return [];
  return [
    report("tool-scope-not-allowed", {
      path: [],
      expected: sortedSet(narrowed.map(({ scope }) => scope)).join(" "),
      found: sortedSet(server.scopes).join(" "),
      summary: `Enabled tools of the server ${called(server)} need scopes that the profile allows and the server does not ask for: ${inWords(narrowed)}.`,
      fix: `Have the server ${called(server)} ask for them too, or disable these tools.`,
    }),
  ];
}

function inWords(needs: readonly Need[]): string {
  const said = needs.slice(0, 10).map(({ name, scope }) => `${quoted(name)} needs ${quoted(scope)}`);
  return `${said.join(", ")}${needs.length > 10 ? ` and ${needs.length - 10} more` : ""}`;
}

/**
 * A scope that a tool needs, as a client asks the provider for it: with the API before it, where the profile's others have that. Undefined
 * where the provider knows it only with an API, and which that is cannot be told.
 */
function toAsk(of: Subject, allowed: readonly string[], scope: string): string | undefined {
  const { resource } = of.profile;
  if (openid.has(scope)) return scope;
  if (isEntra(of) && !isEntraV1(of) && resource !== undefined && !isGuid(resource)) {
    return isGraph(resource) ? scope : (scopesOf(resource, [scope])[0] ?? scope);
  }
  if (apiOfScope(scope) !== undefined) return scope;
  const own = allowed.filter((one) => !openid.has(one));
  const apis = sortedSet(own.flatMap((one) => apiOfScope(one) ?? []));
  const isAlwaysNamed = of.product === "cognito";
  const isUsual = apis.length === 1 && (isAlwaysNamed || own.every((one) => apiOfScope(one) !== undefined));
  if (isUsual) return `${apis[0]}/${scope}`;
  if (!isAlwaysNamed) return scope;
  return apis.length === 0 && resource !== undefined ? `${resource}/${scope}` : undefined;
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
function unneeded(of: Subject, { servers }: Attached): Draft[] {
  const enabled = servers.flatMap(enabledTools);
  if (enabled.length === 0 || servers.some(({ tools: told }) => told === undefined)) return [];
  if (servers.some(({ tools: told }) => told?.some((tool) => tool.enabled === undefined))) return [];
  if (enabled.some(({ requiredScopes }) => requiredScopes === undefined)) return [];
  const scopes = of.profile.scopes ?? [];
  const covers = coverage(of.profile, of.product);
  const needed = sortedSet(enabled.flatMap(({ requiredScopes }) => requiredScopes ?? []));
  const broad = sortedSet(scopes).filter(isBroadScope);
  const idle = broad.filter((scope) => !needed.some((one) => covers(scope, one)));
  const isNamed = sameScope(of.profile);
  const wide = broad.filter((scope) => !idle.includes(scope) && !needed.some((one) => isNamed(scope, one)));
  const wider = wide.map((scope) =>
    widerThanNeeded(
      scope,
      needed.filter((one) => covers(scope, one)),
      scopes,
    ),
  );
  if (idle.length === 0) return wider;
  const left = scopes.filter((scope) => !idle.includes(scope));
  // Entra ID gives no token for an API of which nothing is asked for: tools that need nothing by name need that.
  const isLast = left.every((scope) => openid.has(scope));
  if (isEntra(of) && isLast && needed.every((scope) => openid.has(scope))) return [];
  const lacking = isLast
    ? needed.filter((scope) => !left.some((one) => covers(one, scope))).map((scope) => toAsk(of, scopes, scope))
    : [];
  const instead = lacking.flatMap((scope) => scope ?? []);
  return [
    ...wider,
    report("scope-unneeded", {
      path: ["scopes"],
      found: idle.join(" "),
      summary: `No enabled tool needs ${idle.map(quoted).join(", ")}.`,
      fix: [
        ...(instead.length < lacking.length ? [] : scopesLeft([...left, ...sortedSet(instead)])),
        {
          say: "Ask for what the enabled tools need in its place: without any scopes, the authorization server decides what it grants.",
          otherwise: true,
        },
      ],
    }),
  ];
}

/** A scope that includes what tools need, and more. Somebody may have asked for it on purpose, since one is less to consent to than several. */
function widerThanNeeded(scope: string, needed: readonly string[], scopes: readonly string[]): Draft {
  return report("scope-unneeded", {
    path: ["scopes"],
    severity: "info",
    expected: needed.join(" "),
    found: scope,
    summary: `Enabled tools need no more of what ${quoted(scope)} grants than ${needed.map(quoted).join(", ")}.`,
    fix: [
      ...scopesLeft(sortedSet([...scopes.filter((one) => one !== scope), ...needed])),
      { say: `Ask for ${needed.map(quoted).join(", ")} in its place.`, otherwise: true },
    ],
  });
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

function width({ profile, product }: Subject, { agents, servers }: Attached): Draft[] {
  return (agents ?? []).flatMap((agent) => {
    const asked = sortedSet(agent.scopes);
    if (asked.length === 0) return [];
    const covers = coverage(profile, product);
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
