import { leftOpen } from "../discovery/find-authorization-server";
import { authorizationServerCandidates, isMetadataAddress, isResourceMetadataAddress } from "../discovery/well-known";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { movesInWords } from "./moves-in-words";
import { canBeNamed, isLesser } from "./public-address";
import { type Draft, published, quoted, report } from "./report";
import { type Subject, whose } from "./subject";

/** Say where metadata was looked for in vain, and what each address answered. */
export const discoveryRules = [addressAsIssuer, notRead, halfRead, notTaken];

function addressAsIssuer({ profile, expectedIssuer, document }: Subject): Draft[] {
  const url = profile.authorizationServerUrl;
  // A resource's metadata is no authorization server's: that is said where it is looked for.
  if (!isMetadataAddress(url) || isResourceMetadataAddress(url)) return [];
  const issuer = document?.issuer ?? expectedIssuer;
  const reaches = authorizationServerCandidates(issuer).some((candidate) => candidate.url === url);
  return [
    report("metadata-address-as-issuer", {
      path: ["authorizationServerUrl"],
      expected: issuer,
      found: url,
      summary: `authorizationServerUrl is the address of a document, ${quoted(url)}; it is read as a metadata URL.`,
      fix: { profile: { authorizationServerUrl: issuer, ...(reaches ? {} : { metadataUrl: url }) } },
    }),
  ];
}

