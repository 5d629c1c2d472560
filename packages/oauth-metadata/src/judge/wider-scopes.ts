import type { Product } from "../products/recognize";
import { isGraph, isGraphPermission, resourceOfScope } from "./entra-scopes";

/**
 * Whether one scope grants what another one does, and more, by what the products say that are known for it. Names of GitHub, GitLab and
 * Salesforce count wherever no other product is recognized: neither of the three publishes metadata by which it could be.
 */
export function isWider(asked: string, needed: string, product: Product | undefined): boolean {
  if (isWiderAtGoogle(asked, needed) || isWiderAtGraph(asked, needed)) return true;
  return product === undefined && byName.some(([wide, narrow]) => wide === asked && narrow.has(needed));
}

const chain = (...names: readonly string[]) =>
  names.slice(0, -1).map((wide, at): [string, ReadonlySet<string>] => [wide, new Set(names.slice(at + 1))]);
const levels = (name: string) => chain(`admin:${name}`, `write:${name}`, `read:${name}`);
const includes = (wide: string, ...narrow: readonly string[]): [string, ReadonlySet<string>] => [wide, new Set(narrow)];

const byName: readonly (readonly [string, ReadonlySet<string>])[] = [
  // GitHub, "Scopes for OAuth apps".
  includes("repo", "repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"),
  includes("user", "read:user", "user:email", "user:follow"),
  ...["org", "public_key", "repo_hook", "gpg_key", "ssh_signing_key"].flatMap(levels),
  ...chain("write:packages", "read:packages"),
  ...chain("write:discussion", "read:discussion"),
  ...chain("project", "read:project"),
  ...chain("codespace", "codespace:secrets"),
  includes("admin:enterprise", "manage_runners:enterprise", "manage_billing:enterprise", "read:enterprise"),
  // GitLab, "Access token scopes".
  includes(
    "api",
    "read_api",
    "read_user",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    // Salesforce, "OAuth Tokens and Scopes".
    "chatter_api",
  ),
  includes(
    "full",
    ...["api", "chatter_api", "wave_api", "eclair_api", "pardot_api", "sfap_api", "interaction_api", "chatbot_api"],
    ...["cdp_api", "cdp_query_api", "cdp_profile_api", "cdp_ingest_api", "custom_permissions", "content", "web"],
    ...["visualforce", "lightning", "id", "openid", "profile", "email", "address", "phone"],
  ),
  ...chain("web", "visualforce"),
];

const googlePrefix = "https://www.googleapis.com/auth/";
const gmail = "https://mail.google.com/";
/** Kept apart from the files that a user has ("Choose Google Drive API scopes"). */
const apartFromDrive: ReadonlySet<string> = new Set(["drive.appdata", "drive.install"]);

/** Google's scopes have what they are part of before a dot: `calendar.readonly`, `calendar.events`. */
function isWiderAtGoogle(asked: string, needed: string): boolean {
  const isBare = !needed.includes("/");
  const name = needed.startsWith(googlePrefix) ? needed.slice(googlePrefix.length) : isBare ? needed : undefined;
  if (name === undefined) return false;
  if (asked === gmail) return name.startsWith("gmail.");
  if (!asked.startsWith(googlePrefix)) return false;
  const wide = asked.slice(googlePrefix.length);
  if (wide === "gmail.modify") return /^gmail\.(readonly|metadata|compose|send|insert|labels)$/.test(name);
  if (wide === "gmail.readonly") return name === "gmail.metadata";
  if (wide === "gmail.compose") return name === "gmail.send";
  if (wide.startsWith("gmail.") || apartFromDrive.has(name)) return false;
  if (/^drive(\.readonly)?$/.test(wide) && /^(documents|spreadsheets|presentations)(\.readonly)?$/.test(name))
    return wide === "drive" || name.endsWith(".readonly");
  if (name.startsWith(`${wide}.`)) return true;
  const [, all] = /^(.+)\.readonly$/.exec(wide) ?? [];
  return all !== undefined && name !== wide && name.startsWith(`${all}.`) && name.endsWith(".readonly");
}

const rights = ["ReadBasic", "Read", "ReadWrite", "Manage", "FullControl"];

/** Microsoft Graph's permissions name a subject, a right, and how far it reaches: `Mail.ReadWrite`, `User.Read.All`. */
function isWiderAtGraph(asked: string, needed: string): boolean {
  const [one, other] = [graphPermission(asked), graphPermission(needed)];
  if (!one || !other || one.subject !== other.subject || asked === needed) return false;
  return one.right >= other.right && other.right >= 0 && (other.reach === "" || other.reach === one.reach);
}

function graphPermission(scope: string) {
  const resource = resourceOfScope(scope);
  const name = resource !== undefined && isGraph(resource) ? scope.slice(scope.lastIndexOf("/") + 1) : scope;
  if (!isGraphPermission(name)) return undefined;
  const [subject = "", right = "", ...reach] = name.split(".");
  return { subject, right: rights.indexOf(right), reach: reach.join(".") };
}
