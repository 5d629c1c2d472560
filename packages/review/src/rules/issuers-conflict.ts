import { compareIssuers } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { shownField } from "../changes/shown";
import { isChanged, nameOf, stringAt } from "../changes/values";
import { isAlike } from "../routes/places";
import type { Draft, Rule } from "./rule";

/** One resource, two issuers. Told where this plan makes it so, once for a pair. */
export const issuersConflict: Rule = ({ plan }) => {
  const byResource = new Map<string, ResourceChange[]>();
  for (const gateway of plan.gateways) {
    const resource = stringAt(gateway.after, "resource");
    if (resource !== undefined) byResource.set(resource, [...(byResource.get(resource) ?? []), gateway]);
  }
  return [...byResource.values()].flatMap((gateways) =>
    gateways.filter(makesIt).flatMap((gateway) => {
      const other = gateways.find(
        (candidate) => disagree(candidate, gateway) && (!makesIt(candidate) || gateway.address < candidate.address),
      );
      return other ? [draftOf(gateway, other)] : [];
    }),
  );
};

function disagree(a: ResourceChange, b: ResourceChange): boolean {
  const [left, right] = [a, b].map(({ after }) => stringAt(after, "authorizationServerUrl"));
  if (left === undefined || right === undefined || isAlike(left, right)) return false;
  if (compareIssuers(left, right) === "scheme") return false;
  return isOneOrganization(a, b);
}

function draftOf(gateway: ResourceChange, other: ResourceChange): Draft {
  return {
    code: "issuers-conflict",
    subject: gateway,
    gateway,
    fields: ["authorizationServerUrl", "resource"],
    summary: `${nameOf(gateway)} and ${nameOf(other)} serve one resource with different issuers`,
    before: shownField(other, "after", "authorizationServerUrl"),
    after: shownField(gateway, "after", "authorizationServerUrl"),
  };
}

function makesIt(gateway: ResourceChange): boolean {
  if (gateway.action === "create" && gateway.before === undefined) return true;
  return isChanged(gateway, "authorizationServerUrl") || isChanged(gateway, "resource");
}

/** While an organization's id is not known yet, the provider configuration stands for it. */
function isOneOrganization(a: ResourceChange, b: ResourceChange): boolean {
  const [left, right] = [a, b].map(
    ({ before, after }) => stringAt(after, "organizationId") ?? stringAt(before, "organizationId"),
  );
  return left === undefined || right === undefined ? a.providerKey === b.providerKey : left === right;
}
