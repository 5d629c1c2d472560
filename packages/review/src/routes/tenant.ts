import { originOf, parseUrl } from "@mcpstack/model";

/** Hosts on which the first step of the path names the tenant. */
export const entraHosts = [
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.microsoft.com",
  "login.windows.net",
  "login.partner.microsoftonline.cn",
  "login.chinacloudapi.cn",
  "sts.windows.net",
] as const;
const commonTenants: ReadonlySet<string> = new Set(["common", "organizations", "consumers"]);

/** The tenant in an Entra authority: the first segment of its path. */
function entraTenant(url: string): string | undefined {
  const parsed = parseUrl(url);
  if (!parsed || !entraHosts.some((host) => host === parsed.hostname)) return undefined;
  return parsed.pathname.split("/")[1]?.toLowerCase() || undefined;
}

export function isCommonTenant(url: string): boolean {
  const tenant = entraTenant(url);
  return tenant !== undefined && commonTenants.has(tenant);
}

/** What belongs to one owner: the origin, and on a host whose path names the tenant, the tenant with it. Undefined for what is no URL. */
export function siteOf(url: string): string | undefined {
  const origin = originOf(url);
  const tenant = entraTenant(url);
  return origin === undefined || tenant === undefined ? origin : `${origin}/${tenant}`;
}
