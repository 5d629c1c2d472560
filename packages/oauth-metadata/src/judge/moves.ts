import type { Finding, FindingCode } from "@mcpstack/model";
import { originOf } from "@mcpstack/model";
import type { Move } from "../trust/accept-metadata";
import { metadataFieldNames } from "../trust/live-metadata";
import { quoted, report } from "./report";
import type { Subject } from "./subject";

/** Say what moved since metadata was accepted, and where an endpoint is apart from its issuer at first sight. */
export const moveRules: readonly ((of: Subject, others: readonly Finding[]) => Finding[])[] = [
  refused,
  moved,
  elsewhere,
];

function pathOf({ profile }: Subject): readonly string[] {
  return [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"];
}

function refused(of: Subject): Finding[] {
  if (!of.acceptance.earlier) return [];
  const moves = of.acceptance.refused.filter(({ trusted }) => !trusted);
  if (moves.length === 0) return [];
  const origins = [...new Set(moves.map(({ to }) => originOf(to ?? "") ?? to ?? ""))].sort();
  const issuer = moves.find(({ field }) => field === "issuer");
  return [
    report("origin-moved", {
      path: pathOf(of),
      expected: moves.map(({ from }) => from ?? "(nothing)").join(" "),
      found: moves.map(({ to }) => to).join(" "),
      where: of.server.url,
      summary: `Trust would move to ${origins.map(quoted).join(", ")}: ${inWords(moves)}. What was accepted stays; the service itself may follow the move already.`,
      fix: `Find out whether the move is meant. If it is: add ${origins.map(quoted).join(", ")} to trustedOrigins${
        issuer?.to === undefined ? "." : `, or set authorizationServerUrl to ${quoted(issuer.to)}.`
      }`,
    }),
  ];
}

/** A move that another finding already explains is not said again. */
const explainedBy: Readonly<Partial<Record<Move["field"], readonly FindingCode[]>>> = {
  resource: ["resource-mismatch"],
  codeChallengeMethods: ["pkce-s256-missing", "pkce-not-listed"],
};
const issuerCodes: readonly FindingCode[] = [
  "issuer-mismatch",
  "iss-parameter-mismatch",
  "entra-v1-tokens",
  "issuer-scheme",
];

function moved(of: Subject, others: readonly Finding[]): Finding[] {
  const said = new Set(others.map(({ code }) => code));
  const moves = of.acceptance.moved;
  // Endpoints move along with their issuer: one cause.
  if (moves.some(({ field }) => field === "issuer") && issuerCodes.some((code) => said.has(code))) return [];
  const left = moves.filter(({ field }) => !explainedBy[field]?.some((code) => said.has(code)));
  if (left.length === 0) return [];
  return [
    report("metadata-moved", {
      path: pathOf(of),
      expected: left.map(({ from }) => from ?? "(nothing)").join(" "),
      found: left.map(({ to }) => to ?? "(nothing)").join(" "),
      where: of.server.url,
      summary: `Published metadata changed since it was accepted: ${inWords(left)}.`,
      fix: "Look at the planned change of metadata, and apply it if it is meant.",
    }),
  ];
}

function inWords(moves: readonly Move[]): string {
  return moves
    .map(({ field, from, to }) => {
      if (from === undefined) return `${field} is now ${quoted(to ?? "")}`;
      return to === undefined
        ? `${field} is gone, it was ${quoted(from)}`
        : `${field} from ${quoted(from)} to ${quoted(to)}`;
    })
    .join("; ");
}

function elsewhere(of: Subject): Finding[] {
  if (of.acceptance.earlier || !of.acceptance.metadata) return [];
  const { metadata } = of.acceptance;
  const origin = metadata.issuer === undefined ? undefined : originOf(metadata.issuer);
  if (origin === undefined) return [];
  const apart = metadataFieldNames.flatMap((field) => {
    const value = metadata[field];
    if (field === "resource" || typeof value !== "string") return [];
    return originOf(value) === origin ? [] : [{ field, value }];
  });
  if (apart.length === 0) return [];
  // A plan of Terraform shows what is accepted anew as not known yet: a person sees it here or not at all.
  const anew = of.accepted !== undefined;
  return [
    report("endpoint-other-origin", {
      ...(anew ? { severity: "warn" } : {}),
      path: pathOf(of),
      expected: origin,
      found: apart.map(({ value }) => value).join(" "),
      where: of.server.url,
      summary: `At other origins than the issuer ${quoted(metadata.issuer ?? "")}: ${apart.map(({ field, value }) => `${field} ${quoted(value)}`).join(", ")}.`,
      fix: anew
        ? "Make sure that these origins belong to the provider: applying accepts them with the issuer that the program names now."
        : "Nothing, where these origins belong to the provider.",
    }),
  ];
}
