import { compareIssuers } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { isChanged, isWritten, nameOf, stringAt } from "../changes/values";
import { isCommonTenant } from "../routes/tenant";
import { keepsIssuer } from "./kept-issuer";
import { aboutField, type Draft, perGateway, type RuleContext } from "./rule";

const field = "authorizationServerUrl";

/** Where users sign in: the profile's issuer, its tenant and its kind. */
export const authorizationServer = perGateway((gateway, context) => [
  ...issuer(gateway, context),
  ...commonTenant(gateway),
  ...provider(gateway),
]);

function issuer(gateway: ResourceChange, { known }: RuleContext): Draft[] {
  const after = stringAt(gateway.after, field);
  if (after === undefined || !isWritten(gateway)) return [];
  const before = stringAt(gateway.before, field);
  const draft = aboutField(gateway, field);
  if (before === undefined) {
    if (gateway.before === undefined ? known.knows(after) : known.allowed.issuer(after)) return [];
    const severity = gateway.before === undefined ? ("warn" as const) : ("error" as const);
    return [
      {
        ...draft,
        code: "authorization-server-new",
        severity,
        summary: `${nameOf(gateway)} trusts an authorization server that ${gateway.before === undefined ? "no gateway used" : "it did not use"} before`,
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
  if (keepsIssuer(gateway, after)) {
    return [
      {
        ...draft,
        code: "issuer-respelled",
        summary: `${nameOf(gateway)} spells the issuer otherwise, at which its users sign in as before`,
      },
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
      // That another gateway uses it says nothing about who should sign in here.
      severity: known.allowed.issuer(after) ? "warn" : "error",
      summary: `${nameOf(gateway)} moves to another authorization server`,
    },
  ];
}

function commonTenant(gateway: ResourceChange): Draft[] {
  const after = stringAt(gateway.after, field);
  const before = stringAt(gateway.before, field);
  if (after === undefined || !isWritten(gateway) || !isCommonTenant(after)) return [];
  if (before !== undefined && isCommonTenant(before)) return [];
  return [
    {
      ...aboutField(gateway, field),
      code: "tenant-common",
      ...(gateway.before === undefined ? { severity: "warn" as const } : {}),
      summary: `${nameOf(gateway)} takes accounts of every tenant`,
    },
  ];
}

function provider(gateway: ResourceChange): Draft[] {
  if (!isChanged(gateway, "providerType")) return [];
  return [
    {
      ...aboutField(gateway, "providerType"),
      code: "provider-type-changed",
      summary: `${nameOf(gateway)} is another kind of provider`,
    },
  ];
}
