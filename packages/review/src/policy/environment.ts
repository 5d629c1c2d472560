import { type Allowed, isAlike } from "../routes/places";
import { matchesPattern, urlStops } from "./pattern";
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
export function allowedBy({ issuers, endpoint_origins: origins }: PolicyEnvironment): Allowed {
  return {
    issuer: (url) => issuers?.some((pattern) => isIssuer(pattern, url)) ?? false,
    origin: (origin) => origins?.some((pattern) => isOrigin(pattern, origin)) ?? false,
  };
}

/** Whether a pattern of the policy's `issuers` stands for an issuer. */
export function isIssuer(pattern: string, issuer: string): boolean {
  return pattern.includes("*") ? matchesPattern(pattern, issuer, urlStops) : isAlike(pattern, issuer);
}

/** Whether a pattern of the policy's origins stands for an origin. */
export function isOrigin(pattern: string, origin: string): boolean {
  return matchesPattern(pattern.replace(/\/$/, ""), origin, urlStops);
}
