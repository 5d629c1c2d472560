import { compareIssuers, originOf } from "@mcpstack/model";
import type { PlanChanges, ResourceChange } from "../changes/change";
import { shown, shownField } from "../changes/shown";
import { isWritten, nameOf, recordAt, stringAt, stringsAt } from "../changes/values";
import type { Draft } from "../rules/rule";
import { matchesPattern, urlStops } from "./pattern";
import type { Policy, PolicyEnvironment } from "./schema";

/** What holds in an environment: its own keys before those of `default`. */
export function environmentOf(policy: Policy, name: string | undefined): PolicyEnvironment {
  const own =
    name !== undefined && policy.environments && Object.hasOwn(policy.environments, name)
      ? policy.environments[name]
      : {};
  return { ...policy.default, ...own };
}

/** Whether the policy names an issuer as allowed. Without a list it names none. */
export function allowsIssuer(environment: PolicyEnvironment, issuer: string): boolean {
  return environment.issuers?.some((pattern) => isIssuer(pattern, issuer)) ?? false;
}

function isIssuer(pattern: string, issuer: string): boolean {
  if (pattern.includes("*")) return matchesPattern(pattern, issuer, urlStops);
  return ["same", "trailingSlash", "hostCase", "defaultPort"].includes(compareIssuers(pattern, issuer));
}

/** What the gateways that this plan writes hold against the policy. What is not known yet is not allowed. */
export function evaluatePolicy(plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  return plan.gateways.flatMap((gateway) => {
    if (!isWritten(gateway) && !gateway.imported) return [];
    return [
      ...issuers(gateway, environment),
      ...endpoints(gateway, environment),
      ...audience(gateway, environment),
      ...scopes(gateway, environment),
      ...metadataCheck(gateway, plan, environment),
    ];
  });
}

function issuers(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  if (!environment.issuers) return [];
  const written = { field: "authorizationServerUrl", value: stringAt(gateway.after, "authorizationServerUrl") };
  const accepted = { field: "metadata.issuer", value: stringAt(recordAt(gateway.after, "metadata"), "issuer") };
  const known = [written, accepted].filter(({ value }) => value !== undefined && !allowsIssuer(environment, value));
  const isUnknown = gateway.unknown.has("authorizationServerUrl");
  // An issuer that a metadata URL steers to may rightly be spelled otherwise (oauth-findings, Azure AD B2C); the written one is the rule.
  const told = known.some(({ field }) => field === written.field) ? [written] : known;
  return [
    ...told.map(({ field, value }) =>
      draft(
        gateway,
        "issuer-not-allowed",
        field,
        `The issuer of ${nameOf(gateway)} is not among those of the policy`,
        shown(value),
      ),
    ),
    ...(isUnknown
      ? [
          draft(
            gateway,
            "issuer-not-allowed",
            written.field,
            `The issuer of ${nameOf(gateway)} is not known yet, so the policy cannot allow it`,
            "(known after apply)",
          ),
        ]
      : []),
  ];
}

function endpoints(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  if (!environment.issuers) return [];
  const own = originOf(stringAt(gateway.after, "authorizationServerUrl") ?? "");
  return (["metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const).flatMap(
    (field) => {
      const value = stringAt(gateway.after, field);
      const origin = value === undefined ? undefined : originOf(value);
      if (value === undefined || (origin !== undefined && origin === own)) return [];
      if (
        origin !== undefined &&
        environment.endpoint_origins?.some((pattern) => matchesPattern(pattern.replace(/\/$/, ""), origin, urlStops))
      )
        return [];
      return [
        draft(
          gateway,
          "issuer-not-allowed",
          field,
          `The policy allows no ${field} of ${nameOf(gateway)} on this origin`,
          shownField(gateway, "after", field),
        ),
      ];
    },
  );
}

function audience(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  if (!environment.audiences) return [];
  if (gateway.unknown.has("resource")) {
    return [
      draft(
        gateway,
        "audience-not-allowed",
        "resource",
        `The resource of ${nameOf(gateway)} is not known yet, so the policy cannot allow it`,
        "(known after apply)",
      ),
    ];
  }
  const value = stringAt(gateway.after, "resource");
  if (value === undefined || environment.audiences.some((pattern) => matchesPattern(pattern, value, urlStops)))
    return [];
  return [
    draft(
      gateway,
      "audience-not-allowed",
      "resource",
      `The resource of ${nameOf(gateway)} is not among those of the policy`,
      shownField(gateway, "after", "resource"),
    ),
  ];
}

function scopes(gateway: ResourceChange, environment: PolicyEnvironment): Draft[] {
  const { scopes: allowed } = environment;
  if (!allowed) return [];
  const refused = stringsAt(gateway.after, "scopes").filter(
    (scope) => !allowed.some((pattern) => matchesPattern(pattern, scope, urlStops)),
  );
  const unknown = gateway.unknown.has("scopes");
  if (refused.length === 0 && !unknown) return [];
  const summary =
    refused.length === 0
      ? `Scopes of ${nameOf(gateway)} are not known yet, so the policy cannot allow them`
      : `${nameOf(gateway)} asks for scopes that are not among those of the policy`;
  return [
    draft(
      gateway,
      "scope-not-allowed",
      "scopes",
      summary,
      gateway.sensitive.has("scopes") ? "(secret)" : shown(refused) || "(known after apply)",
    ),
  ];
}

const loudness = { off: 0, warn: 1, error: 2 } as const;

function metadataCheck(gateway: ResourceChange, plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  const required = environment.metadata_check;
  if (!required) return [];
  const provider = plan.providers.find(({ key }) => key === gateway.providerKey);
  const isUnknown = gateway.unknown.has("metadataCheck");
  const level = stringAt(gateway.after, "metadataCheck") ?? stringAt(provider?.after, "metadataCheck") ?? "warn";
  if (!isUnknown && (loudness[level as keyof typeof loudness] ?? 0) >= loudness[required]) return [];
  return [
    {
      ...draft(
        gateway,
        "metadata-check-required",
        "metadataCheck",
        `The policy requires metadata_check = ${required} of ${nameOf(gateway)}`,
        isUnknown ? "(known after apply)" : level,
      ),
      before: required,
    },
  ];
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
