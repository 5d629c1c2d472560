import { isJsonObject, type Json, looksMasked, sameJson, stringifyJson } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { shownOf } from "../changes/shown";
import { isEdited, isWritten, nameOf, recordAt, stringAt } from "../changes/values";
import { isSettingsOrigin } from "../policy/environment";
import { placesOf } from "../routes/places";
import { siteOf } from "../routes/tenant";
import { sitesIn } from "../settings/addresses";
import { type Entry, entriesOf } from "../settings/entries";
import { providerSubject } from "./checks";
import { aboutField, type Draft, perGateway, type Rule, type RuleContext } from "./rule";

/** Fields that only the API knows, and secrets where everybody can read them. No value of either is ever shown. */
export const settings: Rule = (context) => [
  ...ofWritten(context),
  ...context.plan.gateways.flatMap(secrets),
  ...context.plan.providers.flatMap((provider) =>
    provider.plainSecrets.map(
      (field): Draft => ({
        code: "secret-in-plain",
        subject: providerSubject(provider),
        fields: [field],
        summary: "The provider's credential stands in the program",
      }),
    ),
  ),
];

const ofWritten = perGateway((gateway, context) => [
  ...changed(gateway),
  ...writeOnlyChanged(gateway),
  ...leadsElsewhere(gateway, context),
]);

/** Of a route that comes to another gateway. What is told of that gateway itself, since the plan writes it, is not told again. */
export function settingsOfRoute(route: ResourceChange, to: ResourceChange | undefined, context: RuleContext): Draft[] {
  const told = to ? ofWritten({ ...context, plan: { ...context.plan, gateways: [to] } }) : [];
  return [...changed(route), ...writeOnlyOfRoute(route), ...leadsElsewhere(route, context)].filter(
    ({ code, severity, after }) =>
      !told.some((other) => other.code === code && other.severity === severity && other.after === after),
  );
}

/** Of a new route to a gateway that there is: it leads nobody elsewhere, but to nothing that the policy does not allow. */
export function settingsAllowed(route: ResourceChange, to: ResourceChange | undefined, context: RuleContext): Draft[] {
  // All that is written for a new gateway is told there.
  const isTold = to !== undefined && isWritten(to) && to.before === undefined;
  if (isTold || context.environment.settings_origins === undefined) return [];
  const field = "settings";
  if (route.unknown.has(field) || route.hidden.has(field)) {
    return [
      {
        ...aboutField(route, field),
        code: "cannot-be-reviewed",
        severity: "warn",
        summary: `Further API fields of ${nameOf(route)} are not in the input, so the policy cannot allow the addresses in them`,
        after: route.unknown.has(field) ? "(known after apply)" : "(secret)",
      },
    ];
  }
  const strange = strangeSites(route, context);
  return told(
    entriesOf(route.after?.settings).filter(({ sites }) => sites.some(strange)),
    (entries) => ({
      code: "settings-name-address",
      severity: "error",
      subject: route,
      fields: [field],
      summary: `Further API fields of ${nameOf(route)} name an address that the policy does not allow`,
      after: pathsOf(route, entries),
    }),
  );
}

function changed(gateway: ResourceChange): Draft[] {
  const before = recordAt(gateway.before, "settings");
  const after = recordAt(gateway.after, "settings");
  if (!isEdited(gateway) || gateway.unknown.has("settings")) return [];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !sameJson(before[key] ?? null, after[key] ?? null))
    .sort();
  if (keys.length === 0) return [];
  const show = (side: typeof before) =>
    namesOf(
      gateway,
      keys.filter((key) => side[key] !== undefined),
    );
  return [
    {
      code: "settings-changed",
      subject: gateway,
      gateway,
      fields: ["settings"],
      summary: `Further API fields of ${nameOf(gateway)} change`,
      before: show(before),
      after: show(after),
    },
  ];
}

/** Names of settings; of what is sensitive not even those. */
function namesOf(gateway: ResourceChange, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : shownOf(gateway, "settings", [...names]);
}

/** Of entries their paths. */
function pathsOf(gateway: ResourceChange, entries: readonly Entry[]): string | undefined {
  return namesOf(gateway, [...new Set(entries.map(({ path }) => path || "settings"))]);
}

