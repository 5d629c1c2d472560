import { type Finding, isLoopback, parseUrl } from "@mcpstack/model";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import type { PublicLeg } from "../public-leg/read-public-leg";
import { howToAllow } from "./addresses";
import { inWords } from "./discovery";
import { ordered, quoted, report } from "./report";

/** What an external MCP client would stumble over (API page, "Public leg"; MCP authorization). Pure. */
export function judgePublicLeg(leg: PublicLeg): Finding[] {
  const down = unreachable(leg);
  if (down.length > 0) return ordered([...insecure(leg), ...down]);
  return ordered([...insecure(leg), ...challenge(leg), ...resource(leg), ...authorizationServer(leg), ...keys(leg)]);
}

const path: readonly string[] = [];

function insecure({ mcpUrl }: PublicLeg): Finding[] {
  const url = parseUrl(mcpUrl);
  if (url?.protocol !== "http:") return [];
  return [
    report("public-insecure", {
      path,
      ...(isLoopback(url.hostname) ? { severity: "warn" } : {}),
      expected: mcpUrl.replace(/^http:/i, "https:"),
      found: mcpUrl,
      summary: `The MCP URL ${quoted(mcpUrl)} is not https.`,
      fix: "Serve the route over https.",
    }),
  ];
}

function unreachable({ challenge: answered, mcpUrl, protectedResource }: PublicLeg): Finding[] {
  const failed = answered.kind === "unreachable" ? answered.attempt : undefined;
  const serverError = answered.kind === "answered" && answered.status >= 500 ? `HTTP ${answered.status}` : undefined;
  if (!failed && serverError === undefined) return [];
  if (failed?.outcome === "invalid") return [];
  const documents = protectedResource.attempts.find(({ outcome }) => isUnreachable(outcome));
  return [
    report("public-unreachable", {
      path,
      where: mcpUrl,
      found: failed ? inWords(failed) : serverError,
      summary: `The public route ${quoted(mcpUrl)} could not be read: ${failed ? inWords(failed) : serverError}${documents && !failed ? `; ${inWords(documents)}` : ""}.`,
      fix: remedy(failed, "Check the MCP URL from another network, and whether the server is hosted."),
    }),
  ];
}

function remedy(attempt: Attempt | undefined, usual: string): string {
  return attempt?.outcome === "private-address" ? howToAllow : usual;
}

function challenge({ challenge: answered, expectedMetadataUrl, mcpUrl, protectedResource }: PublicLeg): Finding[] {
  if (answered.kind !== "answered") return [];
  const { status } = answered;
  if (status >= 200 && status < 300) {
    return [
      report("public-open", {
        path,
        where: mcpUrl,
        expected: "HTTP 401",
        found: `HTTP ${status}`,
        summary: `A call without a token to ${quoted(mcpUrl)} was answered with HTTP ${status}.`,
        fix: "Check that the server is meant to be open to everybody.",
      }),
    ];
  }
  // A route that is not there at all has no documents either: said once, by the rule about these.
  if (status === 404 && protectedResource.kind === "missing") return [];
  const named = answered.challenge?.resourceMetadata;
  if (status !== 401 || named === undefined) {
    return [
      report("public-challenge-missing", {
        path,
        where: mcpUrl,
        expected: `HTTP 401, WWW-Authenticate: Bearer resource_metadata="${expectedMetadataUrl ?? "…"}"`,
        found: `HTTP ${status}, ${answered.challenge ? "Bearer without resource_metadata" : "no Bearer challenge"}`,
        summary: `A call without a token to ${quoted(mcpUrl)} is answered with HTTP ${status} and ${
          answered.challenge ? "a challenge that names no metadata" : "no challenge"
        }.`,
        fix: "Check that the server is attached to the gateway, and that no proxy takes WWW-Authenticate off.",
      }),
    ];
  }
  if (expectedMetadataUrl === undefined || named === expectedMetadataUrl) return [];
  return [
    report("public-challenge-mismatch", {
      path,
      where: mcpUrl,
      expected: expectedMetadataUrl,
      found: named,
      summary: `The challenge of ${quoted(mcpUrl)} names ${quoted(named)}, not ${quoted(expectedMetadataUrl)}.`,
      fix: `Have the challenge name ${quoted(expectedMetadataUrl)}: attach the server again, and check what a proxy or custom domain does.`,
    }),
  ];
}

