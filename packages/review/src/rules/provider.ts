import { defaultApiUrl, isLoopback, parseUrl, type Severity } from "@mcpstack/model";
import type { PlanChanges, ProviderChange, ResourceChange } from "../changes/change";
import { shown, shownOf } from "../changes/shown";
import { configuredKey, isEdited, nameOf, stringAt, withoutKeys } from "../changes/values";
import { isSameApi } from "../routes/same-address";
import { providerSubject } from "./checks";
import { type Draft, perGateway, type Rule, type RuleContext } from "./rule";

/** Which API, and whose gateways. */
export const provider: Rule = (context) => [
  ...context.plan.providers.flatMap((change) => connection(change, context)),
  ...organization(context),
];

/** What changes of the API and the organization that a configuration works on. */
export function connection(change: ProviderChange, context: RuleContext): Draft[] {
  const found: Draft[] = [];
  const { allowed } = context.known;
  const show = (side: "before" | "after", field: string) => shownOf(change, field, change[side]?.[field]);
  const draft = (field: string) => ({
    subject: providerSubject(change),
    fields: [field],
    before: show("before", field),
    after: show("after", field),
  });
  const isTold = (field: string) => change.before && !change.unknown.has(field) && !change.hidden.has(field);
  const apiUrl = stringAt(change.after, "apiUrl");
  const parsed = apiUrl === undefined ? undefined : parseUrl(apiUrl);
  if (parsed?.protocol === "http:" && !isLoopback(parsed.hostname)) {
    found.push({
      ...draft("apiUrl"),
      code: "api-insecure",
      summary: "The provider sends its credential over plain http",
    });
  }
  // Left out, it is the default, unless the environment names another one, which no input tells.
  const api = apiUrl ?? defaultApiUrl;
  if (
    isTold("apiUrl") &&
    !earlierOf("apiUrl", change, context.plan).some((was) => isSameApi(api, was ?? defaultApiUrl))
  ) {
    const severity = severityOf(change, allowed.api(api), "error");
    if (severity) found.push({ ...draft("apiUrl"), code: "api-changed", severity, summary: said(change, "API") });
  }
  const sameness = isTold("organization") ? samenessOf(change, context.plan) : "same";
  if (sameness !== "same") {
    const name = stringAt(change.after, "organization");
    const severity = severityOf(change, name !== undefined && allowed.organization(name), "warn");
    if (severity) {
      const draftOf = { ...draft("organization"), code: "organization-changed" as const, severity };
      found.push({ ...draftOf, ...(sameness === "other" ? { summary: said(change, "organization") } : sameness) });
    }
  }
  return found;
}

/**
 * Of a configuration that no resource used before, all that any other one named is known; of another one, and where no other was in use,
 * what it named itself.
 */
function earlierOf(field: string, change: ProviderChange, plan: PlanChanges): (string | undefined)[] {
  const others = isFirst(change, plan) || change.use !== "new" ? [change] : plan.providers.filter(isInUse);
  return others.map(({ before }) => stringAt(before, field));
}

/** Whether no gateway was managed before, so that there is nothing from which this configuration could lead away. */
function isFirst({ use }: ProviderChange, { providers }: PlanChanges): boolean {
  return use === "new" && !providers.some(isInUse);
}

function isInUse({ use }: ProviderChange): boolean {
  return use === "continued";
}

/** How loudly it is told; undefined for what is neither a change of what was, nor anything that the policy does not allow. */
function severityOf({ use }: ProviderChange, isAllowed: boolean, ofNew: Severity): Severity | undefined {
  if (use === "continued") return isAllowed ? "warn" : "error";
  if (isAllowed) return undefined;
  return use === "new" ? ofNew : "info";
}

function said({ use }: ProviderChange, what: string): string {
  switch (use) {
    case "new":
      return `A new configuration of the provider works on another ${what} than those before`;
    case "none":
      return `A configuration that nothing uses names another ${what}`;
    default:
      return `The provider is pointed at another ${what}`;
  }
}

/** Whether it is the same organization; where nothing tells, what is known of it. */
type Sameness = "same" | "other" | Required<Pick<Draft, "summary" | "fix">>;

/** What an organization was called may change: resources, and what is looked up in this very plan, tell its id. */
function samenessOf(change: ProviderChange, plan: PlanChanges): Sameness {
  const name = stringAt(change.after, "organization");
  const earlier = earlierOf("organization", change, plan);
  if (earlier.includes(name) || (isFirst(change, plan) && earlier.every((one) => one === undefined))) return "same";
  const isIts = (of: { readonly providerKey: string }) => configuredKey(plan, of) === change.key;
  const isUser = (resource: ResourceChange) =>
    change.address === undefined ? isIts(resource) : withoutKeys(resource.address) === withoutKeys(change.address);
  // An organization that any resource is of is no new one.
  const resources = [...plan.gateways, ...plan.attachments].filter((one) => change.use !== "continued" || isUser(one));
  const ids = new Set(resources.flatMap(({ before }) => stringAt(before, "organizationId") ?? []));
  const [id] = ids;
  if (change.use === "continued" && (ids.size !== 1 || id === undefined)) return "other";
  if (name !== undefined && ids.has(name)) return "same";
  // Left out, the environment names it, which no input holds. A gateway of another one is neither read nor written then, and none is new.
  const isOld = resources.every(
    ({ before, action }) => before !== undefined && action !== "create" && action !== "replace",
  );
  if (name === undefined && isOld && earlier.every((one) => one === id)) return "same";
  const lookedUp = plan.lookedUp.filter(isIts).flatMap(({ values }) => stringAt(values, "organizationId") ?? []);
  if (lookedUp.length > 0) return lookedUp.every((one) => ids.has(one)) ? "same" : "other";
  return change.use === "continued" && id !== undefined && !isId(name, id) ? undecided(name, id) : "other";
}

/** Whether a name is an id as another one is: both begin with the same `org_`. */
function isId(name: string | undefined, id: string): boolean {
  const kind = /^[a-z]+_/.exec(id)?.[0];
  return kind !== undefined && name?.startsWith(kind) === true;
}

/** An organization has an id and a slug, and a plan does not hold which slug is whose. */
function undecided(name: string | undefined, id: string): Sameness {
  return {
    summary: `The provider ${name === undefined ? "no longer names its organization" : "names its organization otherwise"}, and the input does not tell whether that is ${id}, which its resources are of`,
    fix: `If it is the same one, write ${id}, which is compared with the resources.${name === undefined ? "" : " A policy that allows it by `organizations`, the id and the slug, makes this a warning."}`,
  };
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
