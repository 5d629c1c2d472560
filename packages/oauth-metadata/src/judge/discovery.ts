import { authorizationServerCandidates, isMetadataAddress } from "../discovery/well-known";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { type Draft, published, quoted, report } from "./report";
import { type Subject, whose } from "./subject";

/** Say where metadata was looked for in vain, and what each address answered. */
export const discoveryRules = [addressAsIssuer, notRead];

function addressAsIssuer({ profile, expectedIssuer, document }: Subject): Draft[] {
  const url = profile.authorizationServerUrl;
  if (!isMetadataAddress(url)) return [];
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
  const broken = server.attempts.find(({ outcome }) => outcome === "unusable");
  if (broken) {
    return [
      report("metadata-unusable", {
        path,
        where: broken.url,
        expected: of.expectedIssuer,
        found: broken.detail,
        summary: `The metadata at ${quoted(broken.url)} is there and unusable, because ${broken.detail ?? "it cannot be read"}.`,
        fix: {
          say: `Have ${whose(of)} publish metadata as RFC 8414 §2 has it, with issuer equal to ${quoted(of.expectedIssuer)}.`,
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
      fix:
        profile.metadataUrl === undefined
          ? "Correct authorizationServerUrl, set metadataUrl to the exact address of the document, or set authorizationEndpoint and tokenEndpoint."
          : "Correct metadataUrl, or leave it out so that the well-known addresses are tried.",
    }),
  ];
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
