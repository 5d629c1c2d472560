/** Domains under which anybody can have a name, beyond the public suffixes of two letters. */
const sharedDomains = [
  "auth0.com",
  "us.auth0.com",
  "eu.auth0.com",
  "au.auth0.com",
  "jp.auth0.com",
  "okta.com",
  "oktapreview.com",
  "okta-emea.com",
  "b2clogin.com",
  "ciamlogin.com",
  "onelogin.com",
  "authkit.app",
  "kinde.com",
  "clerk.accounts.dev",
  "workers.dev",
  "pages.dev",
  "github.io",
  "vercel.app",
  "netlify.app",
  "herokuapp.com",
  "azurewebsites.net",
  "cloudfront.net",
] as const;

/** Hosts that are imitated often enough to be compared with although no gateway names them. */
const wellKnownHosts = [
  "login.microsoftonline.com",
  "accounts.google.com",
  "github.com",
  "gitlab.com",
  "auth0.com",
  "okta.com",
  "login.salesforce.com",
  "api.mcpstack.com",
] as const;

const secondLevel = /^(?:ac|co|com|edu|gov|net|org)$/;

/** The part of a host name that somebody registered: the last two labels, or three below a shared domain. */
export function registeredDomain(host: string): string {
  const shared = sharedDomains.filter((domain) => host.endsWith(`.${domain}`)).sort((a, b) => b.length - a.length)[0];
  const labels = host.split(".");
  if (shared !== undefined) return labels.slice(-(shared.split(".").length + 1)).join(".");
  const [second, top] = labels.slice(-2);
  const take = labels.length > 2 && top?.length === 2 && second !== undefined && secondLevel.test(second) ? 3 : 2;
  return labels.slice(-take).join(".");
}

/** The known host that a new one could be mistaken for, if any. Another name below the same domain is no imitation. */
export function lookalikeOf(host: string, known: ReadonlySet<string>): string | undefined {
  if (!host.includes(".") || /^[\d.]+$/.test(host) || host.startsWith("[")) return undefined;
  const domain = registeredDomain(host);
  const candidates = [...[...known].sort(), ...wellKnownHosts].filter(
    (other) => other.includes(".") && !/^[\d.]+$/.test(other),
  );
  if (candidates.some((other) => registeredDomain(other) === domain || other === domain)) return undefined;
  return candidates.find((other) => {
    const original = registeredDomain(other);
    if (original.length < 6) return false;
    return (
      skeleton(domain) === skeleton(original) ||
      isOneEditApart(domain, original) ||
      // `auth.example.com.evil.net` and `auth-example-com.evil.net`
      host.startsWith(`${other}.`) ||
      host.includes(`.${original}.`) ||
      host.startsWith(`${original}.`) ||
      host.includes(other.replaceAll(".", "-"))
    );
  });
}

/** Letters and digits that look alike become one. */
function skeleton(text: string): string {
  return text
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("cl", "d")
    .replace(/[0]/g, "o")
    .replace(/[1i|]/g, "l")
    .replace(/5/g, "s")
    .replaceAll("-", "");
}

/** Whether one letter was put in, left out, replaced or swapped with its neighbour. */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length - 1;
  let endB = b.length - 1;
  while (endA >= start && endB >= start && a[endA] === b[endB]) {
    endA -= 1;
    endB -= 1;
  }
  const left = a.slice(start, endA + 1);
  const right = b.slice(start, endB + 1);
  // `tenant1` and `tenant2` are siblings, not imitations.
  if (/^\d$/.test(left) && /^\d$/.test(right)) return false;
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
