import type { Finding } from "@mcpstack/model";
import { isMetadataAddress } from "../discovery/well-known";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { quoted, report } from "./report";
import type { Subject } from "./subject";

/** Say where metadata was looked for in vain, and what each address answered. */
export const discoveryRules = [addressAsIssuer, notRead];

function addressAsIssuer({ profile, expectedIssuer, document }: Subject): Finding[] {
  const url = profile.authorizationServerUrl;
  if (!isMetadataAddress(url)) return [];
  const issuer = document?.issuer ?? expectedIssuer;
  return [
    report("metadata-address-as-issuer", {
      path: ["authorizationServerUrl"],
      expected: issuer,
      found: url,
      summary: `authorizationServerUrl is the address of a document, ${quoted(url)}; it is read as a metadata URL.`,
      fix: `Set authorizationServerUrl to ${quoted(issuer)}, and metadataUrl to ${quoted(url)}.`,
    }),
  ];
}

function notRead(of: Subject): Finding[] {
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
        summary: `The metadata of ${quoted(profile.metadataUrl ?? profile.authorizationServerUrl)} could not be read: ${
          first ? reason(first) : "no answer"
        }.${of.acceptance.earlier ? " What was accepted stays." : ""}`,
        fix: remedy(first),
      }),
    ];
  }
  if (of.explicit) return [];
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

function remedy(attempt: Attempt | undefined): string {
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
  return 'Make the host reachable from this machine. Where only other machines reach it, set metadataCheck to "off" for this gateway.';
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
