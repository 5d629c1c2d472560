/** Where an issuer with a path serves its metadata (RFC 8414 §3.1 inserts, OpenID Connect Discovery §4 appends). */
export type WellKnownForm = "openid-appended" | "openid-inserted" | "oauth-appended" | "oauth-inserted";

/** What many identity products do. */
export const usualForms: readonly WellKnownForm[] = ["openid-appended", "oauth-inserted"];

/** The path of a form of an issuer with the path `path`, which is empty or begins with a slash. */
export function wellKnownPath(form: WellKnownForm, path: string): string {
  const [kind, place] = form.split("-");
  const suffix = kind === "openid" ? "/.well-known/openid-configuration" : "/.well-known/oauth-authorization-server";
  return place === "appended" ? path + suffix : suffix + path;
}
