import type { FindingEntry } from "./entry";

/** Finding the authorization server's document, and whether it is about the issuer that the profile names. */
export const discoveryFindings = {
  "issuer-mismatch": {
    title: "The published issuer is not the authorization server URL",
    leg: "upstream",
    severity: "error",
    except:
      "warn where the profile has a metadata URL: the document is then the one that was meant; info with Azure AD B2C, whose issuer never is what its address implies. warn where the two differ only in how a character is written, such as `%C3%BC` and `ü`.",
    standard: "RFC 8414 §3.3",
    meaning:
      "The document that was found names another issuer than the profile. A client that follows the standard refuses it, and tokens carry an `iss` that nobody expects. It is another issuer's document, or the server behind a proxy that does not know its own public address and publishes an internal one.",
    action:
      "Write the issuer exactly as the document spells it, or give the address of the right document as the metadata URL. Where the document names a private host, or the same host with another scheme or port, configure the authorization server's public address instead.",
    products:
      "Entra ID's `common` and `organizations` publish a template, `{tenantid}`, as the issuer: name one tenant. Azure AD B2C's issuer holds the tenant's id and always differs from the address with the policy: set the metadata URL, and the issuer as the document spells it.",
    symptoms: ["metadata 404", "embedded exchange fails"],
  },
  "issuer-trailing-slash": {
    title: "The issuer differs by a slash at its end",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §3.3",
    meaning:
      "Issuers are compared character by character. With and without the slash are two issuers to a strict client, and to whatever checks the `iss` of a token.",
    action: "Write the issuer as the document spells it.",
    products: "Auth0's issuer ends in a slash; the tenant's address is often written without it.",
    symptoms: ["embedded exchange fails"],
  },
  "issuer-host-case": {
    title: "The issuer differs by the case of its host",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §3.3",
    meaning: "Both lead to the same host, but issuers are compared character by character, without normalisation.",
    action: "Write the issuer as the document spells it.",
  },
  "issuer-default-port": {
    title: "The issuer differs by a port that is the default anyway",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §3.3",
    meaning: "Both lead to the same server, but issuers are compared character by character, without normalisation.",
    action: "Write the issuer as the document spells it.",
  },
  "issuer-scheme": {
    title: "The issuer differs by http and https",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8414 §2",
    meaning:
      "An issuer must be an https URL. One that says http usually stands behind a proxy that ends TLS and does not know its own public address.",
    action: "Configure the authorization server's public address, so that it publishes https, and write that issuer.",
    products: "Keycloak needs its `hostname` option, or forwarded headers trusted, behind a proxy that ends TLS.",
  },
  "iss-parameter-mismatch": {
    title: "Authorization answers will be refused for their issuer",
    leg: "upstream",
    severity: "error",
    standard: "RFC 9207 §2.4",
    meaning:
      "The authorization server adds its issuer to every answer (`iss`), and a client must refuse an answer whose issuer is not the one it expects. The profile's differs.",
    action: "Write the issuer as the document spells it.",
    products: "Keycloak announces the parameter since version 22.",
    symptoms: ["callback fails"],
  },
  "metadata-not-found": {
    title: "No metadata at any address",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8414 §3",
    meaning:
      "None of the well-known addresses has a document, and the profile gives no endpoints of its own. The gateway cannot know where to send users.",
    action:
      "Correct the authorization server URL, give the exact metadata URL, or give the authorization and token endpoints.",
    symptoms: ["metadata 404"],
  },
  "metadata-unusable": {
    title: "The metadata is there and cannot be used",
    leg: "upstream",
    severity: "error",
    except: "warn where single fields are not of the type that belongs there, and the document is read without them.",
    standard: "RFC 8414 §2",
    meaning:
      "A document is at a well-known address of the authorization server, and it is not what belongs there: it is damaged, it is too large, or it names no issuer that could be one. The address is right; no client can read what is there, and the profile gives no endpoints of its own.",
    action:
      "Have the authorization server publish a JSON object with the issuer as a text, of no more than 1 MiB; until then, give the authorization and token endpoints. Of single fields: have addresses be whole URLs, lists be lists, and true and false stand without quotes.",
    symptoms: ["metadata 404"],
  },
  "metadata-unreachable": {
    title: "The metadata could not be read",
    leg: "upstream",
    severity: "warn",
    except: "info where the profile gives its endpoints: nothing depends on the document then.",
    standard: "RFC 8414 §3",
    meaning:
      "The host did not answer, refused, or presented a certificate that is not trusted here. That says nothing about the login itself: a runner behind a firewall sees the same. Where only the address that is looked at first could not be read and another one has a document, that document counts at first sight; where it says something else than what was accepted, nothing is accepted of it, and only what leads to another origin is concluded from it (`origin-moved`).",
    action:
      "Make the host reachable from where this runs, have a firewall that answers 401 or 403 let it read the document, or trust its authority with a CA file. Accepted metadata stays as it is meanwhile. Where the document at another address is the one that counts, set `metadata_url` to it.",
    symptoms: ["metadata 404"],
  },
  "private-address": {
    title: "A private address that nobody here named was not read",
    leg: "upstream",
    severity: "warn",
    meaning:
      "The URL came out of the API or out of a published document, and its host has a private or a loopback address. Whoever can edit a gateway at the service, or publish a document, could otherwise have this machine ask its own network. No connection was made, so nothing is known about what is there.",
    action:
      "Where the address is meant, name its URL in the program, or its origin in `trusted_origins`; run the command with `--allow-private-addresses`. In an import the program's own URL counts only from its apply on, since the engine may have written that program out of the API; `trusted_origins` counts at once. Where the address is not meant, find out who set it.",
  },
  "metadata-address-as-issuer": {
    title: "The authorization server URL is the address of a document",
    leg: "upstream",
    severity: "info",
    standard: "RFC 8414 §3.1",
    meaning: "The URL contains `/.well-known/`. It is read as a metadata URL; there is a field of its own for that.",
    action:
      "Write the issuer as the authorization server URL, and this address as the metadata URL where it is needed at all.",
  },
  "resource-metadata-as-issuer": {
    title: "The address is that of a resource's metadata",
    leg: "upstream",
    severity: "error",
    standard: "RFC 9728 §2",
    meaning:
      "What was given is the address of a protected resource's metadata, `/.well-known/oauth-protected-resource…`. That document names authorization servers and is no authorization server's: it has no endpoints to sign in at.",
    action:
      "Write an issuer that the document names in `authorization_servers` as the authorization server URL, once a check of it finds it in order.",
    symptoms: ["metadata 404"],
  },
  "entra-v1-tokens": {
    title: "Entra ID issues v1 tokens to a v2 profile",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §3.3",
    meaning:
      "Version 1 tokens carry `https://sts.windows.net/…` as their issuer, the profile expects `https://login.microsoftonline.com/…/v2.0`. Whoever compares the two refuses the token.",
    action:
      "Set `requestedAccessTokenVersion` to 2 in the manifest of the API's app registration, and use the v2.0 metadata.",
    products: "An API that is newly registered in Entra ID gets v1 tokens until its manifest says otherwise.",
    symptoms: ["embedded exchange fails", "invalid audience"],
  },
} as const satisfies Record<string, FindingEntry>;
