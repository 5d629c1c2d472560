import { parseUrl } from "@mcpstack/model";
import { issuerMeant } from "@mcpstack/oauth-metadata";
import { type Allowed, isAlike } from "../routes/places";
import { isSameApi, plainOrigin, plainPath } from "../routes/same-address";
import { matchesPattern, noStops, urlStops } from "./pattern";
import type { Policy, PolicyEnvironment } from "./schema";

/** What holds in an environment: its own keys before those of `default`. */
export function environmentOf(policy: Policy, name: string | undefined): PolicyEnvironment {
  const own =
    name !== undefined && policy.environments && Object.hasOwn(policy.environments, name)
      ? policy.environments[name]
      : {};
  return { ...policy.default, ...own };
}

/** What an environment lets through. Without a list it names nothing. */
export function allowedBy({
  issuers,
  endpoint_origins: origins,
  api_urls: apis,
  organizations,
}: PolicyEnvironment): Allowed {
  return {
    api: (url) => apis?.some((pattern) => isApiUrl(pattern, url)) ?? false,
    organization: (name) => organizations?.some((pattern) => isOrganization(pattern, name)) ?? false,
    issuer: (url) => issuers?.some((pattern) => isIssuer(pattern, url)) ?? false,
    origin: (origin) => origins?.some((pattern) => isOrigin(pattern, origin)) ?? false,
  };
}

/** Whether a pattern of the policy's `api_urls` stands for an address of the API. */
export function isApiUrl(pattern: string, url: string): boolean {
  return pattern.includes("*") ? matchesPattern(pattern, url, urlStops) : isSameApi(pattern, url);
}

/** Whether a pattern of the policy's `organizations` stands for the id or slug of one. */
export function isOrganization(pattern: string, name: string): boolean {
  return matchesPattern(pattern, name, urlStops);
}

/** Whether a pattern of the policy's `issuers` stands for an issuer. */
export function isIssuer(pattern: string, issuer: string): boolean {
  if (!pattern.includes("*")) return isAlike(pattern, issuer);
  return [issuer, issuerMeant(issuer)].some((one) => matchesPattern(pattern, one, urlStops) && isPlain(one));
}

/** Whether a URL leads where its text says: no step back, nothing encoded that would part it otherwise, no host that is rewritten. */
function isPlain(url: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === undefined || /%2e|%2f|%5c|\\/i.test(url)) return false;
  return parsed.href === url || parsed.href === `${url}/`;
}

/** Whether a pattern of the policy's origins stands for an origin. */
export function isOrigin(pattern: string, origin: string): boolean {
  return matchesPattern(
    plainOrigin(pattern) ?? pattern.replace(/\/$/, ""),
    plainOrigin(origin) ?? origin.replace(/\/$/, ""),
    urlStops,
  );
}

/** Whether a pattern of the policy's `ca_files` stands for a file. */
export function isFile(pattern: string, file: string): boolean {
  return [file, plainPath(file)].some(
    (text) => matchesPattern(pattern, text, noStops) || matchesPattern(plainPath(pattern), text, noStops),
  );
}

/** Whether a pattern of the policy's `settings_origins` stands for an origin. `settings` may have it without a scheme, and so may the policy. */
export function isSettingsOrigin(pattern: string, origin: string): boolean {
  return isOrigin(/^[a-z][a-z0-9+.*-]*:\/\//i.test(pattern) ? pattern : `https://${pattern}`, origin);
}
