import { compareIssuers, type FindingCode } from "@mcpstack/model";
import { expectedIssuer } from "../discovery/well-known";
import { isUnreachable } from "../fetch/outcome";
import { inWords } from "./discovery";
import { type Draft, published, quoted, report, unseen } from "./report";
import { type Subject, whose } from "./subject";

const path = ["clientId"];

/** The client id: whether its issuer knows it, and whether its own document holds the callback URL. */
export const clientRules = [missing, unsupportedDocument, kept, unusableAddress, ownDocument, secrets];

/** Without a client id the gateway registers itself (RFC 7591 §3), or names its own document: where neither is offered, nobody signs in. */
function missing(of: Subject): Draft[] {
  const { profile, document, filled, server, setElsewhere } = of;
  if (profile.clientId !== undefined || profile.registrationEndpoint !== undefined) return [];
  // What the service filled in, or somebody set, is a client for as long as it stands there.
  if ([filled, setElsewhere].some((beside) => beside?.clientId ?? beside?.registrationEndpoint)) return [];
  if (document === undefined && !(server.kind === "missing" && of.explicit)) return [];
  const offers =
    document?.registration_endpoint ??
    document?.bare_addresses?.registration_endpoint ??
    document?.client_id_metadata_document_supported;
  if (offers !== undefined && offers !== false) return [];
  return [
    report("client-id-missing", {
      path,
      where: server.url,
      summary: `clientId is not set, and ${whose(of)} ${
        document
          ? "announces neither a registration endpoint nor client id metadata documents"
          : "is not known to have a registration endpoint or client id metadata documents"
      }.`,
      fix: `Register a client at ${whose(of)} and set clientId to the id that it gives.`,
    }),
  ];
}

