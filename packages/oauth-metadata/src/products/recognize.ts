import type { AuthorizationServerMetadata } from "../documents/authorization-server";

export const products = [
  "auth0",
  "entra",
  "entra-b2c",
  "okta",
  "keycloak",
  "cognito",
  "google",
  "workos",
  "sqlos",
] as const;
export type Product = (typeof products)[number];

export const productNames: Readonly<Record<Product, string>> = {
  auth0: "Auth0",
  entra: "Entra ID",
  "entra-b2c": "Azure AD B2C",
  okta: "Okta",
  keycloak: "Keycloak",
  cognito: "Cognito",
  google: "Google",
  workos: "WorkOS",
  sqlos: "SqlOS",
};

const entraHosts =
  /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|login\.windows\.net|sts\.windows\.net)$/;

/** Products by the host of an issuer or of an endpoint. */
const byHost: readonly (readonly [RegExp, Product])[] = [
  [/\.auth0\.com$/, "auth0"],
  [/\.(b2clogin|ciamlogin)\.com$/, "entra-b2c"],
  [entraHosts, "entra"],
  [/\.(okta|oktapreview|okta-emea|okta-gov)\.com$/, "okta"],
  [/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/, "cognito"],
  [/\.amazoncognito\.com$/, "cognito"],
  [/^accounts\.google\.com$/, "google"],
  [/(\.authkit\.app|^api\.workos\.com)$/, "workos"],
];

/** Products by the paths of their endpoints, for custom domains. */
const byPath: readonly (readonly [keyof AuthorizationServerMetadata, RegExp, Product])[] = [
  ["authorization_endpoint", /\/realms\/[^/]+\/protocol\/openid-connect\/auth$/, "keycloak"],
  ["authorization_endpoint", /\/sqlos\/auth\/authorize$/, "sqlos"],
  ["registration_endpoint", /\/oidc\/register$/, "auth0"],
  ["authorization_endpoint", /\/[^/]*b2c_1[^/]*\/oauth2\/v2\.0\/authorize$/i, "entra-b2c"],
  ["authorization_endpoint", /\/oauth2\/([^/]+\/)?v1\/authorize$/, "okta"],
];

/** Which product publishes a document, by its hosts first and the form of its endpoints second. */
export function recognizeProduct(
  document: AuthorizationServerMetadata | undefined,
  authorizationServerUrl: string,
): Product | undefined {
  const urls = [document?.issuer, document?.authorization_endpoint, document?.token_endpoint, authorizationServerUrl];
  for (const url of urls) {
    if (url === undefined || !URL.canParse(url)) continue;
    const { hostname } = new URL(url);
    const known = byHost.find(([pattern]) => pattern.test(hostname));
    if (known) return known[1];
  }
  for (const [field, pattern, product] of byPath) {
    const value = document?.[field];
    if (typeof value === "string" && URL.canParse(value) && pattern.test(new URL(value).pathname)) return product;
  }
  return /\/sqlos\/auth\/?$/.test(authorizationServerUrl) ? "sqlos" : undefined;
}

/** Whether an issuer is of Entra ID's first token version. */
export function isEntraV1Issuer(issuer: string): boolean {
  return URL.canParse(issuer) && new URL(issuer).hostname === "sts.windows.net";
}

/** Whether a URL names Entra ID's second version of a tenant. */
export function isEntraV2Url(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return entraHosts.test(hostname) && /\/v2\.0(\/|$)/.test(pathname);
}
