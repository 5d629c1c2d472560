import { compareIssuers, type Finding, isLoopback, parseUrl, type Severity } from "@mcpstack/model";
import { isAddress, metadataNamedBy } from "../discovery/find-protected-resource";
import { isMetadataAddress, protectedResourceCandidates } from "../discovery/well-known";
import type { AuthorizationServerMetadata } from "../documents/authorization-server";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { isPrivateHost } from "../fetch/private-host";
import type { PublicLeg, RouteServer } from "../public-leg/read-public-leg";
import { howToAllow } from "./addresses";
import { codeFlowLacking, pkceLacking } from "./capabilities";
import { inWords } from "./discovery";
import { canBeNamed, lesserBy, overHttps } from "./public-address";
import { gatewayWords, type PublicWords, serverWords } from "./public-words";
import { type Draft, finding, ordered, published, quoted, report, type Step, unseen } from "./report";

/** What an external MCP client would stumble over (API page, "Public leg"; MCP authorization). Pure. */
export function judgePublicLeg(leg: PublicLeg): Finding[] {
  return ordered(draftsOf(leg).map((draft) => finding(draft, {}, () => false)));
}

function draftsOf(leg: PublicLeg): Draft[] {
  const down = unreachable(leg);
  if (down.length > 0) return [...insecure(leg), ...down];
  return [
    ...insecure(leg),
    ...challenge(leg),
    ...resource(leg),
    ...authorizationServer(leg),
    ...further(leg),
    ...keys(leg),
  ];
}

const path: readonly string[] = [];

function insecure({ mcpUrl }: PublicLeg): Draft[] {
  const url = parseUrl(mcpUrl);
  if (url?.protocol !== "http:") return [];
  return [
    report("public-insecure", {
      path,
      ...(isLoopback(url.hostname) ? { severity: "warn" } : {}),
      expected: overHttps(mcpUrl),
      found: mcpUrl,
      summary: `The MCP URL ${quoted(mcpUrl)} is not https.`,
      fix: "Serve the route over https.",
    }),
  ];
}

function unreachable({ challenge: answered, isGateway = true, mcpUrl, protectedResource }: PublicLeg): Draft[] {
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
      fix: remedy(
        failed,
        isGateway
          ? "Check the MCP URL from another network, and whether the server is hosted."
          : "Check the MCP URL from another network.",
      ),
    }),
  ];
}

function remedy(attempt: Attempt | undefined, usual: string): string {
  if (attempt?.outcome === "denied")
    return `These documents are public (RFC 9728 §3, RFC 8414 §3): have the firewall, or whatever else answers HTTP ${attempt.status} before the server, let everybody read them.`;
  return attempt?.outcome === "private-address" ? howToAllow : usual;
}

function wordsOf({ isGateway = true }: PublicLeg): PublicWords {
  return isGateway ? gatewayWords : serverWords;
}

/** Whether a call without a token is answered: no client has to sign in then. */
function isOpen({ challenge: answered }: PublicLeg): boolean {
  return answered.kind === "answered" && answered.status >= 200 && answered.status < 300;
}

/** Whether a client that does without the challenge or the resource's metadata still finds an authorization server (MCP, earlier revisions). */
function hasOtherWay({ isGateway = true, protectedResource, authorizationServer: server }: PublicLeg): boolean {
  return !isGateway && (protectedResource.kind === "found" || server?.kind === "found");
}