/** The content of `settings_wo` is in no plan; that it is written again is. */
function writeOnlyChanged(gateway: ResourceChange): Draft[] {
  const { writeOnly } = gateway;
  const versioned = newVersion(gateway);
  if (versioned.length > 0 || !isWritten(gateway) || writeOnly === undefined || writeOnly === "same") return versioned;
  const isOpen = writeOnly === "open";
  return [
    {
      code: "write-only-settings-changed",
      ...(isOpen ? { severity: "info" as const } : {}),
      subject: gateway,
      gateway,
      fields: ["settingsWo"],
      summary: `Further API fields of ${nameOf(gateway)} are written along, ${isOpen ? "and nobody can tell whether they are those of before" : "and no plan shows them"}`,
    },
  ];
}

const versionField = "settingsWoVersion";

/** Of two gateways, the same version says nothing. */
function writeOnlyOfRoute(route: ResourceChange): Draft[] {
  const versions = [route.before?.[versionField], route.after?.[versionField]];
  const isVersioned = route.unknown.has(versionField) || versions.some((version) => (version ?? null) !== null);
  if (!isVersioned && route.writeOnly === undefined) return [];
  return [
    {
      ...aboutField(route, isVersioned ? versionField : "settingsWo"),
      code: "write-only-settings-changed",
      summary: `Further API fields of ${nameOf(route)} may be others than before, and no plan shows them`,
    },
  ];
}

function newVersion(gateway: ResourceChange): Draft[] {
  const field = versionField;
  const [before, after] = [gateway.before?.[field], gateway.after?.[field]];
  const isOpen = gateway.before !== undefined && gateway.unknown.has(field);
  if (!isWritten(gateway) || (!isOpen && (before ?? null) === (after ?? null))) return [];
  return [
    {
      ...aboutField(gateway, field),
      code: "write-only-settings-changed",
      summary: `Further API fields of ${nameOf(gateway)} are written, and no plan shows them`,
    },
  ];
}

/**
 * A service may take a field under another spelling than the profile's, or nested: then `settings` moves what no other rule looks at. So
 * names are judged by their words, and values by the addresses in them, whatever they are called.
 */
function leadsElsewhere(gateway: ResourceChange, context: RuleContext): Draft[] {
  if (!isWritten(gateway)) return [];
  const before = entriesOf(gateway.before?.settings);
  const after = entriesOf(gateway.after?.settings);
  const isIn = (others: readonly Entry[], { path, value }: Entry) =>
    others.some((other) => other.path === path && sameJson(other.value, value));
  const strange = strangeSites(gateway, context);
  const changed = after
    .filter((entry) => !isIn(before, entry))
    .map((entry) => ({ ...entry, isStrange: entry.sites.some(strange) }));
  const deciding = changed.filter(
    ({ decides, leans, leansToAddress, sites, isStrange }) =>
      decides || (leans && isStrange) || (leansToAddress && sites.length === 0),
  );
  // Another address of an origin that the gateway uses anyway. Whose it is, the origin tells; what it is for, the service.
  const within = changed.filter((entry) => entry.leansToAddress && !deciding.includes(entry));
  // Of what is not known yet, nobody can say that it goes.
  const isOpen = gateway.unknown.has("settings") || gateway.hidden.has("settings");
  const left = isOpen ? [] : before.filter(({ path }) => !after.some((one) => one.path === path));
  const isDeciding = ({ decides, leansToAddress }: Entry) => decides || leansToAddress;
  const gone = left.filter(isDeciding);
  const isWho = (entry: Entry) => entry.choosesWho && !isDeciding(entry);
  const who = changed.filter((entry) => isWho(entry) && !deciding.includes(entry));
  const draft = { subject: gateway, gateway, fields: ["settings"] };
  const named = (entries: readonly Entry[]) => pathsOf(gateway, entries);
  return [
    ...told(deciding, (entries) => ({
      ...draft,
      code: "settings-decide-sign-in",
      summary: `${nameOf(gateway)} sets what decides where users sign in past the arguments that are reviewed`,
      before: named(gone),
      after: named(entries),
    })),
    ...(deciding.length > 0
      ? []
      : told(gone, (entries) => ({
          ...draft,
          code: "settings-decide-sign-in",
          severity: "warn",
          summary: `${nameOf(gateway)} no longer sets what decided where users sign in past the arguments that are reviewed`,
          before: named(entries),
        }))),
    ...told(within, (entries) => ({
      ...draft,
      code: "settings-decide-sign-in",
      severity: "warn",
      summary: `${nameOf(gateway)} sets what may decide where users sign in, to another address of an origin that it uses`,
      after: named(entries),
    })),
    ...told([...who, ...left.filter(isWho)], () => ({
      ...draft,
      code: "settings-decide-sign-in",
      severity: "warn",
      summary: `${nameOf(gateway)} sets otherwise who signs in, or as whom, past the arguments that are reviewed`,
      before: named(left.filter(isWho)),
      after: named(who),
    })),
    ...told(
      changed.filter((entry) => entry.isStrange && !deciding.includes(entry)),
      (entries) => ({
        ...draft,
        code: "settings-name-address",
        ...(context.environment.settings_origins ? { severity: "error" } : {}),
        summary: `Further API fields of ${nameOf(gateway)} name an address that it did not use before`,
        after: named(entries),
      }),
    ),
    ...told(
      changed.filter((entry) => entry.perhaps.some(strange) && !deciding.includes(entry)),
      (entries) => ({
        ...draft,
        code: "settings-name-address",
        summary: `Further API fields of ${nameOf(gateway)} call something by what may be an address that it did not use before`,
        after: named(entries),
      }),
    ),
  ];
}

