import type { FindingEntry } from "./entry";

/** The resource (audience), and what the protected resource says of itself. */
export const resourceFindings = {
  "resource-not-uri": {
    title: "The resource is not a plain absolute URI",
    leg: "upstream",
    severity: "warn",
    except: "info where the product is known to take identifiers that are no URIs.",
    standard: "RFC 8707 §2",
    meaning:
      "As a `resource` parameter it must be an absolute URI without a fragment, and should have no query. A host with a port, `localhost:8080/api`, is no URI, nor is `https:/api.example.com`. Products that use other identifiers want them in another parameter.",
    action:
      "Use the URI form of the identifier where the provider has one. Where it has none, and takes this one, let `findings` say `off` for it.",
    products:
      "Entra ID takes a GUID as an audience; `api://GUID` is its URI form, which its v1.0 endpoints do without. Auth0's API identifiers, and Keycloak's client ids, need not be URIs.",
    symptoms: ["invalid audience"],
  },
  "resource-scope-prefix": {
    title: "The scopes belong to another resource",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8707 §2",
    meaning:
      "Entra ID's scopes begin with the resource they are for; those that name none are for Microsoft Graph. Where that is not exactly the resource of the profile, a slash at its end included, it refuses the request (AADSTS9010010).",
    action:
      "Ask for scopes of that resource, or set the resource that the scopes belong to, or leave the resource out.",
    products: "Entra ID's v2.0 endpoints and Entra External ID only: the v1.0 endpoints take a resource by itself.",
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
    unseen: true,
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
  "resource-metadata-unusable": {
    title: "The resource's metadata is there and cannot be used",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 9728 §2",
    meaning:
      "A document is at the address of the resource's metadata, and it is not what belongs there: it is damaged, it names no resource, or a field has another type. Clients that follow the standard fail at it, and what the resource says of itself cannot be compared.",
    action: "Have the resource publish metadata with the resource as a text, and lists where lists belong.",
    symptoms: ["metadata 404"],
  },
  "resource-metadata-of-origin": {
    title: "The resource's metadata is about its whole origin",
    leg: "upstream",
    severity: "info",
    standard: "RFC 9728 §§3.1, 3.3",
    meaning:
      "The document at the root of the origin is about the origin, and the profile's resource is a part of it. A strict client does not take it for the part's metadata; whether the API takes tokens for the one or the other only its owner knows.",
    action: "Find out for which of the two identifiers the API takes tokens, and name that one.",
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
    severity: "info",
    standard: "RFC 9728 §2",
    meaning:
      "The resource lists authorization servers whose tokens it takes, and the profile's issuer is not among them. The list may be partial: a resource need not name all of them.",
    action: "Nothing, where sign-in works. Otherwise use an issuer from the list, or have the resource list this one.",
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