function challenge(leg: PublicLeg): Draft[] {
  const { challenge: answered, expectedMetadataUrl, isGateway = true, mcpUrl, protectedResource } = leg;
  if (answered.kind !== "answered") return [];
  const { status } = answered;
  if (isOpen(leg)) {
    return [
      report("public-open", {
        path,
        where: mcpUrl,
        expected: "HTTP 401",
        found: `HTTP ${status}`,
        summary: `A call without a token to ${quoted(mcpUrl)} was answered with HTTP ${status}.`,
        fix: `Have the server ask for a token, or make sure that it is meant to be open to everybody. ${unseen("public-open")}`,
      }),
    ];
  }
  // A route that is not there at all has no documents either: said once, by the rule about these.
  if (status === 404 && protectedResource.kind === "missing") return [];
  const all = metadataNamedBy(answered.challenge);
  const [first] = all;
  if (status !== 401 || first === undefined) {
    return [
      report("public-challenge-missing", {
        path,
        ...(hasOtherWay(leg) ? { severity: "warn" } : {}),
        where: mcpUrl,
        expected: `HTTP 401, WWW-Authenticate: Bearer resource_metadata="${expectedMetadataUrl ?? "…"}"`,
        found: `HTTP ${status}, ${first === undefined ? (answered.challenge ? "Bearer without a usable resource_metadata" : "no Bearer challenge") : `Bearer resource_metadata="${first}"`}`,
        summary: `A call without a token to ${quoted(mcpUrl)} is answered with HTTP ${status}${
          answered.redirectsTo === undefined ? "" : `, a redirect to ${quoted(answered.redirectsTo)},`
        } and ${
          first !== undefined
            ? "a challenge that clients heed with HTTP 401 alone"
            : answered.challenge
              ? "a challenge that names no usable metadata address"
              : "no challenge"
        }.`,
        fix: challengeAdvice(leg, answered.redirectsTo),
      }),
    ];
  }
  // A gateway's challenge leads to its own document, wherever the well-known part stands, and to no other. Any other server's may lead
  // anywhere (RFC 9728 §5.1), as long as a document about it is there.
  const right = isGateway ? ownAddresses(leg) : [protectedResource.kind === "found" ? protectedResource.url : first];
  const [expected] = right;
  const wrong = all.filter((url) => !right.includes(url));
  const [named = first] = wrong;
  if (expected === undefined || (isGateway ? wrong.length === 0 : wrong.length < all.length)) return [];
  return [
    report("public-challenge-mismatch", {
      path,
      where: mcpUrl,
      expected,
      found: named,
      summary: `The challenge of ${quoted(mcpUrl)} names ${quoted(named)}, not ${quoted(expected)}.`,
      fix: `Have the challenge name ${quoted(expected)}: ${wordsOf(leg).challenge}.`,
    }),
  ];
}

/** Whether a redirect leads to the same address with a slash at its end, or without. */
function isSameButSlash(url: string, target: string | undefined): boolean {
  const from = parseUrl(url);
  return (
    from !== undefined &&
    target !== undefined &&
    compareIssuers(`${from.origin}${from.pathname}`, target) === "trailingSlash"
  );
}

/** What to do about an answer that is no challenge; one that leads to the other spelling is the server's own address, or clients are given that. */
function challengeAdvice(leg: PublicLeg, target: string | undefined): string {
  const { mcpUrl, protectedResource } = leg;
  if (!isSameButSlash(mcpUrl, target)) return wordsOf(leg).challengeMissing;
  const why = "few clients follow a redirect with a message.";
  return protectedResource.kind === "found" && protectedResource.document.resource === mcpUrl
    ? `Have the server answer at ${quoted(mcpUrl)} itself, which its metadata says is its address: ${why}`
    : `Give clients ${quoted(target ?? "")} as the MCP URL, or have the server answer at ${quoted(mcpUrl)} itself: ${why}`;
}

function redirectOf({ challenge: answered }: PublicLeg): string | undefined {
  return answered.kind === "answered" ? answered.redirectsTo : undefined;
}

/** Where a gateway's metadata may be: where the API says or is usual, inserted after the host, or appended (RFC 9728 §3.1). */
function ownAddresses({ expectedMetadataUrl, mcpUrl }: PublicLeg): readonly string[] {
  if (expectedMetadataUrl === undefined) return [];
  const wellKnown = isAddress(mcpUrl) ? protectedResourceCandidates(mcpUrl).filter(({ form }) => form !== "root") : [];
  return [expectedMetadataUrl, ...wellKnown.map(({ url }) => url)];
}

function resource(leg: PublicLeg): Draft[] {
  const { isGateway = true, mcpUrl, protectedResource: result } = leg;
  if (result.kind !== "found") {
    if (!isGateway && isOpen(leg)) return [];
    return documentMissing(leg, "protected resource", mcpUrl, result.attempts, hasOtherWay(leg) ? "warn" : undefined);
  }
  const found = result.document.resource;
  if (found === mcpUrl) return [];
  return [
    report("public-resource-mismatch", {
      path,
      ...(!isGateway && isPartOf(mcpUrl, found) ? { severity: "warn" } : {}),
      where: result.url,
      expected: mcpUrl,
      found,
      summary: `The route's resource is ${quoted(found)}, and its MCP URL is ${quoted(mcpUrl)}.`,
      fix: {
        say: resourceAdvice(leg, found),
        document: published(result.url, { resource: mcpUrl }),
      },
    }),
  ];
}