function told<T>(entries: readonly T[], draft: (entries: readonly T[]) => Draft): Draft[] {
  return entries.length === 0 ? [] : [draft(entries)];
}

/** Whether a site is one that the gateway's route did not use before, and that the policy does not allow. */
function strangeSites({ before, after }: ResourceChange, { environment }: RuleContext): (site: string) => boolean {
  const values = before ?? { ...after, settings: undefined };
  const resource = stringAt(values, "resource");
  const used = new Set([
    ...placesOf(values).flatMap(({ url }) => siteOf(url) ?? []),
    ...(resource === undefined ? [] : sitesIn(resource)),
    ...entriesOf(values.settings).flatMap(({ sites, perhaps, value }) =>
      sites.length + perhaps.length > 0 ? sites : sitesIn(textOf(value)),
    ),
  ]);
  const patterns = environment.settings_origins ?? [];
  return (site) => !used.has(site) && !patterns.some((pattern) => isSettingsOrigin(pattern, site));
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : stringifyJson(value);
}

const secretName =
  /(?:secret|password|passwd|private_?key|access_?token|refresh_?token|api_?key|client_?assertion|credential)s?$/i;

/** Shapes of credentials that are issued to be recognised, and of PEM keys. */
const secretShape =
  /(?:^|[^A-Za-z0-9])(?:mcpstack_sk_|emcy_sk_|ghp_|gho_|ghs_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30})|-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[\w-]+\.eyJ[\w-]+\./;

function secrets(gateway: ResourceChange): Draft[] {
  if (!isWritten(gateway)) return [];
  const fields = new Map<string, string>();
  if (!gateway.sensitive.has("settings")) {
    for (const path of secretPaths(recordAt(gateway.after, "settings"), [])) fields.set("settings", `settings.${path}`);
  }
  for (const field of ["name", "description", "clientId", "resource"] as const) {
    const value = stringAt(gateway.after, field);
    if (value !== undefined && !gateway.sensitive.has(field) && secretShape.test(value)) fields.set(field, field);
  }
  return [...fields].map(
    ([field, where]): Draft => ({
      code: "secret-in-plain",
      subject: gateway,
      gateway,
      fields: [field],
      summary: `${nameOf(gateway)} holds what looks like a secret in ${gateway.sensitive.has(field) ? field : where}`,
    }),
  );
}

function secretPaths(value: unknown, path: readonly string[]): string[] {
  if (typeof value === "string") {
    if (value === "" || looksMasked(value)) return [];
    return secretName.test(path.at(-1) ?? "") || secretShape.test(value) ? [path.join(".")] : [];
  }
  if (!Array.isArray(value) && !isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => secretPaths(member, [...path, key]));
}
