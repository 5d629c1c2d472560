import type { FindingEntry } from "./entry";

/** The resource (audience), and what the protected resource says of itself. */
export const resourceFindings = {
  "resource-not-uri": {
    title: "The resource is not a plain absolute URI",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8707 §2",
    meaning:
      "As a `resource` parameter it must be an absolute URI without a fragment, and should have no query. Products that use other identifiers want them in another parameter.",
    action: "Use the URI form of the identifier where the provider has one.",
    products:
      "Entra ID takes a GUID as an audience; `api://GUID` is its URI form. Auth0's API identifiers need not be URIs.",
    symptoms: ["invalid audience"],
  },
  "resource-scope-prefix": {
    title: "The scopes belong to another resource",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8707 §2",
    meaning:
      "Entra ID's scopes begin with the resource they are for. Where that is not the resource of the profile, it refuses the request (AADSTS9010010).",
    action: "Ask for scopes of that resource, or set the resource that the scopes belong to.",
    products: "Entra ID only.",
    symptoms: ["invalid audience"],
  },
  "resource-ignored": {
    title: "Auth0 ignores the resource parameter by default",
    leg: "upstream",
    severity: "info",
    standard: "RFC 8707 §2",
    meaning:
      "An Auth0 tenant reads `audience`, and `resource` only where its resource parameter compatibility profile is switched on. Otherwise the token is for the tenant's default audience, or opaque.",
    action: "Switch the compatibility profile on in the tenant's advanced settings, or set a default audience.",
    products: "Auth0 only.",
    symptoms: ["invalid audience"],
  },
  "resource-mismatch": {
    title: "The resource publishes another identifier",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9728 §3.3",
    meaning:
      "The protected resource's own metadata names another identifier than the profile. Tokens issued for the profile's may be refused there.",
    action: "Set the resource to the identifier that is published.",
    symptoms: ["invalid audience"],
  },
  "resource-metadata-missing": {
    title: "The resource publishes no metadata",
    leg: "upstream",
    severity: "info",
    standard: "RFC 9728 §3",
    meaning: "Most APIs publish none. The audience cannot be compared with what the API says of itself.",
    action: "Nothing.",
  },
  "issuer-not-among-authorization-servers": {
    title: "The resource does not name this authorization server",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9728 §2",
    meaning:
      "The resource lists the authorization servers it takes tokens from, and the profile's issuer is not among them. The list may be partial.",
    action: "Use an issuer from the list, or have the resource list this one.",
    symptoms: ["invalid audience"],
  },
  "resource-not-among-protected-resources": {
    title: "The authorization server does not list the resource",
    leg: "upstream",
    severity: "info",
    standard: "RFC 9728 §4",
    meaning:
      "The authorization server lists protected resources, and the profile's is not among them. The list may be partial.",
    action: "Compare the spelling of the resource with the list.",
    symptoms: ["invalid audience"],
  },
} as const satisfies Record<string, FindingEntry>;