/** What to do about a route's metadata that is about another resource. */
function resourceAdvice(leg: PublicLeg, found: string): string {
  const { mcpUrl } = leg;
  const own = `Have resource be ${quoted(mcpUrl)}`;
  if (!isAddress(found)) return `${own}: ${quoted(found)} is no address that a client could be given.`;
  const lesser = lesserBy(found, mcpUrl);
  if (lesser !== undefined)
    return `${own}: ${quoted(found)} ${lesser}, so the server's own public address is not set, or what stands before it does not say so.`;
  // Where the other spelling leads, nobody has looked: it may be a redirect back to this one.
  if (isSameButSlash(mcpUrl, found) && redirectOf(leg) !== found) return `${own}, which is where the server answers.`;
  return `Give clients ${quoted(found)} as the MCP URL if that is the address meant; otherwise have resource be ${quoted(mcpUrl)}.`;
}

/** Whether a resource is a URL but for a slash, or what it is below of: clients that compare by prefix take it. */
function isPartOf(mcpUrl: string, resource: string): boolean {
  const [inner, outer] = [parseUrl(mcpUrl), parseUrl(resource)];
  if (!inner || !outer || inner.origin !== outer.origin) return false;
  const folder = (path: string) => `${path.replace(/\/+$/, "")}/`;
  return folder(inner.pathname).startsWith(folder(outer.pathname));
}

function documentMissing(
  leg: PublicLeg,
  what: string,
  of: string,
  attempts: PublicLeg["protectedResource"]["attempts"],
  severity?: Severity,
): Draft[] {
  const failed = attempts.find(({ outcome }) => isUnreachable(outcome));
  const tried = attempts.map(inWords).join("; ");
  const values = { path, where: attempts[0]?.url, found: tried };
  if (failed) {
    return [
      report("public-unreachable", {
        ...values,
        summary: `The ${what} metadata of ${quoted(of)} could not be read. Tried: ${tried}.`,
        fix: remedy(failed, "Check the route from another network."),
      }),
    ];
  }
  const broken = attempts.find(({ outcome }) => outcome === "unusable");
  return [
    report("public-metadata-not-found", {
      ...values,
      ...(severity === undefined ? {} : { severity }),
      summary: broken
        ? `The ${what} metadata of ${quoted(of)} is unusable: ${inWords(broken)}.`
        : `No ${what} metadata was found for ${quoted(of)}. Tried: ${tried}.`,
      fix: wordsOf(leg).routeMissing,
    }),
  ];
}

function authorizationServer(leg: PublicLeg): Draft[] {
  const { authorizationServer: server, isGateway = true, authorizationServerUrl: issuer, protectedResource } = leg;
  const words = wordsOf(leg);
  const isNamed =
    isGateway ||
    (protectedResource.kind === "found" && protectedResource.document.authorization_servers?.[0] === issuer);
  const drafts: Draft[] = [];
  if (protectedResource.kind === "found" && (issuer === undefined || !isNamed)) {
    const isOther = protectedResource.document.invalid_fields?.includes("authorization_servers") === true;
    drafts.push(
      report("public-metadata-not-found", {
        path,
        ...(hasOtherWay({ ...leg, protectedResource: { kind: "missing", attempts: [] } }) ? { severity: "warn" } : {}),
        where: protectedResource.url,
        expected: "authorization_servers",
        summary: isOther
          ? `The metadata ${quoted(protectedResource.url)} has authorization_servers that is no list: clients find no authorization server there.`
          : `The metadata ${quoted(protectedResource.url)} names no authorization server.`,
        fix: words.documents,
      }),
    );
  }
  if (issuer === undefined) return drafts;
  if (server?.kind !== "found" || !server.document) {
    if (!isNamed) return drafts;
    return [...drafts, ...documentMissing(leg, "authorization server", issuer, server?.attempts ?? [])];
  }
  const { document } = server;
  const values = { path, where: server.url };
  if (document.issuer !== issuer) {
    const isSlash = compareIssuers(document.issuer, issuer) === "trailingSlash";
    drafts.push(
      report("public-issuer-mismatch", {
        ...values,
        ...(!isGateway && isSlash ? { severity: "warn" } : {}),
        expected: issuer,
        found: document.issuer,
        summary: `The route names the authorization server ${quoted(issuer)}, whose document says ${quoted(document.issuer)}.`,
        fix: issuerWays(leg, server, issuer),
      }),
    );
  } else if (server.form === "appended-oauth") {
    drafts.push(
      report("public-metadata-appended", {
        ...values,
        summary: `The metadata of ${quoted(issuer)} is only at ${quoted(server.url ?? "")}, where strict MCP clients do not look.`,
        fix: "Nothing, where the clients in use connect.",
      }),
    );
  }
  return [
    ...drafts,
    ...endpoints(leg, document, server.url),
    ...codeFlow(leg, document, server.url),
    ...responseTypes(leg, document, server.url),
    ...pkce(leg, document, server.url),
  ];
}

