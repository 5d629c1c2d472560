import { originOf } from "@mcpstack/model";
import type { PlanChanges, ResourceChange, Values } from "../changes/change";
import type { Graph } from "../changes/graph";
import { shown, shownOf } from "../changes/shown";
import { isWritten, nameOf, providerOf, recordAt, stringAt, stringsAt } from "../changes/values";
import { marksOf, nameOfEnd, reroutesOf, valuesAfter, valuesBefore } from "../routes/reroutes";
import type { Draft } from "../rules/rule";
import { scopesIn } from "../rules/scopes";
import { allowedBy } from "./environment";
import { evaluateProviders, requiredCheck, untold } from "./evaluate-provider";
import { matchesPattern, urlStops } from "./pattern";
import type { PolicyEnvironment } from "./schema";

/** A gateway that is held against the policy: one that the plan writes, or one that a route of the plan leads to. */
interface Judged extends Pick<ResourceChange, "after" | "unknown" | "hidden" | "sensitive" | "providerKey"> {
  readonly subject: Draft["subject"];
  /** What the gateway, or the one that a route led to, was before. */
  readonly before?: Values | undefined;
  readonly gateway: ResourceChange | undefined;
  readonly servers?: readonly string[];
  readonly name: string;
}

/** What a plan holds against the policy. What is not known yet, or kept secret, is not allowed. */
export function evaluatePolicy(plan: PlanChanges, graph: Graph, environment: PolicyEnvironment): Draft[] {
  return [
    ...judgedOf(plan, graph).flatMap((gateway) => [
      ...issuers(gateway, environment),
      ...endpoints(gateway, environment),
      ...audience(gateway, environment),
      ...clients(gateway, environment),
      ...scopes(gateway, environment),
      ...metadataCheck(gateway, plan, environment),
      ...trustedOrigins(gateway, environment),
    ]),
    ...untoldRoutes(graph, environment),
    ...evaluateProviders(plan, environment),
  ];
}

function judgedOf(plan: PlanChanges, graph: Graph): Judged[] {
  const written = plan.gateways.filter((gateway) => isWritten(gateway) || gateway.imported);
  // A route that is found again by both of its keys is judged once.
  const led = [...new Map(reroutesOf(graph).map((route) => [route.to, route])).values()].flatMap(
    ({ server, from, to }) =>
      to.candidates.flatMap((end): Judged[] => {
        const after = valuesAfter(end);
        if (after === undefined || (end.gateway && written.includes(end.gateway))) return [];
        return [
          {
            ...marksOf(end),
            before: from.map(({ before }) => before && valuesBefore(before)).find((values) => values !== undefined),
            after,
            subject: to.attachment,
            gateway: end.gateway,
            servers: [server],
            name: `${nameOfEnd(end)}, which ${server} goes to,`,
            providerKey: (end.gateway ?? to.attachment).providerKey,
          },
        ];
      }),
  );
  return [...written.map((gateway) => ({ ...gateway, subject: gateway, gateway, name: nameOf(gateway) })), ...led];
}

/** A new route to what the input does not show. Of one that existed, another rule tells. */
function untoldRoutes(graph: Graph, environment: PolicyEnvironment): Draft[] {
  const { issuers: urls, audiences, clients: ids, scopes: names, settings_origins: sites } = environment;
  if ([urls, audiences, ids, names, sites].every((list) => list === undefined)) return [];
  return reroutesOf(graph).flatMap(({ server, from, to }): Draft[] => {
    if (from.length > 0 || to.attachment.imported || !to.candidates.some((end) => valuesAfter(end) === undefined))
      return [];
    return [
      {
        code: "cannot-be-reviewed",
        severity: "warn",
        subject: to.attachment,
        servers: [server],
        fields: ["gatewayId"],
        summary: `The gateway of ${server} is not in the input, so it cannot be held against the policy`,
        after: shown(to.candidates.map(nameOfEnd)),
      },
    ];
  });
}

function issuers(gateway: Judged, environment: PolicyEnvironment): Draft[] {
  if (!environment.issuers) return [];
  const allowed = allowedBy(environment);
  const field = "authorizationServerUrl";
  const doubt = untold(gateway, field);
  if (doubt !== undefined) {
    return [
      draft(
        gateway,
        "issuer-not-allowed",
        field,
        `The issuer of ${gateway.name} is not known yet, so the policy cannot allow it`,
        doubt,
      ),
    ];
  }
  const isRefused = (url: string | undefined) => url !== undefined && !allowed.issuer(url);
  // An issuer that a metadata URL steers to may rightly be spelled otherwise (oauth-findings, Azure AD B2C); the written one is the rule.
  if (isRefused(stringAt(gateway.after, field))) {
    return [
      draft(
        gateway,
        "issuer-not-allowed",
        field,
        `The issuer of ${gateway.name} is not among those of the policy`,
        shownAfter(gateway, field),
      ),
    ];
  }
  const accepted = stringAt(recordAt(gateway.after, "metadata"), "issuer");
  if (!isRefused(accepted)) return [];
  const after = shownOf(gateway, "metadata", accepted);
  const summary = `The issuer of ${gateway.name} is not among those of the policy`;
  return [draft(gateway, "issuer-not-allowed", "metadata.issuer", summary, after)];
}

