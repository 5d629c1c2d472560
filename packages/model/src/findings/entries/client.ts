import type { FindingEntry } from "./entry";

/** The client: its id, its own document, and where users come back to. */
export const clientFindings = {
  "client-id-missing": {
    title: "There is no client, and none can register itself",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 7591 §3, RFC 6749 §2.2",
    meaning:
      "The profile has no client id and no registration endpoint, and the authorization server announces neither a registration endpoint nor client id metadata documents. Nobody can sign in, unless the service has a client of its own there.",
    action: "Register a client at the provider and set its client id.",
    products: "Entra ID, Google and Cognito have no registration: a client id is always needed.",
  },
  "client-id-document-unsupported": {
    title: "The client id is a document, and documents are not supported",
    leg: "upstream",
    severity: "warn",
    standard: "OAuth Client ID Metadata Document §5",
    meaning:
      "The client id is the address of a metadata document, and the authorization server publishes `client_id_metadata_document_supported: false`. It does not know the client, unless one is registered there under that very id. Where the field is absent, this is not found.",
    action:
      'Register a client at the provider and set its client id. Where one is registered under the address itself, no check can see that: let `findings` say `"off"` for this code then.',
  },
  "client-id-kept": {
    title: "A new issuer with the client id of the old one",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 6749 §2.2",
    meaning:
      "A client id is unique to the authorization server that issued it. The new one does not know it, unless it was registered there under the same id.",
    action: "Register the client at the new issuer and set its client id.",
  },
  "client-id-document-callback": {
    title: "The client's document lacks the callback URL",
    leg: "upstream",
    severity: "error",
    standard: "RFC 7591 §2, RFC 6749 §3.1.2.3",
    meaning:
      "The client id is the address of a metadata document, and its `redirect_uris` do not hold the gateway's callback URL exactly. The authorization server refuses the request.",
    action: "Add the callback URL to `redirect_uris` of the document.",
    symptoms: ["callback fails"],
  },
  "client-id-document-unreadable": {
    title: "The client's document could not be read",
    leg: "upstream",
    severity: "warn",
    except: "info where the authorization server does not say whether it supports such documents.",
    standard: "OAuth Client ID Metadata Document §§3, 4",
    meaning:
      "The client id is an https address, and no metadata about a client of that id is there. An authorization server with `client_id_metadata_document_supported: true` will look at the same place, unless the client is registered there under that very id. Where the field is absent, it may; where it is `false`, nothing is said of the document.",
    action:
      'Publish the document at exactly that address, with its `client_id` equal to it. Where a client is registered under that very id, no check can see that: let `findings` say `"off"` for this code then.',
  },
  "client-id-document-unusable": {
    title: "No document of a client can be at that address, or be like that",
    leg: "upstream",
    severity: "warn",
    except:
      "info where the authorization server does not say whether it supports such documents, unless a secret is published.",
    standard: "OAuth Client ID Metadata Document §§3, 4.1",
    meaning:
      "The client id is an https address without a path, with dot segments in it or with a fragment; or its document holds a `client_secret`, or names a way to authenticate with one. An authorization server that supports such documents refuses that. Everybody can read the document: a secret in it is none.",
    action:
      "Publish the document at an https address that has a path and neither dot segments nor a fragment, without secrets, and have the client authenticate with a key of its own or not at all. Revoke a secret that was published.",
    unseen: true,
  },
  "callback-url-differs": {
    title: "The callback URL is not the usual one",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 6749 §3.1.2.3",
    meaning:
      "The service names another callback URL than the one derived from the public id. Identity providers compare it exactly, a slash at the end included.",
    action: "Register the URL that the service names at the identity provider.",
    unseen: true,
    symptoms: ["callback fails"],
  },
} as const satisfies Record<string, FindingEntry>;
