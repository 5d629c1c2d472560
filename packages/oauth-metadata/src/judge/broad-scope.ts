/** Scopes that grant everything, by their whole text. */
const everything: ReadonlySet<string> = new Set([
  "*",
  "all",
  "repo",
  "https://mail.google.com/",
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/drive",
  "https://www.googleapis.com/auth/gmail.modify",
  "user_impersonation",
]);

/** Words that mean changing or administering something. */
const strong: ReadonlySet<string> = new Set([
  "*",
  "admin",
  "administer",
  "administration",
  "create",
  "delete",
  "edit",
  "full",
  "fullaccess",
  "fullcontrol",
  "impersonate",
  "impersonation",
  "manage",
  "management",
  "modify",
  "owner",
  "publish",
  "readwrite",
  "root",
  "rw",
  "send",
  "sudo",
  "superuser",
  "update",
  "upsert",
  "write",
]);

/** Whether a scope lets tools write, administer, or do everything the user may. Names are conventions: a hint, not a fact. */
export function isBroadScope(scope: string): boolean {
  if (everything.has(scope.toLowerCase()) || /(^|\/)\.default$/.test(scope)) return true;
  // A scope that is a URL is told by its last part: `https://api.example.com/orders.write`.
  const name = /^[a-z][a-z0-9+.-]*:\/\//i.test(scope)
    ? scope.slice(scope.replace(/\/+$/, "").lastIndexOf("/") + 1)
    : scope;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9*]+/);
  return words.some((word) => strong.has(word));
}
