import { defaultApiUrl, isLoopback, meansSameUrl, parseUrl } from "@mcpstack/model";
import type { ProviderChange } from "../changes/change";
import { shown, shownOf } from "../changes/shown";
import { isEdited, nameOf, stringAt } from "../changes/values";
import { providerSubject } from "./checks";
import { type Draft, perGateway, type Rule } from "./rule";

/** Which API, and whose gateways. */
export const provider: Rule = (context) => [...context.plan.providers.flatMap(connection), ...organization(context)];

function connection(change: ProviderChange): Draft[] {
  const found: Draft[] = [];
  const show = (side: "before" | "after", field: string) => shownOf(change, field, change[side]?.[field]);
  const draft = (field: string) => ({
    subject: providerSubject(change),
    fields: [field],
    before: show("before", field),
    after: show("after", field),
  });
  const apiUrl = stringAt(change.after, "apiUrl");
  const parsed = apiUrl === undefined ? undefined : parseUrl(apiUrl);
  if (parsed?.protocol === "http:" && !isLoopback(parsed.hostname)) {
    found.push({
      ...draft("apiUrl"),
      code: "api-insecure",
      summary: "The provider sends its credential over plain http",
    });
  }
  if (change.before && !change.unknown.has("apiUrl") && !change.hidden.has("apiUrl")) {
    // Left out, it is the default, unless the environment names another one, which no input tells.
    const was = stringAt(change.before, "apiUrl") ?? defaultApiUrl;
    const will = apiUrl ?? defaultApiUrl;
    const isSame = was === will || meansSameUrl(was, will) || meansSameUrl(will, was);
    if (!isSame)
      found.push({ ...draft("apiUrl"), code: "api-changed", summary: "The provider is pointed at another API" });
  }
  if (
    change.before &&
    !change.unknown.has("organization") &&
    !change.hidden.has("organization") &&
    stringAt(change.before, "organization") !== stringAt(change.after, "organization")
  ) {
    found.push({
      ...draft("organization"),
      code: "organization-changed",
      summary: "The provider is pointed at another organization",
    });
  }
  return found;
}

/** Without the provider's earlier configuration, the resources themselves still tell. */
const organization = perGateway((gateway) => {
  const before = stringAt(gateway.before, "organizationId");
  const after = stringAt(gateway.after, "organizationId");
  if (!isEdited(gateway) || before === undefined || after === undefined || before === after) return [];
  return [
    {
      code: "organization-changed",
      subject: gateway,
      gateway,
      fields: ["organizationId"],
      summary: `${nameOf(gateway)} moves to another organization`,
      before: shown(before),
      after: shown(after),
    },
  ];
});
