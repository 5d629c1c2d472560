import type { Finding, FindingCode, IssuerDifference } from "@mcpstack/model";
import { isEntraV1Issuer, isEntraV2Url } from "../products/recognize";
import { quoted, report, set } from "./report";
import { type Subject, whose } from "./subject";

const codeOf: Readonly<Record<Exclude<IssuerDifference, "same">, FindingCode>> = {
  different: "issuer-mismatch",
  trailingSlash: "issuer-trailing-slash",
  hostCase: "issuer-host-case",
  defaultPort: "issuer-default-port",
  scheme: "issuer-scheme",
};

/** Compares the published issuer with the one that the profile names (RFC 8414 §3.3, RFC 9207 §2.4). One cause, one finding. */
export function judgeIssuer(of: Subject): Finding[] {
  const { document, server, profile, exactAddress, acceptance } = of;
  if (!document || server.issuer === undefined || server.issuer === "same") return [];
  // The move is the cause of the difference, and it is said with its remedy by the rule about moves.
  if (acceptance.refused.some(({ field, from }) => field === "issuer" && from !== undefined)) return [];
  const values = {
    path: ["authorizationServerUrl"],
    expected: of.expectedIssuer,
    found: document.issuer,
    where: server.url,
  };
  if (isEntraV1Issuer(document.issuer) && isEntraV2Url(profile.authorizationServerUrl)) {
    return [
      report("entra-v1-tokens", {
        ...values,
        summary: `The metadata is of Entra ID's version 1: its issuer is ${quoted(document.issuer)}, the profile names ${quoted(profile.authorizationServerUrl)}.`,
        fix: `${profile.metadataUrl === undefined ? "" : "Leave metadataUrl out, or give the v2.0 address. "}Set requestedAccessTokenVersion to 2 in the manifest of the API's app registration.`,
      }),
    ];
  }
  const code =
    document.authorization_response_iss_parameter_supported === true ? "iss-parameter-mismatch" : codeOf[server.issuer];
  const earlier = acceptance.moved.find(({ field }) => field === "issuer");
  return [
    report(code, {
      ...values,
      ...(code === "issuer-mismatch" && exactAddress ? { severity: "warn" } : {}),
      summary: `${sentence[server.issuer]}: the profile names ${quoted(of.expectedIssuer)}, ${whose(of)} publishes ${quoted(document.issuer)}.${
        earlier?.from === undefined ? "" : ` When metadata was last accepted it was ${quoted(earlier.from)}.`
      }`,
      fix: fix(of, document.issuer, server.issuer),
    }),
  ];
}

const sentence: Readonly<Record<Exclude<IssuerDifference, "same">, string>> = {
  different: "The published issuer is another one",
  trailingSlash: "The issuer differs by a slash at its end",
  hostCase: "The issuer differs by the case of its host",
  defaultPort: "The issuer differs by a default port",
  scheme: "The issuer differs by http and https",
};

function fix(of: Subject, issuer: string, difference: IssuerDifference): string {
  if (issuer.includes("{")) {
    return 'Set authorizationServerUrl to the issuer of one tenant, such as "https://login.microsoftonline.com/TENANT-ID/v2.0".';
  }
  if (difference === "scheme" && issuer.startsWith("http:")) {
    return `Have ${whose(of)} publish its public https address as issuer; it publishes ${quoted(issuer)}.`;
  }
  if (difference === "different" && of.product === "entra-b2c" && of.server.url !== undefined && !of.exactAddress) {
    return `${set("metadataUrl", of.server.url)} The issuer of this product never equals the address with the policy.`;
  }
  if (difference === "different")
    return `If ${quoted(issuer)} is the issuer that is meant: ${set("authorizationServerUrl", issuer)} Otherwise correct the address.`;
  return set("authorizationServerUrl", issuer);
}
