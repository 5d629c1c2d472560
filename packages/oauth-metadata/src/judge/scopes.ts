import { isBroadScope } from "./broad-scope";
import { type ChangeStep, type Draft, quoted, report } from "./report";
import type { Subject } from "./subject";

/** Compare the scopes asked for with those on offer, and with those before the change under review. */
export const scopeRules = [notListed, offlineAccess, added];

const path = ["scopes"];

function notListed({ document, profile, server }: Subject): Draft[] {
  const listed = document?.scopes_supported;
  if (listed === undefined || document?.cut_fields?.includes("scopes_supported")) return [];
  const missing = sortedSet(profile.scopes).filter((scope) => !listed.includes(scope));
  if (missing.length === 0) return [];
  return [
    report("scope-not-listed", {
      path,
      found: missing.join(" "),
      where: server.url,
      summary: `Not among the listed scopes: ${missing.map(quoted).join(", ")}. Servers may leave scopes out of the list.`,
      fix: "Compare the spelling with the provider's own list of scopes.",
    }),
  ];
}

function offlineAccess({ document, profile, server }: Subject): Draft[] {
  if (profile.scopes === undefined || profile.scopes.includes("offline_access")) return [];
  if (!document?.scopes_supported?.includes("offline_access")) return [];
  return [
    report("offline-access-not-asked", {
      path,
      expected: "offline_access",
      where: server.url,
      summary:
        'The scope "offline_access" is offered and not asked for: users may have to sign in again when their token expires.',
      fix: {
        profile: { scopes: [...profile.scopes, "offline_access"] },
        because: " where users shall stay connected",
      },
    }),
  ];
}

function added({ profile, previous }: Subject): Draft[] {
  if (!previous) return [];
  const before = new Set(previous.scopes);
  const broad = sortedSet(profile.scopes).filter((scope) => !before.has(scope) && isBroadScope(scope));
  if (broad.length === 0) return [];
  return [
    report("scope-broad", {
      path,
      found: broad.join(" "),
      summary: `Scopes that grant much are added: ${broad.map(quoted).join(", ")}.`,
      fix: [
        ...scopesLeft((profile.scopes ?? []).filter((scope) => !broad.includes(scope))).map((step) => ({
          ...step,
          when: "Unless an enabled tool needs it",
          also: "Users get it when they connect again.",
        })),
        {
          say: "Ask for scopes that only read in its place, unless an enabled tool needs it. Users get it when they connect again.",
          otherwise: true as const,
        },
      ],
    }),
  ];
}

/**
 * The change to the scopes that are left, where any are. To leave `scopes` out asks for less only in the program: the authorization server
 * then grants what it likes (RFC 6749 §3.3), and nobody can compare it with what is needed.
 */
export function scopesLeft(scopes: readonly string[]): readonly ChangeStep[] {
  return scopes.length === 0 ? [] : [{ profile: { scopes } }];
}

export function sortedSet(scopes: readonly string[] | undefined): readonly string[] {
  return [...new Set(scopes)].sort();
}
