import { parse } from "tldts";
import { entraHosts } from "../routes/tenant";
import type { Draft } from "../rules/rule";
import { isApiUrl, isIssuer, isOrigin, isSettingsOrigin } from "./environment";
import type { Policy, PolicyEnvironment } from "./schema";

/** Names that nobody has: a pattern that stands for both stands for everybody's. */
const strangers = ["7d1f6c2e-9a30-4b5e-8c47-2f0e5b9d1a63", "c04b8e95-1f72-4d6a-b3e8-6a9d0c7f2e51"] as const;

/**
 * Where issuers of unrelated owners stand beside each other, with `T` in the place of the owner (their vendors' documentation), and the Public
 * Suffix List does not say so, or says it of names below.
 */
const shared = [
  ...entraHosts.flatMap((host) => [`https://${host}/T/v2.0`, `https://${host}/T`]),
  "https://T.ciamlogin.com/T/v2.0",
  "https://T.b2clogin.com/T/v2.0/",
  "https://T.auth0.com/",
  "https://T.us.auth0.com/",
  "https://T.eu.auth0.com/",
  "https://T.okta.com",
  "https://T.okta.com/oauth2/default",
  "https://T.oktapreview.com",
  "https://T.authkit.app",
  "https://T.kinde.com",
  "https://T.onelogin.com/oidc/2",
  "https://T.clerk.accounts.dev",
  "https://cognito-idp.eu-west-1.amazonaws.com/T",
  "https://api.stytch.com/v1/public/T",
  "https://T.auth.eu-west-1.amazoncognito.com",
  "https://T.execute-api.eu-west-1.amazonaws.com",
  "https://T.lambda-url.eu-west-1.on.aws",
  "https://T.westeurope.cloudapp.azure.com",
  "https://T.up.railway.app",
  "https://T.zitadel.cloud",
  "https://T.projects.oryapis.com",
  "https://T.frontegg.com",
  "https://T.fusionauth.io",
  "https://T.glitch.me",
  "https://T.loca.lt",
  // Any name at all.
  "https://T.example",
  "https://login.T.example/",
  "https://T.example/T",
] as const;

/** With and without the slash at the end. */
function spellings(url: string): string[] {
  return url.endsWith("/") ? [url, url.slice(0, -1)] : [url, `${url}/`];
}

/**
 * A host whose owner a pattern leaves open: its `*` reaches into the label that one registers, below a suffix of the Public Suffix List, be
 * that `co.uk` or `vercel.app`. Undefined for one that fixes the owner, or has no `*`. A name that is on no list is nobody's to register.
 */
function openHost(pattern: string): string | undefined {
  const host = /^[^/]*:\/\/([^/?#]*)/.exec(pattern)?.[1]?.replace(/:[\d*]*$/, "") ?? "";
  const end = host.lastIndexOf("*");
  if (end < 0) return undefined;
  const [, ...labels] = host.slice(end + 1).split(".");
  const rest = labels.join(".");
  const { domain, isIcann, isPrivate } = parse(rest, { allowPrivateDomains: true });
  return rest === "" || (domain === null && (isIcann || isPrivate))
    ? `https://….${rest}`.replace(/\.$/, "")
    : undefined;
}

/** Patterns of the policy that allow the issuers, or the origins, of owners who have nothing to do with each other. */
export function tooWide(policy: Policy, file: string): Draft[] {
  const environments: [string, PolicyEnvironment][] = [
    ...(policy.default ? [["default", policy.default] as [string, PolicyEnvironment]] : []),
    ...Object.entries(policy.environments ?? {}).map(([name, environment]): [string, PolicyEnvironment] => [
      `environments.${name}`,
      environment,
    ]),
  ];
  return environments.flatMap(([place, environment]) =>
    (
      [
        ["issuers", isIssuer, (url: string) => url],
        ["api_urls", isApiUrl, (url: string) => url],
        ["endpoint_origins", isOrigin, (url: string) => new URL(url).origin],
        ["trusted_origins", isOrigin, (url: string) => new URL(url).origin],
        ["settings_origins", isSettingsOrigin, (url: string) => new URL(url).origin],
      ] as const
    ).flatMap(([key, stands, form]) =>
      (environment[key] ?? []).flatMap((pattern): Draft[] => {
        const known = shared.find((url) =>
          strangers.every((stranger) =>
            spellings(url.replaceAll("T", stranger)).some((spelling) => stands(pattern, form(spelling))),
          ),
        );
        const example = known?.replaceAll("T", "…") ?? openHost(pattern);
        if (example === undefined) return [];
        return [
          {
            code: "policy-too-wide",
            subject: { kind: "policy", address: file, label: file, source: { file, line: 1 } },
            fields: [`${place}.${key}`],
            summary: "A pattern of the policy allows owners who have nothing to do with each other",
            after: pattern,
            fix: `Write the owner into the pattern in the place of the \`*\`: it stands for anybody's ${example}.`,
          },
        ];
      }),
    ),
  );
}