/** A client may take any authorization server of the list (RFC 9728 §7.6). */
function further(leg: PublicLeg): Draft[] {
  const { authorizationServerUrl, furtherServers = [], isGateway = true, protectedResource } = leg;
  if (protectedResource.kind !== "found") return [];
  const { url, document } = protectedResource;
  return furtherServers.flatMap(({ issuer, server }) => {
    const own = server?.document?.issuer;
    const problem = isGateway
      ? `is not ${quoted(authorizationServerUrl ?? "")}, the gateway's own issuer`
      : own !== undefined && own !== issuer
        ? `has a document that says ${quoted(own)}`
        : server?.kind === "missing"
          ? `has no metadata. Tried: ${server.attempts.map(inWords).join("; ")}`
          : undefined;
    if (problem === undefined) return [];
    return [
      report("public-further-server", {
        path,
        ...(isGateway ? {} : { severity: "warn" }),
        where: url,
        expected: authorizationServerUrl,
        found: issuer,
        summary: `The route names a further authorization server, ${quoted(issuer)}, which ${problem}.`,
        fix:
          isGateway || !server || own === undefined || !isNamedWrong(own, issuer)
            ? {
                say: `Have the route's metadata leave ${quoted(issuer)} out of authorization_servers${isGateway ? "" : ", or that server correct its document"}. ${wordsOf(leg).documents}`,
                document: published(url, {
                  authorization_servers: (document.authorization_servers ?? []).filter((one) => one !== issuer),
                }),
              }
            : issuerWays(leg, server, issuer),
      }),
    ];
  });
}

/**
 * An issuer is spelled as its own document spells it: whoever names it follows. Only a server that does not know its public address has its
 * document to correct; of two issuers that are different ones it cannot be told which is meant.
 */
function issuerWays(leg: PublicLeg, { document, url }: RouteServer, named: string): Step {
  const { protectedResource } = leg;
  const { documents } = wordsOf(leg);
  const own = document?.issuer ?? named;
  const lesser = lesserBy(own, named);
  if (lesser !== undefined && canBeNamed(named)) {
    return {
      say: `Have the document's issuer be ${quoted(named)}: ${quoted(own)} ${lesser}. ${documents}`,
      document: published(url, { issuer: named }),
    };
  }
  if (lesser !== undefined || !canBeNamed(own)) {
    return canBeNamed(named)
      ? {
          say: `Have the document's issuer be ${quoted(named)}: ${quoted(own)} is no issuer that clients can be led to. ${documents}`,
          document: published(url, { issuer: named }),
        }
      : `Have the route's metadata name an issuer whose document calls it so: neither ${quoted(named)} nor ${quoted(own)} can be one. ${documents}`;
  }
  if (!isNamedWrong(own, named) || protectedResource.kind !== "found") {
    return `Have the document's issuer be ${quoted(named)}, or the route name the issuer that is meant. ${documents}`;
  }
  const servers = protectedResource.document.authorization_servers;
  return {
    say: `Have authorization_servers of the route's metadata name ${quoted(own)}, as its document spells it${isMetadataAddress(named) ? `: ${quoted(named)} is the address of a document` : ""}. ${documents}`,
    document: published(protectedResource.url, {
      authorization_servers: [...new Set(servers?.map((one) => (one === named ? own : one)) ?? [own])],
    }),
  };
}

/** Whether it is the name of an issuer, and not its document, that is to be corrected: another spelling, or no issuer's name at all. */
function isNamedWrong(own: string, named: string): boolean {
  return compareIssuers(own, named) !== "different" || !canBeNamed(named);
}