function notRead(of: Subject): Draft[] {
  const { server, profile } = of;
  if (server.kind === "found" || server.kind === "unread") return [];
  const path = [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"];
  const tried = server.attempts.map(inWords).join("; ");
  if (server.kind === "unreachable") {
    const first = server.attempts.find(({ outcome }) => isUnreachable(outcome));
    if (first?.outcome === "private-address") return [];
    return [
      report("metadata-unreachable", {
        path,
        ...(of.explicit ? { severity: "info" } : {}),
        where: first?.url,
        found: first ? reason(first) : undefined,
        summary: `The metadata of ${quoted(profile.metadataUrl ?? profile.authorizationServerUrl)} could not be read. Tried: ${
          tried || "no address"
        }.${of.acceptance.earlier ? " What was accepted stays." : ""}`,
        fix: remedy(first, server.attempts),
      }),
    ];
  }
  if (of.explicit) return [];
  const given = profile.metadataUrl ?? profile.authorizationServerUrl;
  const described = server.attempts.find(({ outcome }) => outcome === "resource-metadata");
  if (described || isResourceMetadataAddress(given)) return [ofResource(of, given, described)];
  const broken = server.attempts.find(({ outcome }) => outcome === "unusable");
  if (broken) {
    return [
      report("metadata-unusable", {
        path,
        where: broken.url,
        expected: of.expectedIssuer,
        found: broken.detail,
        summary: `The metadata at ${quoted(broken.url)} is there and unusable, because ${broken.detail ?? "it cannot be read"}.`,
        fix:
          broken.fault === "size"
            ? `Have ${whose(of)} publish a smaller document: many clients, and this check, read none of that size. Until then set authorizationEndpoint and tokenEndpoint.`
            : {
                say: `Have ${whose(of)} publish ${broken.fault === "form" ? "a whole JSON object" : "metadata"} as RFC 8414 §2 has it, with issuer equal to ${quoted(of.expectedIssuer)}.`,
                document: published(broken.url, { issuer: of.expectedIssuer }),
              },
      }),
    ];
  }
  return [
    report("metadata-not-found", {
      path,
      where: server.attempts[0]?.url,
      found: tried,
      summary: `No metadata was found for ${quoted(profile.metadataUrl ?? profile.authorizationServerUrl)}. Tried: ${tried || "nothing, since it is no URL"}.`,
      fix: `${elsewhere(server.attempts)}${
        profile.metadataUrl === undefined
          ? "Correct authorizationServerUrl, set metadataUrl to the exact address of the document, or set authorizationEndpoint and tokenEndpoint."
          : "Correct metadataUrl, or leave it out so that the well-known addresses are tried."
      }`,
    }),
  ];
}

/**
 * A document is there, and another that counts before it could not be read: which of the two says what was accepted nobody knows. Where they
 * agree with it, nothing is lost.
 */
function halfRead({ server, profile, acceptance, explicit }: Subject): Draft[] {
  const [first] = leftOpen(server);
  const { earlier, doubted } = acceptance;
  if (!first || (earlier && !doubted)) return [];
  const found = server.url ?? "";
  return [
    report("metadata-unreachable", {
      path: [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"],
      ...(explicit ? { severity: "info" } : {}),
      where: first.url,
      found: reason(first),
      summary: `${inWords(first)}, where metadata is looked for first. ${
        doubted
          ? `${quoted(found)} says something else than what was accepted: ${movesInWords(doubted)}. Nothing is concluded from that. What was accepted stays.`
          : `${quoted(found)} is read in its place.`
      }`,
      fix: `Run this again once ${quoted(first.url)} answers. Where ${quoted(found)} is the document that counts, set metadataUrl to it.`,
    }),
  ];
}

/** Fields that are published, and are not of the type that belongs there: clients see them as absent (RFC 8414 §2). */
function notTaken(of: Subject): Draft[] {
  const { acceptance, document, explicit, profile, server } = of;
  const isSaidElsewhere = (name: string) =>
    document?.bare_addresses?.[name] !== undefined ||
    // An endpoint that is needed is missed by itself.
    (!explicit && (name === "authorization_endpoint" || name === "token_endpoint"));
  const invalid = (document?.invalid_fields ?? []).filter((name) => judged.has(name));
  // Something was accepted in one of them: that says more than that it is missed, or what is wrong with it.
  const doubted = leftOpen(server).length === 0 ? acceptance.doubted : undefined;
  const names = doubted ? invalid : invalid.filter((name) => !isSaidElsewhere(name));
  if (names.length === 0) return [];
  const kept =
    doubted === undefined
      ? ""
      : ` What was accepted stays${doubted.length === 0 ? "" : `, and nothing else that it says is accepted meanwhile: ${movesInWords(doubted)}`}.`;
  return [
    report("metadata-unusable", {
      path: [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"],
      severity: "warn",
      where: server.url,
      found: names.join(" "),
      summary: `The metadata at ${quoted(server.url ?? "")} has fields that are not of the type that belongs there, and clients do not take: ${names.join(", ")}.${kept}`,
      fix: {
        say: `Have ${whose(of)} publish them as RFC 8414 §2 has it: whole URLs, true or false without quotes, and lists.`,
        // Taken away, what was accepted would move.
        document: doubted ? undefined : published(server.url, Object.fromEntries(names.map((name) => [name, null]))),
      },
    }),
  ];
}

/** Fields that something here is judged by. */
const judged: ReadonlySet<string> = new Set([
  "authorization_endpoint",
  "token_endpoint",
  "registration_endpoint",
  "jwks_uri",
  "scopes_supported",
  "response_types_supported",
  "grant_types_supported",
  "token_endpoint_auth_methods_supported",
  "code_challenge_methods_supported",
  "require_pushed_authorization_requests",
  "authorization_response_iss_parameter_supported",
  "client_id_metadata_document_supported",
]);

/** What an address that has no document answers may say more than that. */
function elsewhere(attempts: readonly Attempt[]): string {
  const told = attempts.find(({ outcome }) => outcome === "redirect" || outcome === "too-large");
  if (told?.outcome === "redirect")
    return `${quoted(told.url)} ${told.detail ?? "redirects"}, where neither this check nor most clients follow: if the document is there, set metadataUrl to that address. Otherwise: `;
  return told ? `Have ${quoted(told.url)} answer with smaller headers, if the document is there. Otherwise: ` : "";
}

/** The address of a protected resource's metadata was given, which only names authorization servers (RFC 9728 §2). */
function ofResource({ profile }: Subject, given: string, described: Attempt | undefined): Draft {
  const names = (described?.names ?? []).filter((name) => canBeNamed(name) && !isLesser(name, given));
  const out = profile.metadataUrl === undefined ? "" : "Leave metadataUrl out. ";
  return report("resource-metadata-as-issuer", {
    path: [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"],
    expected: names.join(" ") || undefined,
    found: given,
    where: described?.url ?? given,
    summary: described
      ? `${quoted(given)} ${described.detail}, and no authorization server's.`
      : `${quoted(given)} is an address for metadata of a resource, and no authorization server's.`,
    fix:
      names.length > 0
        ? // What that issuer publishes was not read.
          `${out}Set authorizationServerUrl to ${names.map(quoted).join(" or ")}, which it names, once a check of that address finds it in order.`
        : `${out}Set authorizationServerUrl to the issuer of the authorization server, which such a document names in authorization_servers.`,
  });
}

function remedy(attempt: Attempt | undefined, all: readonly Attempt[]): string {
  if (attempt?.outcome === "denied") {
    const others = all.some(({ outcome }) => !isUnreachable(outcome));
    return `Metadata is public (RFC 8414 §3): have the firewall, or whatever else answers HTTP ${attempt.status} before the authorization server, let this machine read it.${
      others ? " If the document is at none of these addresses, correct authorizationServerUrl or set metadataUrl." : ""
    }`;
  }
  if (attempt?.outcome === "tls") {
    return "Set caFile to a file with the PEM certificate of the authority that signed the host's certificate, or have the certificate corrected.";
  }
  if (attempt?.outcome === "insecure") {
    return "Use an https address. For a test network only: set allowInsecureMetadata to true.";
  }
  if (attempt?.outcome === "blocked-address") {
    return "The host resolves to an address that metadata is not fetched from. Correct its DNS entry, or name the address itself in the program's URL.";
  }
  if (attempt?.outcome === "dns") return "Check the host name, and whether this machine's resolver knows it.";
  if (attempt?.outcome === "server-error") {
    return `Have whoever runs the authorization server look at why it answers HTTP ${attempt.status}, and check again once it does not.`;
  }
  if (attempt?.outcome === "budget") {
    return "Check again, or check fewer gateways at once: the time was up before this host's turn. The command takes --time-limit.";
  }
  return "Make the host reachable from this machine, or run the check where it is reachable.";
}

/** One attempt as a phrase: address, then what it answered. */
export function inWords(attempt: Attempt): string {
  return `${attempt.url} (${reason(attempt)})`;
}

function reason({ outcome, status, detail }: Attempt): string {
  const answer = status === undefined ? undefined : `HTTP ${status}`;
  return [answer, detail ?? (answer && status !== 200 ? undefined : outcome)]
    .filter((part) => part !== undefined)
    .join(", ");
}
