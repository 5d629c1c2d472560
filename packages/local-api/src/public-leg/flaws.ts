/** What can be wrong with a public leg, to be found by a check of it. */
export const publicLegFlaws = {
  "wrong-resource": "the protected resource's metadata names another `resource` than the MCP URL",
  "resource-slash": "its `resource` has a slash too many",
  "no-authorization-servers": "it lists no `authorization_servers`",
  "wrong-issuer": "the authorization server's metadata names another `issuer`",
  "issuer-slash": "its `issuer` has a slash too many",
  "no-challenge": "an unauthenticated call is answered 401 without `WWW-Authenticate`",
  "challenge-names-other-metadata": "the challenge names metadata at another address",
  "challenge-without-metadata": "the challenge is a bare `Bearer`",
  "unauthenticated-200": "a call without a token is answered 200",
  "no-s256": "`code_challenge_methods_supported` lists `plain` alone",
  "no-pkce": "`code_challenge_methods_supported` is absent",
  "no-registration": "there is no `registration_endpoint`",
  "no-endpoints": "authorization and token endpoints are absent",
  "metadata-404": "no document of the route is found",
  "metadata-html": "every document of the route is a page of HTML",
  "empty-keys": "the key set has no key",
  "too-many-tools": "`tools/list` answers 21 tools",
} as const;

export type PublicLegFlaw = keyof typeof publicLegFlaws;
