/** Scopes that belong to no API (OpenID Connect Core §§5.4, 11): they go with any resource. */
export const openid: ReadonlySet<string> = new Set([
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
]);

/** A list of scopes, told apart by how Entra ID reads them. */
export interface EntraScopes {
  /** The resources that scopes are for: what stands before a scope's last slash. Sorted. */
  readonly resources: readonly string[];
  /** Scopes that name no resource, and so are for Microsoft Graph. */
  readonly bare: readonly string[];
}

export function entraScopes(scopes: readonly string[] | undefined): EntraScopes {
  const own = (scopes ?? []).filter((scope) => !openid.has(scope));
  const resources = own.flatMap((scope) => resourceOfScope(scope) ?? []);
  return { resources: [...new Set(resources)].sort(), bare: own.filter((scope) => !scope.includes("/")) };
}

/**
 * The scopes to ask for of one resource: its own, however they spell it, and the bare ones. Those of other resources cannot be asked for
 * beside it.
 */
export function scopesOf(resource: string, scopes: readonly string[]): readonly string[] {
  const named = scopes.flatMap((scope) => {
    if (openid.has(scope)) return [scope];
    const own = resourceOfScope(scope);
    if (own === undefined) return scope.includes("/") ? [] : [`${resource}/${scope}`];
    return spelling(own) === spelling(resource) ? [`${resource}${scope.slice(own.length)}`] : [];
  });
  return [...new Set(named)];
}

/** Whether a scope that names no resource is one of Microsoft Graph's delegated permissions, by what these are about: `Mail.Send`. */
export function isGraphPermission(scope: string): boolean {
  return graphPermission.test(scope);
}

/** The first words of the permissions that apps ask for most (Microsoft Graph permissions reference). */
const graphPermission =
  /^(User|Mail|MailboxSettings|Calendars|Contacts|People|Files|Sites|Group|GroupMember|Directory|Notes|Tasks|Chat|ChatMessage|Team|TeamMember|TeamSettings|Channel|ChannelMember|ChannelMessage|ChannelSettings|OnlineMeetings|Presence|IMAP|POP|SMTP|EWS)\.[A-Z][A-Za-z.-]*$/;

/** What is one resource to a person: a slash at the end and the URI form of a GUID are no other one. */
export function spelling(resource: string): string {
  return resource.replace(/\/+$/, "").replace(/^api:\/\//, "");
}

/** The resource that a scope belongs to. The text counts, a slash at its end too: `https://a.example//Read` is of `https://a.example/`. */
export function resourceOfScope(scope: string): string | undefined {
  const resource = scope.slice(0, Math.max(0, scope.lastIndexOf("/")));
  return isGuid(resource) || /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(resource) ? resource : undefined;
}

/** The API that a scope of any product may name: what stands before its last slash, be it free text, as Cognito's identifiers are. */
export function apiOfScope(scope: string): string | undefined {
  return resourceOfScope(scope) ?? /^(.*[^/:])\/+[^/]+$/.exec(scope)?.[1];
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Whether a resource is Microsoft Graph's, whose scopes name no resource: in the global cloud or a national one. */
export function isGraph(resource: string): boolean {
  return (
    /^https:\/\/(graph\.microsoft\.(com|us|de)|dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn)\/?$/i.test(
      resource,
    ) || spelling(resource) === "00000003-0000-0000-c000-000000000000"
  );
}
