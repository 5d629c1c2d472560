import type { FindingEntry } from "./entry";

/** What changed since somebody accepted it, and where it went. */
export const trustFindings = {
  "origin-moved": {
    title: "Trust would move to another origin",
    leg: "upstream",
    severity: "error",
    standard: "RFC 8414 §6.2",
    meaning:
      "The issuer, an endpoint or the key set is now at an origin that was neither accepted before nor is named in the program. Whoever controls it sees users sign in, or signs their tokens. No apply accepts this by itself; the service may follow the move already. It is said, too, where an address at which metadata is looked for first cannot be read and might say otherwise.",
    action:
      "Find out whether the move is meant. If it is, name the new origin in the program: in one of the URLs or in the trusted origins. Where an earlier address cannot be read, look again once it answers, or set `metadata_url` to the document that counts as well.",
  },
  "set-outside-program": {
    title: "A field that the program leaves unset was set at the API",
    leg: "upstream",
    severity: "warn",
    except: "error where it leads to an origin that was not accepted.",
    loudest: "error",
    meaning:
      "Somebody, or the service, has put a value into a field that the program leaves unset: an endpoint, a metadata URL, a client id, the resource or scopes. What the service fills in by itself when a gateway is written, or discovers within trusted origins, is not meant by this.",
    action:
      "Find out who set it. Applying takes it away, unless it stood there already when the gateway was last written or imported: then take it away at the service. If it is meant, write it into the program, where it can be reviewed. Where findings keep an apply from writing, let this one count as a warning for the apply that ends it.",
  },
  "metadata-moved": {
    title: "Published metadata changed within trusted origins",
    leg: "upstream",
    severity: "warn",
    standard: "RFC 8414 §3",
    meaning:
      "What the authorization server publishes differs from what was accepted, for instance since a realm was renamed. An apply accepts it.",
    action: "Look at the planned change of `metadata`, and apply it if it is meant.",
  },
  "endpoint-other-origin": {
    title: "An endpoint is at an origin that the program does not name",
    leg: "upstream",
    severity: "info",
    except:
      "warn where the program names another issuer than before: applying accepts the origin with it; error where it names only another document about the same issuer.",
    loudest: "error",
    standard: "RFC 8414 §2",
    meaning:
      "That is allowed and usual with some products. It is said once, at first sight, since later moves are measured against it. The issuer that a document claims for itself does not make its origin a known one.",
    action:
      "Nothing, where the origin belongs to the provider. Where it counts as an error, name it in `trusted_origins` if it does.",
    products: "Google's token endpoint and keys are at googleapis.com; Cognito's endpoints are at the pool's domain.",
  },
} as const satisfies Record<string, FindingEntry>;