function resource({ mcpUrl, protectedResource: result }: PublicLeg): Finding[] {
  if (result.kind !== "found") return documentMissing("protected resource", mcpUrl, result.attempts);
  const found = result.document.resource;
  if (found !== mcpUrl) {
    return [
      report("public-resource-mismatch", {
        path,
        where: result.url,
        expected: mcpUrl,
        found,
        summary: `The route's resource is ${quoted(found)}, and its MCP URL is ${quoted(mcpUrl)}.`,
        fix: `Give clients ${quoted(found)} as the MCP URL if that is the address meant; otherwise have resource be ${quoted(mcpUrl)}.`,
      }),
    ];
  }
  return [];
}

function documentMissing(what: string, of: string, attempts: PublicLeg["protectedResource"]["attempts"]): Finding[] {
  const failed = attempts.find(({ outcome }) => isUnreachable(outcome));
  const tried = attempts.map(inWords).join("; ");
  const values = { path, where: attempts[0]?.url, found: tried };
  if (failed) {
    return [
      report("public-unreachable", {
        ...values,
        summary: `The ${what} metadata of ${quoted(of)} could not be read: ${inWords(failed)}.`,
        fix: remedy(failed, "Check the route from another network."),
      }),
    ];
  }
  return [
    report("public-metadata-not-found", {
      ...values,
      summary: `No ${what} metadata was found for ${quoted(of)}. Tried: ${tried}.`,
      fix: "Check that the server is attached to the gateway and hosted; detach and attach it again where it is.",
    }),
  ];
}

function authorizationServer({
  authorizationServer: server,
  authorizationServerUrl: issuer,
  protectedResource,
}: PublicLeg): Finding[] {
  if (protectedResource.kind !== "found") return [];
  if (issuer === undefined) {
    return [
      report("public-metadata-not-found", {
        path,
        where: protectedResource.url,
        expected: "authorization_servers",
        summary: `The metadata ${quoted(protectedResource.url)} names no authorization server.`,
        fix: "Attach the server again, so that its documents are written anew.",
      }),
    ];
  }
  if (server?.kind !== "found" || !server.document)
    return documentMissing("authorization server", issuer, server?.attempts ?? []);
  const { document } = server;
  const findings: Finding[] = [];
  const values = { path, where: server.url };
  if (document.issuer !== issuer) {
    findings.push(
      report("public-issuer-mismatch", {
        ...values,
        expected: issuer,
        found: document.issuer,
        summary: `The route names the authorization server ${quoted(issuer)}, whose document says ${quoted(document.issuer)}.`,
        fix: `Have the document's issuer be ${quoted(issuer)}: attach the server again, and report it if it stays.`,
      }),
    );
  } else if (server.form === "appended-oauth") {
    findings.push(
      report("public-metadata-appended", {
        ...values,
        summary: `The metadata of ${quoted(issuer)} is only at ${quoted(server.url ?? "")}, where strict MCP clients do not look.`,
        fix: "Nothing, where the clients in use connect.",
      }),
    );
  }
  const registers =
    document.registration_endpoint !== undefined || document.client_id_metadata_document_supported === true;
  const lacking = [
    ...(document.authorization_endpoint === undefined ? ["authorization_endpoint"] : []),
    ...(document.token_endpoint === undefined ? ["token_endpoint"] : []),
    ...(registers ? [] : ["registration_endpoint or client_id_metadata_document_supported"]),
  ];
  if (lacking.length > 0) {
    findings.push(
      report("public-endpoint-unusable", {
        ...values,
        expected: lacking.join(" "),
        summary: `The gateway's issuer ${quoted(document.issuer)} lacks ${lacking.join(", ")}.`,
        fix: "Attach the server again, so that its documents are written anew; report it if it stays.",
      }),
    );
  }
  if (!document.code_challenge_methods_supported?.includes("S256")) {
    const methods = document.code_challenge_methods_supported;
    findings.push(
      report("public-pkce-missing", {
        ...values,
        expected: "S256",
        found: methods?.join(" "),
        summary: `The gateway's issuer ${quoted(document.issuer)} ${methods ? `lists PKCE methods without S256: ${methods.map(quoted).join(", ")}` : "lists no PKCE methods"}.`,
        fix: "Report it to the service: MCP clients refuse an authorization server that does not list S256.",
      }),
    );
  }
  return findings;
}

function keys({ authorizationServer: server, keySet }: PublicLeg): Finding[] {
  const address = server?.document?.jwks_uri;
  if (!keySet || address === undefined) return [];
  if (keySet.kind === "found" && keySet.document.signingKeys > 0) return [];
  const found = keySet.kind === "found" ? "it holds no key for signatures" : inWords(keySet.attempt);
  return [
    report("public-key-set-unusable", {
      path,
      where: address,
      found,
      summary: `The key set of the gateway's issuer cannot be used: ${found}.`,
      fix: remedy(keySet.attempt, `Report it to the service if ${quoted(address)} stays without keys.`),
    }),
  ];
}
