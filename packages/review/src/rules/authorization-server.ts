import { compareIssuers, parseUrl } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { shownField } from "../changes/shown";
import { isChanged, isWritten, nameOf, stringAt } from "../changes/values";
import { type Draft, perGateway, type RuleContext } from "./rule";

const field = "authorizationServerUrl";

/** Where users sign in: the profile's issuer, its tenant and its kind. */
export const authorizationServer = perGateway((gateway, context) => [
  ...issuer(gateway, context),
  ...provider(gateway),
]);

function issuer(gateway: ResourceChange, { known }: RuleContext): Draft[] {
  const after = stringAt(gateway.after, field);
  if (after === undefined || !isWritten(gateway)) return [];
  const before = stringAt(gateway.before, field);
  const draft = {
    subject: gateway,
    gateway,
    fields: [field],
    before: shownField(gateway, "before", field),
    after: shownField(gateway, "after", field),
  };
  if (before === undefined) {
    if (known.knows(after)) return [];
    const severity = gateway.before === undefined ? ("warn" as const) : ("error" as const);
    return [
      {
        ...draft,
        code: "authorization-server-new",
        severity,
        summary: `${nameOf(gateway)} trusts an authorization server that no gateway used before`,
      },
    ];
  }
  if (!isChanged(gateway, field)) return [];
  if (compareIssuers(before, after) === "trailingSlash") {
    return [
      {
        ...draft,
        code: "trailing-slash-changed",
        summary: `The issuer of ${nameOf(gateway)} ${after.endsWith("/") ? "gains" : "loses"} its trailing slash`,
      },
    ];
  }
  if (isCommonTenant(after) && isSingleTenant(before)) {
    return [
      { ...draft, code: "tenant-common", summary: `${nameOf(gateway)} takes accounts of every tenant instead of one` },
    ];
  }
  if (!known.knows(after)) {
    return [
      {
        ...draft,
        code: "authorization-server-new",
        summary: `${nameOf(gateway)} moves to an authorization server that no gateway used before`,
      },
    ];
  }
  return [
    {
      ...draft,
      code: "authorization-server-changed",
      summary: `${nameOf(gateway)} moves to another authorization server`,
    },
  ];
}

function provider(gateway: ResourceChange): Draft[] {
  if (!isChanged(gateway, "providerType")) return [];
  return [
    {
      code: "provider-type-changed",
      subject: gateway,
      gateway,
      fields: ["providerType"],
      summary: `${nameOf(gateway)} is another kind of provider`,
      before: shownField(gateway, "before", "providerType"),
      after: shownField(gateway, "after", "providerType"),
    },
  ];
}

const entraHosts =
  /^(?:login\.(?:microsoftonline\.(?:com|us)|microsoft\.com|windows\.net|partner\.microsoftonline\.cn|chinacloudapi\.cn)|sts\.windows\.net)$/;
const commonTenants: ReadonlySet<string> = new Set(["common", "organizations", "consumers"]);

/** The tenant in an Entra authority: the first segment of its path. */
function entraTenant(url: string): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed || !entraHosts.test(parsed.hostname)) return undefined;
  return parsed.pathname.split("/")[1]?.toLowerCase() || undefined;
}

function isCommonTenant(url: string): boolean {
  const tenant = entraTenant(url);
  return tenant !== undefined && commonTenants.has(tenant);
}

function isSingleTenant(url: string): boolean {
  const tenant = entraTenant(url);
  return tenant !== undefined && !commonTenants.has(tenant);
}
