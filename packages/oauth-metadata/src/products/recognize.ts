import { parseUrl } from "@mcpstack/model";
import type { AuthorizationServerMetadata } from "../documents/authorization-server";

export const products = [
  "auth0",
  "entra",
  "entra-b2c",
  "entra-external-id",
  "okta",
  "keycloak",
  "cognito",
  "google",
  "slack",
  "workos",
  "sqlos",
] as const;
export type Product = (typeof products)[number];

export const productNames: Readonly<Record<Product, string>> = {
  auth0: "Auth0",
  entra: "Entra ID",
  "entra-b2c": "Azure AD B2C",
  "entra-external-id": "Entra External ID",
  okta: "Okta",
  keycloak: "Keycloak",
  cognito: "Cognito",
  google: "Google",
  slack: "Slack",
  workos: "WorkOS",
  sqlos: "SqlOS",
};

const entraHosts =
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|login\.windows\.net|sts\.windows\.net)$/;

/** Products by the host of an issuer or of an endpoint. */
const byHost: readonly (readonly [RegExp, Product])[] = [
  [/\.auth0\.com$/, "auth0"],
  [/\.b2clogin\.(com|cn)$/, "entra-b2c"],
  [/\.ciamlogin\.com$/, "entra-external-id"],
  [entraHosts, "entra"],
  [/\.(okta|oktapreview|okta-emea|okta-gov)\.com$/, "okta"],
  [/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/, "cognito"],
  [/\.amazoncognito\.com$/, "cognito"],
  [/^accounts\.google\.com$/, "google"],
  [/^slack\.com$/, "slack"],
  [/(\.authkit\.app|^api\.workos\.com)$/, "workos"],
];

/**
 * Products by the paths of their endpoints, for custom domains. The first has to be there, and none may be another: many products share one
 * of them. Descope and Oracle have Okta's authorization endpoint, and keys elsewhere.
 */
const byPaths: readonly (readonly [Product, Readonly<Partial<Record<keyof AuthorizationServerMetadata, RegExp>>>])[] = [
  ["keycloak", { authorization_endpoint: /\/realms\/[^/]+\/protocol\/openid-connect\/auth$/ }],
  ["sqlos", { authorization_endpoint: /\/sqlos\/auth\/authorize$/ }],
  ["auth0", { registration_endpoint: /^\/oidc\/register$/, token_endpoint: /^\/oauth\/token$/ }],
  ["entra-b2c", { authorization_endpoint: /\/[^/]*b2c_1[^/]*\/oauth2\/v2\.0\/authorize$/i }],
  [
    "okta",
    {
      authorization_endpoint: /^\/oauth2\/([^/]+\/)?v1\/authorize$/,
      token_endpoint: /^\/oauth2\/([^/]+\/)?v1\/token$/,
      jwks_uri: /^\/oauth2\/([^/]+\/)?v1\/keys$/,
    },
  ],
];

/** Which product publishes a document, by its hosts first and the form of its endpoints second. */
export function recognizeProduct(
  document: AuthorizationServerMetadata | undefined,
  authorizationServerUrl: string,
): Product | undefined {
  const urls = [document?.issuer, document?.authorization_endpoint, document?.token_endpoint, authorizationServerUrl];
  for (const url of urls) {
    const hostname = url === undefined ? undefined : parseUrl(url)?.hostname;
    if (hostname === undefined) continue;
    const known = byHost.find(([pattern]) => pattern.test(hostname));
    if (known) return known[1];
  }
  const fits = byPaths.find(([, paths]) =>
    Object.entries(paths).every(([field, pattern], index) => {
      const value = document?.[field as keyof AuthorizationServerMetadata];
      if (value === undefined) return index > 0;
      return typeof value === "string" && pattern.test(parseUrl(value)?.pathname ?? "");
    }),
  );
  if (fits) return fits[0];
  return /\/sqlos\/auth\/?$/.test(authorizationServerUrl) ? "sqlos" : undefined;
}

/** Whether a URL is Entra ID's for the users of every tenant: it names none, and so nobody's tokens. */
export function isCommonTenant(url: string): boolean {
  const { hostname = "", pathname = "" } = parseUrl(url) ?? {};
  return entraHosts.test(hostname) && /^\/(common|organizations|consumers)(\/|$)/i.test(pathname);
}

/** Whether an issuer is of Entra ID's first token version. */
export function isEntraV1Issuer(issuer: string): boolean {
  return parseUrl(issuer)?.hostname === "sts.windows.net";
}

/** Whether a URL names Entra ID's second version of a tenant. */
export function isEntraV2Url(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== undefined && entraHosts.test(parsed.hostname) && /\/v2\.0(\/|$)/.test(parsed.pathname);
}
