import { originOf } from "@mcpstack/model";
import type { PlanChanges, ResourceChange } from "../changes/change";
import { shownField, shownOf } from "../changes/shown";
import { isWritten, nameOf, providerOf, recordAt, stringAt, stringsAt } from "../changes/values";
import type { Draft } from "../rules/rule";
import { scopesIn } from "../rules/scopes";
import { allowedBy } from "./environment";
import { evaluateProviders, requiredCheck, untold } from "./evaluate-provider";
import { matchesPattern, urlStops } from "./pattern";
import type { PolicyEnvironment } from "./schema";

/** What a plan holds against the policy. What is not known yet, or kept secret, is not allowed. */
export function evaluatePolicy(plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  return [
    ...plan.gateways.flatMap((gateway) => {
      if (!isWritten(gateway) && !gateway.imported) return [];
      return [
        ...issuers(gateway, environment),
        ...endpoints(gateway, environment),
        ...audience(gateway, environment),
        ...clients(gateway, environment),
        ...scopes(gateway, environment),
        ...metadataCheck(gateway, plan, environment),
        ...trustedOrigins(gateway, environment),
      ];
    }),
    ...evaluateProviders(plan, environment),
  ];
}

function issuers(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
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
        `The issuer of ${nameOf(gateway)} is not known yet, so the policy cannot allow it`,
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
        `The issuer of ${nameOf(gateway)} is not among those of the policy`,
        shownField(gateway, "after", field),
      ),
    ];
  }
  const accepted = stringAt(recordAt(gateway.after, "metadata"), "issuer");
  if (!isRefused(accepted)) return [];
  const after = shownOf(gateway, "metadata", accepted);
  const summary = `The issuer of ${nameOf(gateway)} is not among those of the policy`;
  return [draft(gateway, "issuer-not-allowed", "metadata.issuer", summary, after)];
}

function endpoints(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
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
            ? `The policy allows no ${field} of ${nameOf(gateway)} on this origin`
            : `The ${field} of ${nameOf(gateway)} is not known yet, so the policy cannot allow it`,
          doubt ?? shownField(gateway, "after", field),
        ),
      ];
    },
  );
}

function audience(gateway: ResourceChange, { audiences }: PolicyEnvironment): Draft[] {
  return listed(gateway, "resource", audiences, "audience-not-allowed", "resource");
}

function clients(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  return listed(gateway, "clientId", environment.clients, "client-not-allowed", "client");
}

/** A field of one text against a list of patterns. Left out, it holds nothing against the policy. */
function listed(
  gateway: ResourceChange,
  field: "resource" | "clientId",
  patterns: readonly string[] | undefined,
  code: Draft["code"],
  what: string,
): Draft[] {
  if (!patterns) return [];
  const doubt = untold(gateway, field);
  const value = stringAt(gateway.after, field);
  if (
    doubt === undefined &&
    (value === undefined || patterns.some((pattern) => matchesPattern(pattern, value, urlStops)))
  )
    return [];
  const summary =
    doubt === undefined
      ? `The ${what} of ${nameOf(gateway)} is not among those of the policy`
      : `The ${what} of ${nameOf(gateway)} is not known yet, so the policy cannot allow it`;
  return [draft(gateway, code, field, summary, doubt ?? shownField(gateway, "after", field))];
}

function scopes(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  const { scopes: allowed } = environment;
  if (!allowed) return [];
  const doubt = untold(gateway, "scopes");
  const refused = stringsAt(gateway.after, "scopes").filter((scope) => !isAllowedScope(scope, allowed));
  if (refused.length === 0 && doubt === undefined) return [];
  const summary =
    refused.length === 0
      ? `Scopes of ${nameOf(gateway)} are not known yet, so the policy cannot allow them`
      : `${nameOf(gateway)} asks for scopes that are not among those of the policy`;
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

function metadataCheck(gateway: ResourceChange, plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  const own = stringAt(gateway.after, "metadataCheck");
  const doubt = untold(gateway, "metadataCheck");
  const level = own ?? stringAt(providerOf(plan, gateway)?.after, "metadataCheck");
  const subject = { subject: gateway, gateway };
  return requiredCheck(subject, nameOf(gateway), { level, doubt }, environment);
}

function trustedOrigins(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  const { trusted_origins: patterns } = environment;
  if (!patterns) return [];
  const doubt = untold(gateway, "trustedOrigins");
  const allowed = allowedBy({ endpoint_origins: patterns });
  const refused = stringsAt(gateway.after, "trustedOrigins").filter((origin) => !allowed.origin(origin));
  if (refused.length === 0 && doubt === undefined) return [];
  const after = shownOf(gateway, "trustedOrigins", refused) ?? doubt;
  const summary = `${nameOf(gateway)} trusts origins that are not among those of the policy`;
  return [draft(gateway, "trust-not-allowed", "trustedOrigins", summary, after)];
}

function draft(
  gateway: ResourceChange,
  code: Draft["code"],
  field: string,
  summary: string,
  after: string | undefined,
): Draft {
  return { code, subject: gateway, gateway, fields: [field], summary, before: undefined, after };
}
