import { compareIssuers, type FindingCode, type IssuerDifference, originOf } from "@mcpstack/model";
import { issuerOfMetadataAddress } from "../discovery/well-known";
import { isEntraV1Issuer, isEntraV2Url } from "../products/recognize";
import { naming } from "./advisable";
import { atPublicAddress, insideBy, issuerProblem } from "./public-address";
import { type Draft, published, quoted, report, type Step } from "./report";
import { type Subject, whose } from "./subject";

/** `spelling`: the same URL with a character written otherwise, such as `%C3%BC` for `ü`. */
type Difference = Exclude<IssuerDifference, "same"> | "spelling";

const codeOf: Readonly<Record<Difference, FindingCode>> = {
  spelling: "issuer-mismatch",
  different: "issuer-mismatch",
  trailingSlash: "issuer-trailing-slash",
  hostCase: "issuer-host-case",
  defaultPort: "issuer-default-port",
  scheme: "issuer-scheme",
};

/** Compares the published issuer with the one that the profile names (RFC 8414 §3.3, RFC 9207 §2.4). One cause, one finding. */
export function judgeIssuer(of: Subject): Draft[] {
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
  const difference = kindOf(of.expectedIssuer, document.issuer, server.issuer);
  const code =
    document.authorization_response_iss_parameter_supported === true ? "iss-parameter-mismatch" : codeOf[difference];
  const earlier = acceptance.moved.find(({ field }) => field === "issuer");
  return [
    report(code, {
      ...values,
      ...(code === "issuer-mismatch" && exactAddress ? { severity: isImplied(of) ? "info" : "warn" } : {}),
      ...(code === "issuer-mismatch" && difference === "spelling" && !exactAddress ? { severity: "warn" } : {}),
      summary: `${sentence[difference]}: the profile names ${quoted(of.expectedIssuer)}, ${whose(of)} publishes ${quoted(document.issuer)}.${
        earlier?.from === undefined ? "" : ` When metadata was last accepted it was ${quoted(earlier.from)}.`
      }`,
      fix: ways(of, document.issuer, difference),
    }),
  ];
}

/**
 * Whether a product never calls itself what its address implies, and the profile names that address and the very document at it: Azure AD
 * B2C, whose issuer holds the tenant's id. Only within one origin: another one's name is never in order.
 */
function isImplied({ profile, product, expectedIssuer, document }: Subject): boolean {
  if (product !== "entra-b2c" || profile.metadataUrl === undefined || document === undefined) return false;
  const implied = issuerOfMetadataAddress(profile.metadataUrl);
  if (implied === undefined || compareIssuers(implied, expectedIssuer) === "different") return false;
  return originOf(document.issuer) === originOf(implied);
}

/** Two texts of one URL differ by its port only where one names it and the other does not, and nothing before it differs. */
function kindOf(expected: string, found: string, difference: Exclude<IssuerDifference, "same">): Difference {
  if (difference !== "defaultPort") return difference;
  const authority = (text: string) => /^[^/]*\/\/[^/?#]*/.exec(text)?.[0].toLowerCase() ?? "";
  const withoutPort = (text: string) => authority(text).replace(/:\d*$/, "");
  const isByPort = authority(expected) !== authority(found) && withoutPort(expected) === withoutPort(found);
  return isByPort ? "defaultPort" : "spelling";
}

const sentence: Readonly<Record<Difference, string>> = {
  spelling: "The issuer is spelled otherwise",
  different: "The published issuer is another one",
  trailingSlash: "The issuer differs by a slash at its end",
  hostCase: "The issuer differs by the case of its host",
  defaultPort: "The issuer differs by a default port",
  scheme: "The issuer differs by http and https",
};

function ways(of: Subject, issuer: string, difference: Difference): readonly Step[] {
  if (issuer.includes("{"))
    return [
      "Set authorizationServerUrl to the issuer of one tenant: the same address with the tenant's id in the place of the part that names none.",
    ];
  if (difference === "scheme" && issuer.startsWith("http:")) {
    return [
      {
        say: `Have ${whose(of)} publish its public https address as issuer; it publishes ${quoted(issuer)}.`,
        document: published(of.server.url, atPublicAddress(of)),
      },
    ];
  }
  const problem = issuerProblem(issuer);
  if (problem !== undefined) {
    return [
      {
        say: `Have ${whose(of)} publish an issuer that authorizationServerUrl can be equal to (RFC 8414 §2): ${quoted(issuer)} is none, since it ${problem}.`,
        document: published(of.server.url, { issuer: of.expectedIssuer }),
      },
    ];
  }
  const inside = insideBy(of);
  if (inside !== undefined) {
    return [
      {
        say: `Have ${whose(of)} publish ${quoted(of.expectedIssuer)} as its issuer: ${quoted(issuer)} is ${inside}, so its own public address is not set, or what stands before it does not say so.`,
        document: published(of.server.url, atPublicAddress(of)),
      },
    ];
  }
  const profile = naming(of, issuer);
  if (difference !== "different") return [{ profile }];
  return [
    {
      when: `If ${quoted(issuer)} is the issuer that is meant`,
      profile,
      also: "Otherwise correct the address.",
    },
    { say: "Correct the address: what is published there is about another issuer.", otherwise: true },
  ];
}
