import type { FindingEntry } from "./entry";

/** The route of an attached server, as external MCP clients see it. */
export const publicLegFindings = {
  "public-insecure": {
    title: "The MCP URL is not https",
    leg: "public",
    severity: "error",
    except: "warn on the loopback host.",
    standard: "MCP authorization, Communication Security",
    meaning: "Tokens would travel in the clear; clients refuse such a server.",
    action: "Serve the route over https.",
  },
  "public-unreachable": {
    title: "The public route could not be read",
    leg: "public",
    severity: "warn",
    meaning: "The route did not answer from here. Clients elsewhere may still reach it.",
    action: "Check the MCP URL from another network.",
  },
  "public-metadata-not-found": {
    title: "A document of the public route is missing",
    leg: "public",
    severity: "error",
    except:
      "warn for a server that is no gateway's where its origin has metadata, in which clients of earlier revisions of MCP look.",
    standard: "RFC 9728 §3, RFC 8414 §3",
    meaning:
      "External MCP clients find the gateway's authorization server through these documents, and cannot connect without them.",
    action: "Check that the server is attached to the gateway and hosted; detach and attach it again where it is.",
    symptoms: ["metadata 404"],
  },
  "public-resource-mismatch": {
    title: "The route's resource is not its MCP URL",
    leg: "public",
    severity: "error",
    except:
      "warn for a server that is no gateway's where the two differ by a slash, or the resource is the origin: many clients take it.",
    standard: "RFC 9728 §3.3",
    meaning: "A client compares the two exactly and refuses metadata about another resource.",
    action: "Use the URL that the metadata names as the MCP URL, or correct the custom domain.",
    symptoms: ["invalid audience"],
  },
  "public-issuer-mismatch": {
    title: "The issuer is not the one that the route names",
    leg: "public",
    severity: "error",
    except: "warn for a server that is no gateway's where they differ by a slash.",
    standard: "RFC 8414 §3.3",
    meaning: "The document of the authorization server that the route names has another issuer. Clients refuse it.",
    action:
      "Where the two are only spelled otherwise, have the route name the issuer as its document spells it. Attach the server again, so that its documents are written anew; report it if it stays.",
  },
  "public-further-server": {
    title: "The route names a further authorization server",
    leg: "public",
    severity: "error",
    except:
      "warn for a server that is no gateway's: it may offer several, and only one whose document is missing or another issuer's is meant.",
    standard: "RFC 9728 §§2, 7.6",
    meaning:
      "A client may take any authorization server that the resource's metadata names. A gateway takes the tokens of its own issuer alone; whoever can add another one has users sign in there.",
    action:
      "Find out who added it, and have `authorization_servers` name the gateway's own issuer alone: attach the server again; report it if it stays.",
  },
  "public-challenge-missing": {
    title: "No challenge for calls without a token",
    leg: "public",
    severity: "error",
    except: "warn for a server that is no gateway's where a client finds its metadata without.",
    standard: "RFC 9728 §5.1, RFC 6750 §3",
    meaning:
      "An MCP client learns from the challenge that it has to sign the user in, and where. Without it, it only sees a failure.",
    action: "Check that the server is attached, and that no proxy takes WWW-Authenticate off.",
  },
  "public-challenge-mismatch": {
    title: "The challenge names other metadata",
    leg: "public",
    severity: "error",
    standard: "RFC 9728 §5.1",
    meaning:
      "The challenge leads clients to another document than the one of this route. A gateway's may be beside the MCP URL, or at the inserted or the appended well-known address; any other server's may be anywhere where a document about it is.",
    action: "Attach the server again; check what a proxy or custom domain does to the route.",
  },
  "public-open": {
    title: "The route answers without a token",
    leg: "public",
    severity: "warn",
    standard: "MCP authorization, Access Token Usage",
    meaning:
      "A call without a token was answered with success. Either sign-in is not needed there, or the gateway is not in the way.",
    action: "Have the server ask for a token, or make sure that it is meant to be open.",
    unseen: true,
  },
  "public-endpoint-unusable": {
    title: "The route's issuer lacks an endpoint",
    leg: "public",
    severity: "error",
    except:
      "warn for a server that is no gateway's where only registration is missing: a client that is registered by hand connects.",
    standard: "RFC 8414 §2",
    meaning:
      "Clients need an authorization and a token endpoint, and either registration or client id metadata documents.",
    action:
      'Attach the server again; report it if it stays. Of a server that is no gateway\'s, have the authorization server offer what is missing. Where clients are registered by hand instead, no check can see that: let `findings` say `"off"` for this code then.',
  },
  "public-code-flow-missing": {
    title: "The route's issuer does not offer the code flow",
    leg: "public",
    severity: "error",
    standard: "RFC 8414 §2, OAuth 2.1 §4.1",
    meaning:
      "The issuer lists response types without `code`, or grant types without `authorization_code`. MCP clients sign users in with the authorization code flow alone.",
    action:
      "Report it to the service. Of a server that is no gateway's, have the authorization server switch the authorization code flow on.",
  },
  "public-response-types-missing": {
    title: "The route's issuer lists no response types",
    leg: "public",
    severity: "warn",
    standard: "RFC 8414 §2",
    meaning:
      "The document has no list `response_types_supported`, which is required. Clients that check the document as a whole, among them those built on MCP's own TypeScript library, refuse it and do not connect; others do.",
    action:
      'Report it to the service. Of a server that is no gateway\'s, have the authorization server publish `response_types_supported`, with `"code"` in it.',
  },
  "public-pkce-missing": {
    title: "The route's issuer does not offer S256",
    leg: "public",
    severity: "error",
    standard: "RFC 7636 §4.2, MCP authorization, Authorization Code Protection",
    meaning: "MCP clients must refuse an authorization server that does not list S256.",
    action: "Report it to the service.",
  },
  "public-key-set-unusable": {
    title: "The route's issuer has no usable keys",
    leg: "public",
    severity: "warn",
    standard: "RFC 7517 §5",
    meaning:
      "The key set that the route's issuer names is empty or could not be read. Whoever verifies its tokens will refuse them.",
    action: "Report it to the service if it stays.",
  },
  "public-metadata-appended": {
    title: "Metadata only where strict clients do not look",
    leg: "public",
    severity: "info",
    standard: "RFC 8414 §3.1",
    meaning:
      "The document is at the issuer's path with the well-known part appended. The product's own check reads it there; strict MCP clients insert the well-known part after the host.",
    action: "Nothing, where the clients in use connect.",
    products: "SqlOS and older versions of Keycloak serve this form.",
  },
  "too-many-tools": {
    title: "More tools than some clients show",
    leg: "public",
    severity: "info",
    meaning: "One of the web clients takes at most 20 tools of a server.",
    action: "Disable tools that are not used, where that client matters.",
  },
} as const satisfies Record<string, FindingEntry>;
