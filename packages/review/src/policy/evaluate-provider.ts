import type { PlanChanges, ProviderChange, ResourceChange } from "../changes/change";
import { shown, shownOf, shownOrigin } from "../changes/shown";
import { nameOf, providerOf, recordAt, stringAt, stringsAt } from "../changes/values";
import { providerSubject, wayOn } from "../rules/checks";
import { defaultSeverity, loudness, loudnessOf } from "../rules/in-force";
import type { Draft } from "../rules/rule";
import { isApiUrl, isFile, isOrganization, isOrigin } from "./environment";
import type { PolicyEnvironment } from "./schema";

/** What the provider's configuration, and the organization of gateways, hold against the policy, whether or not a gateway is touched. */
export function evaluateProviders(plan: PlanChanges, environment: PolicyEnvironment): Draft[] {
  return [
    ...plan.providers.flatMap((provider) => [
      ...trust(provider, environment),
      ...findings(providerSubject(provider), "the provider", provider, environment),
      ...requiredCheck(
        { subject: providerSubject(provider), ...wayOn(provider, "metadataCheck") },
        "the provider",
        { level: stringAt(provider.after, "metadataCheck"), doubt: untold(provider, "metadataCheck") },
        environment,
      ),
    ]),
    ...plan.gateways.flatMap((gateway) =>
      gateway.after
        ? findings(gateway, nameOf(gateway), gateway, environment, {
            gateway,
            // What a gateway does not say itself, its provider says; of one that there is, that is told.
            isWhole: providerOf(plan, gateway) === undefined,
          })
        : [],
    ),
    ...organizations(plan, environment),
  ];
}

type Configured = Pick<ProviderChange, "after" | "unknown" | "hidden" | "sensitive" | "origins">;

/** Why a policy cannot say whether it allows a value, in words for the finding's `after`. */
export function untold({ unknown, hidden, origins }: Configured, field: string): string | undefined {
  if (unknown.has(field)) return shownOrigin({ unknown, origins }, field) ?? "(known after apply)";
  return hidden.has(field) ? "(secret)" : undefined;
}

function trust(provider: ProviderChange, environment: PolicyEnvironment): Draft[] {
  const { trusted_origins: origins, api_urls: urls, organizations: names, ca_files: files } = environment;
  return [
    ...refused(provider, "trustedOrigins", stringsAt(provider.after, "trustedOrigins"), origins, isOrigin),
    ...refused(provider, "apiUrl", listOf(provider, "apiUrl"), urls, isApiUrl),
    ...refused(provider, "organization", organizationOf(provider, names, isOrganization), names, isOrganization),
    ...refused(provider, "caFile", listOf(provider, "caFile"), files, isFile),
    ...(environment.insecure_metadata === false &&
    (provider.after?.allowInsecureMetadata === true || untold(provider, "allowInsecureMetadata") !== undefined)
      ? [draft(provider, "allowInsecureMetadata", untold(provider, "allowInsecureMetadata") ?? "true")]
      : []),
  ];
}

/** Where the argument is not certain, what its resources say of themselves is as good. */
function organizationOf(
  provider: ProviderChange,
  patterns: readonly string[] | undefined,
  stands: (pattern: string, value: string) => boolean,
): readonly string[] {
  const proved = provider.provedOrganization;
  const isAllowed = proved !== undefined && patterns?.some((pattern) => stands(pattern, proved)) === true;
  return isAllowed && provider.origins?.organization !== undefined ? [proved] : listOf(provider, "organization");
}

function listOf(provider: ProviderChange, field: string): readonly string[] {
  const value = stringAt(provider.after, field);
  return value === undefined ? [] : [value];
}

function refused(
  provider: ProviderChange,
  field: string,
  values: readonly string[],
  patterns: readonly string[] | undefined,
  stands: (pattern: string, value: string) => boolean,
): Draft[] {
  if (!patterns) return [];
  const doubt = untold(provider, field);
  const found = values.filter((value) => !patterns.some((pattern) => stands(pattern, value)));
  if (found.length === 0 && doubt === undefined) return [];
  return [draft(provider, field, shownOf(provider, field, found) ?? doubt)];
}

function draft(provider: ProviderChange, field: string, after: string | undefined): Draft {
  return {
    code: "trust-not-allowed",
    subject: providerSubject(provider),
    fields: [field],
    summary:
      untold(provider, field) === undefined
        ? `The policy does not allow this ${field} of the provider`
        : `The policy cannot allow the ${field} of the provider, which is not in the input`,
    after,
    ...wayOn(provider, field),
  };
}

function findings(
  subject: Draft["subject"],
  name: string,
  { after, ...of }: Configured,
  { findings: required }: PolicyEnvironment,
  { gateway, isWhole }: { readonly gateway?: ResourceChange; readonly isWhole: boolean } = { isWhole: true },
): Draft[] {
  if (!required) return [];
  const chosen = recordAt(after, "findings");
  const doubt = untold({ after, ...of }, "findings");
  const isSaid = (code: string) => Object.hasOwn(chosen, code);
  const severityOf = (code: string) => (isSaid(code) ? chosen[code] : defaultSeverity(code, "usual"));
  const lowered = Object.entries(required)
    .filter(([code, least]) =>
      (isWhole && doubt === undefined) || isSaid(code) ? loudnessOf(severityOf(code)) < loudnessOf(least) : false,
    )
    .map(([code]) => `${code}: ${isSaid(code) ? String(chosen[code]) : `(default: ${severityOf(code)})`}`);
  if (lowered.length === 0 && doubt === undefined) return [];
  return [
    {
      code: "trust-not-allowed",
      subject,
      ...(gateway ? { gateway } : {}),
      fields: ["findings"],
      summary: `The policy requires findings of ${name} to be louder`,
      after: shownOf(of, "findings", lowered) ?? doubt,
    },
  ];
}

/** A policy for the check itself: of a gateway or, whatever gateways there are, of a provider. */
export function requiredCheck(
  of: Pick<Draft, "subject" | "gateway" | "servers" | "fix">,
  name: string,
  { level = "warn", doubt }: { readonly level: string | undefined; readonly doubt: string | undefined },
  { metadata_check: required }: PolicyEnvironment,
): Draft[] {
  if (!required) return [];
  if (doubt === undefined && (loudness[level] ?? 0) >= (loudness[required] ?? 0)) return [];
  return [
    {
      ...of,
      code: "metadata-check-required",
      fields: ["metadataCheck"],
      summary: `The policy requires metadata_check = ${required} of ${name}`,
      before: required,
      after: doubt ?? level,
    },
  ];
}

/** Where the provider names no organization, the gateways that exist tell whose they are. */
function organizations(plan: PlanChanges, { organizations: patterns }: PolicyEnvironment): Draft[] {
  if (!patterns) return [];
  return plan.gateways.flatMap((gateway): Draft[] => {
    const id = stringAt(gateway.after, "organizationId");
    if (gateway.action === "none" || id === undefined || patterns.some((pattern) => isOrganization(pattern, id)))
      return [];
    return [
      {
        code: "trust-not-allowed",
        subject: gateway,
        gateway,
        fields: ["organizationId"],
        summary: `The policy does not allow gateways of this organization`,
        after: shown(id),
      },
    ];
  });
}
