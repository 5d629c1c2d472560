import { isBroadScope } from "./broad-scope";

test.each([
  "*",
  "repo",
  "https://mail.google.com/",
  "api://x/.default",
  "https://graph.microsoft.com/.default",
  "orders.write",
  "orders:write",
  "write:orders",
  "admin:org",
  "Mail.ReadWrite",
  "Directory.AccessAsUser.ReadWrite.All",
  "Sites.FullControl.All",
  "user_impersonation",
  "delete_repo",
  "https://api.example.com/orders.manage",
  "https://www.googleapis.com/auth/drive",
])("%s grants much", (scope) => expect(isBroadScope(scope)).toBe(true));

test.each([
  "openid",
  "profile",
  "email",
  "offline_access",
  "orders.read",
  "read:orders",
  "User.Read",
  "https://www.googleapis.com/auth/calendar.readonly",
  "https://admin.example.com/orders.read",
  "repo:status",
  "rewritten.read",
  "api://write-api/Orders.Read",
])("%s does not", (scope) => expect(isBroadScope(scope)).toBe(false));
