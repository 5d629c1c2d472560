import { parseUrl } from "@mcpstack/model";
import type { PlanChanges, Values } from "../changes/change";
import { recordAt, stringAt } from "../changes/values";
import { type Allowed, isAlike, placeFields } from "../routes/places";

/** What was trusted before this plan: by any gateway of the state or of the base, and by the policy. */
export interface KnownTrust {
  readonly issuers: readonly string[];
  readonly hosts: ReadonlySet<string>;
  /** What the policy allows. */
  readonly allowed: Allowed;
  /** Whether an issuer is known, up to spelling that is told by other findings. */
  knows(issuer: string): boolean;
}

export function knownTrust(plan: PlanChanges, allowed: Allowed): KnownTrust {
  const earlier: Values[] = [
    ...plan.unplanned.map(({ values }) => values),
    // What this plan takes over was reviewed by nobody.
    ...plan.gateways.flatMap(({ before, imported }) => (imported || before === undefined ? [] : [before])),
  ];
  const issuers = new Set<string>();
  const hosts = new Set<string>();
  for (const values of earlier) {
    const metadata = recordAt(values, "metadata");
    for (const issuer of [stringAt(values, "authorizationServerUrl"), stringAt(metadata, "issuer")]) {
      if (issuer !== undefined) issuers.add(issuer);
    }
    for (const url of [...urlFields.map((field) => stringAt(values, field)), ...Object.values(metadata)]) {
      const host = typeof url === "string" ? parseUrl(url)?.hostname : undefined;
      if (host) hosts.add(host);
    }
  }
  const list = [...issuers];
  return {
    issuers: list,
    hosts,
    allowed,
    knows: (issuer) => allowed.issuer(issuer) || list.some((other) => isAlike(other, issuer)),
  };
}

/** The fields of a profile that are addresses of the authorization server. */
export const urlFields = placeFields.map(([, field]) => field);
