import type { ResourceChange } from "../changes/change";
import { shownOf } from "../changes/shown";
import { isWritten, nameOf, stringsAt } from "../changes/values";
import type { ReviewCode } from "./catalogue";
import { type Draft, perGateway } from "./rule";

/** What the gateway may ask for. Order and repetition mean nothing. */
export const scopes = perGateway((gateway) => {
  if (!isWritten(gateway)) return [];
  const before = stringsAt(gateway.before, "scopes");
  const after = stringsAt(gateway.after, "scopes");
  const added = after.filter((scope) => !before.includes(scope));
  const removed =
    gateway.before && gateway.after && !gateway.unknown.has("scopes")
      ? before.filter((scope) => !after.includes(scope))
      : [];
  const kinds = {
    broad: added.filter(isBroad),
    write: added.filter((scope) => !isBroad(scope) && scopesIn(scope).some(isWriteScope)),
  };
  const plain = added.filter((scope) => !kinds.broad.includes(scope) && !kinds.write.includes(scope));
  return [
    ...said(gateway, "scope-added-broad", kinds.broad, "may ask for broad scopes"),
    ...said(gateway, "scope-added-write", kinds.write, "may ask for scopes that allow changes"),
    // What a new gateway asks for is all new; only what is loud is worth a line.
    ...said(gateway, "scope-added", gateway.before ? plain : [], "may ask for more scopes"),
    ...said(gateway, "scope-removed", removed, "asks for fewer scopes"),
  ];
});

function isBroad(scope: string): boolean {
  return scopesIn(scope).some(isBroadScope);
}

/** A scope as each of those that it may be read as: RFC 6749 §3.3 parts them by spaces, and some services by commas. */
export function scopesIn(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== "");
}

function said(gateway: ResourceChange, code: ReviewCode, list: readonly string[], what: string): Draft[] {
  if (list.length === 0) return [];
  const text = shownOf(gateway, "scopes", [...list]);
  return [
    {
      code,
      subject: gateway,
      gateway,
      fields: ["scopes"],
      summary: `${nameOf(gateway)} ${what}`,
      ...(code === "scope-removed" ? { before: text } : { after: text }),
    },
  ];
}

/** Scopes that stand for a whole product: Entra `.default`, GitHub `repo`, Google's mail and cloud, GitLab `api`, anything with a star. */
const broad =
  /(?:^|\/)\.default$|\*|^(?:repo|api|user|admin|sudo|root|all|full|full[_-]access|user_impersonation|workflow|delete_repo)$|\buser_impersonation$|^admin:(?:org|enterprise)$|^https:\/\/mail\.google\.com\/?$|^https:\/\/www\.googleapis\.com\/auth\/(?:cloud-platform|drive|admin\.directory\.[a-z.]+)$|\.All$/;

export function isBroadScope(scope: string): boolean {
  return broad.test(scope);
}

const writeWords =
  /(?:^|[^a-z])(?:write|admin|manage|delete|remove|create|update|edit|modify|publish|send|execute|approve|owner|impersonate|impersonation|readwrite|rw|upload|import|destroy|grant|revoke)(?:$|[^a-z])/;

export function isWriteScope(scope: string): boolean {
  // `Mail.Send`, `Files.ReadWrite` and `orders:writeAll` are taken apart at their capitals.
  const words = scope.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return writeWords.test(words) || writeWords.test(scope.toLowerCase());
}
