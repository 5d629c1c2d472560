import { decidesSignIn, type Json, looksMasked, parseJson, sameJson } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { shownOf } from "../changes/shown";
import { isEdited, isWritten, nameOf, recordAt, stringAt } from "../changes/values";
import { providerSubject } from "./checks";
import { aboutField, type Draft, perGateway, type Rule } from "./rule";

/** Fields that only the API knows, and secrets where everybody can read them. No value of either is ever shown. */
export const settings: Rule = (context) => [
  ...perGateway((gateway) => [
    ...changed(gateway),
    ...writeOnlyChanged(gateway),
    ...setsSignIn(gateway),
    ...secrets(gateway),
  ])(context),
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

/** The content of `settings_wo` is in no plan; that it is written again is. */
function writeOnlyChanged(gateway: ResourceChange): Draft[] {
  const field = "settingsWoVersion";
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

/** A service may take a field under another spelling than the profile's, or nested: then `settings` moves what no other rule looks at. */
function setsSignIn(gateway: ResourceChange): Draft[] {
  if (!isWritten(gateway)) return [];
  const before = new Map(signInPaths(recordAt(gateway.before, "settings"), []));
  const paths = signInPaths(recordAt(gateway.after, "settings"), [])
    .filter(([path, value]) => !sameJson(before.get(path) ?? null, value))
    .map(([path]) => path);
  if (paths.length === 0) return [];
  return [
    {
      code: "settings-decide-sign-in",
      subject: gateway,
      gateway,
      fields: ["settings"],
      summary: `${nameOf(gateway)} sets what decides where users sign in past the arguments that are reviewed`,
      after: namesOf(gateway, paths),
    },
  ];
}

function signInPaths(value: unknown, path: readonly string[]): [string, Json][] {
  const inner = jsonIn(value);
  if (inner !== undefined) return signInPaths(inner, path);
  if (Array.isArray(value)) return value.flatMap((element, index) => signInPaths(element, [...path, String(index)]));
  if (typeof value !== "object" || value === null) return [];
  // A list of names with their values, in the place of an object.
  if (
    Object.entries(value).some(([key, name]) => nameKeys.test(key) && typeof name === "string" && decidesSignIn(name))
  )
    return [[path.join("."), value as Json]];
  return Object.entries(value).flatMap(([key, member]): [string, Json][] =>
    key.split(/[/.]/).some(decidesSignIn)
      ? [[[...path, key].join("."), member as Json]]
      : signInPaths(member, [...path, key]),
  );
}

const nameKeys = /^(?:name|key|field|property|path)$/i;

/** The object or list that a text holds, as some services take it. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return parseJson(value);
  } catch {
    return undefined;
  }
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
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => secretPaths(member, [...path, key]));
}