function endpoints(gateway: Judged, environment: PolicyEnvironment): Draft[] {
  if (!environment.issuers) return [];
  const allowed = allowedBy(environment);
  const own = originOf(stringAt(gateway.after, "authorizationServerUrl") ?? "");
  return (["metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const).flatMap(
    (field) => {
      const doubt = untold(gateway, field);
      const value = stringAt(gateway.after, field);
      const origin = value === undefined ? undefined : originOf(value);
      if (doubt === undefined && value === undefined) return [];
      if (doubt === undefined && origin !== undefined && (origin === own || allowed.origin(origin))) return [];
      return [
        draft(
          gateway,
          "issuer-not-allowed",
          field,
          doubt === undefined
            ? `The policy allows no ${field} of ${gateway.name} on this origin`
            : `The ${field} of ${gateway.name} is not known yet, so the policy cannot allow it`,
          doubt ?? shownAfter(gateway, field),
        ),
      ];
    },
  );
}

function audience(gateway: Judged, { audiences }: PolicyEnvironment): Draft[] {
  return listed(gateway, "resource", audiences, "audience-not-allowed", "resource");
}

function clients(gateway: Judged, environment: PolicyEnvironment): Draft[] {
  return listed(gateway, "clientId", environment.clients, "client-not-allowed", "client");
}

/** A field of one text against a list of patterns. Left out, it holds nothing against the policy, unless it is taken out. */
function listed(
  gateway: Judged,
  field: "resource" | "clientId",
  patterns: readonly string[] | undefined,
  code: Draft["code"],
  what: string,
): Draft[] {
  if (!patterns) return [];
  const doubt = untold(gateway, field);
  const value = stringAt(gateway.after, field);
  const isTakenOut = value === undefined && stringAt(gateway.before, field) !== undefined;
  const isAllowed = value !== undefined && patterns.some((pattern) => matchesPattern(pattern, value, urlStops));
  if (doubt === undefined && (value === undefined ? !isTakenOut : isAllowed)) return [];
  const summary =
    doubt !== undefined
      ? `The ${what} of ${gateway.name} is not known yet, so the policy cannot allow it`
      : isTakenOut
        ? `${gateway.name} no longer names a ${what}, of which the policy lists the allowed ones`
        : `The ${what} of ${gateway.name} is not among those of the policy`;
  return [draft(gateway, code, field, summary, doubt ?? shownAfter(gateway, field))];
}

function scopes(gateway: Judged, environment: PolicyEnvironment): Draft[] {
  const { scopes: allowed } = environment;
  if (!allowed) return [];
  const doubt = untold(gateway, "scopes");
  const refused = stringsAt(gateway.after, "scopes").filter((scope) => !isAllowedScope(scope, allowed));
  if (refused.length === 0 && doubt === undefined) return [];
  const summary =
    refused.length === 0
      ? `Scopes of ${gateway.name} are not known yet, so the policy cannot allow them`
      : `${gateway.name} asks for scopes that are not among those of the policy`;
  const after = shownOf(gateway, "scopes", refused) ?? doubt;
  return [draft(gateway, "scope-not-allowed", "scopes", summary, after)];
}

/** As it is written, without a pattern; else each of the scopes that it may be read as. */
function isAllowedScope(scope: string, allowed: readonly string[]): boolean {
  const parts = scopesIn(scope);
  return (
    allowed.includes(scope) ||
    (parts.length > 0 && parts.every((part) => allowed.some((pattern) => matchesPattern(pattern, part, urlStops))))
  );
}

function metadataCheck(gateway: Judged, plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  const own = stringAt(gateway.after, "metadataCheck");
  const doubt = untold(gateway, "metadataCheck");
  const level = own ?? stringAt(providerOf(plan, gateway)?.after, "metadataCheck");
  const { subject, gateway: written, servers } = gateway;
  return requiredCheck(
    { subject, gateway: written, ...(servers ? { servers } : {}) },
    gateway.name,
    { level, doubt },
    environment,
  );
}

function trustedOrigins(gateway: Judged, environment: PolicyEnvironment): Draft[] {
  const { trusted_origins: patterns } = environment;
  if (!patterns) return [];
  const doubt = untold(gateway, "trustedOrigins");
  const allowed = allowedBy({ endpoint_origins: patterns });
  const refused = stringsAt(gateway.after, "trustedOrigins").filter((origin) => !allowed.origin(origin));
  if (refused.length === 0 && doubt === undefined) return [];
  const after = shownOf(gateway, "trustedOrigins", refused) ?? doubt;
  const summary = `${gateway.name} trusts origins that are not among those of the policy`;
  return [draft(gateway, "trust-not-allowed", "trustedOrigins", summary, after)];
}

function draft(
  { subject, gateway, servers }: Judged,
  code: Draft["code"],
  field: string,
  summary: string,
  after: string | undefined,
): Draft {
  return {
    code,
    subject,
    gateway,
    ...(servers ? { servers } : {}),
    fields: [field],
    summary,
    before: undefined,
    after,
  };
}

function shownAfter(gateway: Judged, field: string): string | undefined {
  return shownOf(gateway, field, gateway.after?.[field]);
}
