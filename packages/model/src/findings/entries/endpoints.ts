import type { FindingEntry } from "./entry";

/** What the authorization server offers, against what the gateway needs. */
export const endpointFindings = {
  "endpoint-contradicts-metadata": {
    title: "An endpoint in the profile differs from the published one",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §2",
    meaning:
      "The profile gives an endpoint, and the document names another. One of the two is out of date. The published endpoint with more in its query is no other one.",
    action: "Leave the endpoint out, so that discovery gives it, or correct it.",
  },
  "endpoint-missing": {
    title: "The document names no authorization or token endpoint",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8414 §2",
    meaning: "Without both, no user can sign in, and the profile does not give them either.",
    action: "Give the authorization and token endpoints in the profile, or have the authorization server publish them.",
  },
  "endpoint-insecure": {
    title: "An https issuer publishes plain http",
    leg: "upstream",
    severity: "error",
    standard: "RFC 6749 §§3.1, 3.2, RFC 7591 §3, RFC 8414 §2",
    meaning:
      "An endpoint or the key set is at a plain http address, although the issuer is https. Codes, tokens and client secrets would travel in the clear, keys could be exchanged on the way, and most clients refuse.",
    action: "Configure the authorization server's public https address, so that its document names it throughout.",
    products:
      "It is the usual fault behind a proxy that ends TLS: Keycloak needs its `hostname` option or trusted forwarded headers, ASP.NET servers the forwarded headers middleware.",
  },
  "endpoint-not-public": {
    title: "A public issuer's document leads to a private host",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §2",
    meaning:
      "The issuer is public, and its document names a loopback host, a private address or a name that only one network knows. Users elsewhere, and the service, cannot go there; on a user's own machine another program may answer.",
    action: "Configure the authorization server's public address, so that its document names it throughout.",
  },
  "endpoint-user-information": {
    title: "A published address has user information before its host",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9110 §4.2.4, RFC 3986 §7.6",
    meaning:
      "What stands before the `@` of a URL looks like a host and is none: the real host follows. It is used to mislead, it may hold a password, and clients differ in what they do with it.",
    action: "Have the address published without it, and make sure that its host is the one that is meant.",
  },
  "registration-not-published": {
    title: "The registration endpoint is not in the document",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 7591 §3, RFC 8414 §2",
    meaning:
      "The profile gives an endpoint for client registration that the authorization server does not announce. Registration may be switched off there.",
    action: "Leave the registration endpoint out and give a client id, or switch registration on at the provider.",
    products: "Auth0 announces it only where dynamic application registration is on. Entra ID and Cognito have none.",
  },
  "pkce-not-listed": {
    title: "The document does not say which PKCE methods it takes",
    leg: "upstream",
    severity: "info",
    standard: "RFC 8414 §2, RFC 7636 §4.3",
    meaning: "By the standard that means no PKCE; in fact several products take S256 and do not list it.",
    action: "Nothing, where sign-in works.",
    products: "Entra ID and Cognito take S256 without listing it.",
  },
  "pkce-s256-missing": {
    title: "PKCE is offered without S256",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 7636 §4.2",
    meaning:
      "The list of challenge methods is there, and the one that every client must use where it can is not in it.",
    action: "Switch S256 on at the authorization server.",
  },
  "code-flow-missing": {
    title: "The authorization code flow is not offered",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8414 §2",
    meaning:
      "The document lists response types without `code`, or grant types without `authorization_code`. Sign-in through the gateway needs both.",
    action: "Switch the authorization code flow on at the authorization server, for the issuer that the profile names.",
  },
  "par-required": {
    title: "Pushed authorization requests are demanded",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9126 §5",
    meaning: "The authorization server takes requests only after they were pushed to it. The gateway may not do that.",
    action:
      'Take the demand off at the provider. Where it is taken off for the gateway\'s client alone, or the service supports it, no check can see that: let `findings` say `"off"` for this code then.',
  },
  "bound-tokens-required": {
    title: "Tokens bound to a key are demanded",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9728 §2, RFC 9449 §5, RFC 8705 §2",
    meaning:
      "The resource says that it takes no tokens but those bound by DPoP (`dpop_bound_access_tokens_required`), or every way for a client to authenticate at the token endpoint is mutual TLS. The gateway may speak neither. What is only supported, such as `tls_client_certificate_bound_access_tokens` or a list of DPoP algorithms, is no demand and is not meant by this.",
    action:
      'Have bearer tokens, or another client authentication, allowed. Where that is so for the gateway\'s client alone, or the service supports what is demanded, no check can see it: let `findings` say `"off"` for this code then.',
    products: "Spring Security publishes by default that it supports tokens bound to a certificate; that is in order.",
  },
  "key-set-unreachable": {
    title: "The key set could not be read",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §2, RFC 7517 §5",
    meaning:
      "Signatures of tokens cannot be verified without the keys. Here their address did not answer with a key set.",
    action:
      "Check the address of the key set; where only this machine cannot reach it, nothing is wrong with the login.",
  },
  "key-set-empty": {
    title: "The key set holds no key for signatures",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 7517 §5",
    meaning: "Every signed token will be refused. A key without `use` or `alg` counts as usable.",
    action: "Have the authorization server publish its signing keys.",
    products: "Entra ID's keys have no `alg`; that is in order.",
  },
} as const satisfies Record<string, FindingEntry>;