function endpoints(leg: PublicLeg, document: AuthorizationServerMetadata, where: string | undefined): Draft[] {
  const { isGateway = true, mcpUrl } = leg;
  const registers =
    document.registration_endpoint !== undefined || document.client_id_metadata_document_supported === true;
  const client = parseUrl(mcpUrl);
  const isPublic = client !== undefined && !isPrivateHost(client.hostname);
  const needed = ["authorization_endpoint", "token_endpoint"] as const;
  const cannot = [
    ...needed
      .filter((name) => document[name] === undefined)
      .map((name) => (document.bare_addresses?.[name] === undefined ? name : `${name} without user information`)),
    ...[...needed, "registration_endpoint" as const].flatMap((name) => {
      const url = parseUrl(document[name] ?? "");
      if (!url) return [];
      if (client?.protocol === "https:" && url.protocol === "http:") return [`${name} over https`];
      return isPublic && isPrivateHost(url.hostname) ? [`${name} at a public host`] : [];
    }),
  ];
  const lacking = [...cannot, ...(registers ? [] : ["registration_endpoint or client_id_metadata_document_supported"])];
  if (lacking.length === 0) return [];
  return [
    report("public-endpoint-unusable", {
      path,
      // A client that was registered by hand needs neither of the two.
      ...(!isGateway && cannot.length === 0 ? { severity: "warn" } : {}),
      where,
      expected: lacking.join(" "),
      summary: `${wordsOf(leg).issuer} ${quoted(document.issuer)} lacks ${lacking.join(", ")}.`,
      fix:
        !isGateway && cannot.length === 0
          ? `Have the authorization server offer one of the two. Or: Register the client by hand and give it its client id. ${unseen("public-endpoint-unusable")}`
          : wordsOf(leg).documents,
    }),
  ];
}

function codeFlow(leg: PublicLeg, document: AuthorizationServerMetadata, where: string | undefined): Draft[] {
  const lacking = codeFlowLacking(document);
  if (!lacking) return [];
  const { expected, found, said, mended } = lacking;
  return [
    report("public-code-flow-missing", {
      path,
      where,
      expected,
      found,
      summary: `${wordsOf(leg).issuer} ${quoted(document.issuer)} does not offer the authorization code flow: ${said}.`,
      fix: {
        say: `${wordsOf(leg).report}: MCP clients sign users in with the authorization code flow alone.`,
        document: published(where, mended),
      },
    }),
  ];
}

/** The one required field that discovery itself does without (RFC 8414 §2): strict clients take no document that lacks it. */
function responseTypes(leg: PublicLeg, document: AuthorizationServerMetadata, where: string | undefined): Draft[] {
  if (document.response_types_supported !== undefined) return [];
  const isOther = document.invalid_fields?.includes("response_types_supported") === true;
  return [
    report("public-response-types-missing", {
      path,
      where,
      expected: "code",
      summary: `${wordsOf(leg).issuer} ${quoted(document.issuer)} lists no response types${isOther ? ": its response_types_supported is no list" : ""}.`,
      fix: {
        say: `${wordsOf(leg).report}: response_types_supported is required, and clients that check it take no document without it.`,
        document: published(where, { response_types_supported: ["code"] }),
      },
    }),
  ];
}

function pkce(leg: PublicLeg, document: AuthorizationServerMetadata, where: string | undefined): Draft[] {
  const lacking = pkceLacking(document);
  if (!lacking) return [];
  const { listed: methods } = lacking;
  return [
    report("public-pkce-missing", {
      path,
      where,
      expected: "S256",
      found: methods?.join(" "),
      summary: `${wordsOf(leg).issuer} ${quoted(document.issuer)} ${methods ? `lists PKCE methods without S256: ${methods.map(quoted).join(", ")}` : "lists no PKCE methods"}.`,
      fix: {
        say: `${wordsOf(leg).report}: MCP clients refuse an authorization server that does not list S256.`,
        document: published(where, { code_challenge_methods_supported: [...(methods ?? []), "S256"] }),
      },
    }),
  ];
}

function keys(leg: PublicLeg): Draft[] {
  const { authorizationServer: server, keySet } = leg;
  const address = server?.document?.jwks_uri;
  if (!keySet || address === undefined) return [];
  if (keySet.kind === "found" && keySet.document.signingKeys > 0) return [];
  const found = keySet.kind === "found" ? "it holds no key for signatures" : inWords(keySet.attempt);
  return [
    report("public-key-set-unusable", {
      path,
      where: address,
      found,
      summary: `The key set of ${quoted(server?.document?.issuer ?? address)} cannot be used: ${found}.`,
      fix: remedy(keySet.attempt, `${wordsOf(leg).report} if ${quoted(address)} stays without keys.`),
    }),
  ];
}