/** A client id that is an address is understood where documents are supported (OAuth Client ID Metadata Document §5). */
function unsupportedDocument(of: Subject): Draft[] {
  const { document, profile, server } = of;
  const { clientId } = profile;
  if (clientId === undefined || !/^https:\/\//i.test(clientId)) return [];
  if (document?.client_id_metadata_document_supported !== false) return [];
  return [
    report("client-id-document-unsupported", {
      path,
      found: clientId,
      where: server.url,
      summary: `clientId is the address of a document, ${quoted(clientId)}, and ${whose(of)} says that it does not support such documents.`,
      fix: `Register a client at ${whose(of)} and set clientId to the id that it gives. ${orRegistered("client-id-document-unsupported", clientId)}`,
    }),
  ];
}

/** A preregistered client id is known to the authorization server that issued it, and to no other (RFC 6749 §2.2). */
function kept({ profile, previous, expectedIssuer: issuer }: Subject): Draft[] {
  const { clientId } = profile;
  if (!previous || clientId === undefined || clientId !== previous.clientId || /^https:\/\//i.test(clientId)) return [];
  const before = expectedIssuer(previous.authorizationServerUrl);
  if (compareIssuers(before, issuer) !== "different") return [];
  return [
    report("client-id-kept", {
      path,
      found: clientId,
      summary: `The issuer changes from ${quoted(before)} to ${quoted(issuer)}, and the client id stays ${quoted(clientId)}.`,
      fix: `Register the client at ${quoted(issuer)} and set clientId to the id that it gives.`,
    }),
  ];
}

/** Why an https address is no client id that a document can be at (OAuth Client ID Metadata Document §3); undefined where it can. */
function addressProblem(clientId: string): string | undefined {
  const path = /^https:\/\/[^/?#]*([^?#]*)/i.exec(clientId)?.[1] ?? "";
  if (path.replaceAll("/", "") === "") return "it has no path";
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return "its path has dot segments";
  return clientId.includes("#") ? "it has a fragment" : undefined;
}

/** What to do where the client is none of a document's, although such documents may be supported. */
function orRegistered(code: FindingCode, clientId: string): string {
  return `Where a client is registered under the id ${quoted(clientId)} itself, nothing is to be done. ${unseen(code)}`;
}

/** An address at which no document of a client can be: an authorization server that supports them refuses it as it stands. */
function unusableAddress({ document, profile }: Subject): Draft[] {
  const { clientId } = profile;
  const supported = document?.client_id_metadata_document_supported;
  if (clientId === undefined || !/^https:\/\//i.test(clientId) || supported === false) return [];
  const problem = addressProblem(clientId);
  if (problem === undefined) return [];
  return [
    report("client-id-document-unusable", {
      path,
      ...(supported === undefined ? { severity: "info" } : {}),
      found: clientId,
      summary: `The client id ${quoted(clientId)} is a web address at which no document of a client can be: ${problem}.`,
      fix: [
        "Publish the client's metadata at an https address that has a path and neither dot segments nor a fragment, and set clientId to that address.",
        orRegistered("client-id-document-unusable", clientId),
      ],
    }),
  ];
}

/** Ways for a client to authenticate with a secret that it shares: what everybody can read holds none (§4.1). */
const sharedSecret: ReadonlySet<string> = new Set(["client_secret_basic", "client_secret_post", "client_secret_jwt"]);

function secrets({ discovered, document: server, profile }: Subject): Draft[] {
  const { clientId } = profile;
  const document = discovered.clientIdDocument?.document;
  const supported = server?.client_id_metadata_document_supported;
  if (!document || clientId === undefined || supported === false) return [];
  const { secret_fields: fields = [], token_endpoint_auth_method: method } = document;
  const isShared = method !== undefined && sharedSecret.has(method);
  const held = [...fields, ...(isShared ? [`token_endpoint_auth_method ${quoted(method)}`] : [])];
  if (held.length === 0) return [];
  const isTold = fields.includes("client_secret");
  return [
    report("client-id-document-unusable", {
      path,
      // A secret that everybody can read is a fault, whoever reads the document.
      ...(supported === undefined && !isTold ? { severity: "info" } : {}),
      found: held.join(" "),
      where: clientId,
      summary: `The document ${quoted(clientId)} has what everybody can read and no client of a document may have: ${held.join(", ")}.`,
      fix: {
        say: `Take that out of ${quoted(clientId)}, and have the client authenticate with a key of its own ("private_key_jwt") or not at all ("none").${
          isTold ? " Revoke the secret wherever it is in use." : ""
        }`,
        document: published(clientId, {
          ...Object.fromEntries(fields.map((name) => [name, null])),
          ...(isShared ? { token_endpoint_auth_method: null } : {}),
        }),
      },
    }),
  ];
}

/** Where documents are supported, the client is what its own says. Where that is not told, the client may be registered under that id. */
function ownDocument({ discovered, document: server, profile, callbackUrls }: Subject): Draft[] {
  const result = discovered.clientIdDocument;
  const { clientId } = profile;
  const supported = server?.client_id_metadata_document_supported;
  if (supported === false) return [];
  if (!result || clientId === undefined || result.attempt.outcome === "private-address") return [];
  if (addressProblem(clientId) !== undefined) return [];
  const { document } = result;
  if (document?.client_id !== clientId) {
    const isOpen = !document && isUnreachable(result.attempt.outcome);
    const problem = document
      ? `its client_id is ${document.client_id === undefined ? "absent" : quoted(document.client_id)}`
      : inWords(result.attempt);
    return [
      report("client-id-document-unreadable", {
        path,
        ...(supported === undefined ? { severity: "info" } : {}),
        expected: clientId,
        ...(document?.client_id === undefined ? {} : { found: document.client_id }),
        where: clientId,
        summary: isOpen
          ? `The document that the client id is the address of could not be read: ${problem}.`
          : `The client id is the address of a document that is not about it: ${problem}.`,
        fix: [
          isOpen
            ? "Make the host reachable from this machine and from the authorization server, or run the check where it is reachable."
            : `Publish the client's metadata at ${quoted(clientId)}, with client_id equal to that address.`,
          orRegistered("client-id-document-unreadable", clientId),
        ],
      }),
    ];
  }
  const registered = document.redirect_uris ?? [];
  const lacking = [...new Set(callbackUrls)].sort().filter((url) => !registered.includes(url));
  if (lacking.length === 0) return [];
  return [
    report("client-id-document-callback", {
      path,
      expected: lacking.join(" "),
      found: registered.join(" "),
      where: clientId,
      summary: `The document ${quoted(clientId)} lacks ${lacking.map(quoted).join(", ")} in redirect_uris.`,
      fix: {
        say: `Add ${lacking.map(quoted).join(", ")} to redirect_uris in ${quoted(clientId)}.`,
        document: published(clientId, { redirect_uris: [...registered, ...lacking] }),
      },
    }),
  ];
}
