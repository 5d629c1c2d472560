import type { FindingEntry } from "./entry";

/** Scopes: what is asked for, what is offered, what the tools need. */
export const scopeFindings = {
  "scope-not-listed": {
    title: "A scope is not among those that the server lists",
    leg: "upstream",
    severity: "info",
    standard: "RFC 8414 §2",
    meaning:
      "Servers may leave scopes out of the list, so this is often in order. With a typing error, users meet `invalid_scope`.",
    action: "Compare the spelling with the provider's own list of scopes.",
    products: "Entra ID, Auth0, Cognito and Google list only a fixed few; scopes of APIs are never among them.",
    symptoms: ["missing scopes"],
  },
  "offline-access-not-asked": {
    title: "offline_access is offered and not asked for",
    leg: "upstream",
    severity: "info",
    standard: "OpenID Connect Core §11",
    meaning:
      "Without it many servers issue no refresh token, and users sign in again as soon as the access token expires.",
    action: "Add `offline_access` to the scopes where users shall stay connected.",
  },
  "scope-broad": {
    title: "A scope that grants much was added",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 6749 §3.3",
    meaning:
      "The scope lets tools write, administer, or do everything the user may. It reaches users when they connect again.",
    action: "Keep it only if an enabled tool needs it and the upstream API enforces the user's own rights.",
  },
  "scope-unneeded": {
    title: "A scope that grants much is needed by no enabled tool",
    leg: "upstream",
    severity: "warn",
    except: "info where tools need a part of what the scope grants, which another scope grants alone.",
    standard: "RFC 6749 §3.3",
    meaning:
      "The tools of the attached servers say which scopes they need, and none that is enabled needs this one, be it named alone or with its API before it. Scopes of GitHub, GitLab, Google, Microsoft Graph and Salesforce that include others are known: `repo` is needed where a tool needs `repo:status`, and wider than that.",
    action: "Take the scope out of the profile, or ask for the narrower one in its place.",
  },
  "tool-scope-not-allowed": {
    title: "An enabled tool needs a scope that the profile does not allow",
    leg: "upstream",
    severity: "error",
    standard: "RFC 6750 §3.1",
    meaning:
      "Users connect, and the tool's call is refused for lack of the scope. A scope counts as allowed, too, where the profile names it with its API before it, as Entra ID and Cognito have it (`api://GUID/plants.read` for `plants.read`), or asks for all that was granted of that API (`.default`), or names a scope that is known to include it, as GitHub's `user` does `read:user`, and `Mail.ReadWrite` of Microsoft Graph `Mail.Read`.",
    action: "Add the scope to the profile, or disable the tool.",
    symptoms: ["missing scopes"],
  },
} as const satisfies Record<string, FindingEntry>;
