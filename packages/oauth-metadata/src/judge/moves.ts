import type { FindingCode } from "@mcpstack/model";
import { originOf, parseUrl } from "@mcpstack/model";
import { leftOpen } from "../discovery/find-authorization-server";
import { isPrivateHost } from "../fetch/private-host";
import type { Move } from "../trust/accept-metadata";
import { choosesAnotherResource, isAnotherIssuer, isSameChoice } from "../trust/issuer-choice";
import { metadataFieldNames } from "../trust/live-metadata";
import { isWithin, namedOrigins } from "../trust/trusted-origins";
import { naming } from "./advisable";
import { inWords } from "./discovery";
import { movesInWords } from "./moves-in-words";
import { isLesser } from "./public-address";
import { type Draft, quoted, report } from "./report";
import { sortedSet } from "./scopes";
import { type Subject, whose } from "./subject";

/** Say what moved since metadata was accepted, and where an endpoint is apart from its issuer at first sight. */
export const moveRules: readonly ((of: Subject, others: readonly Draft[]) => Draft[])[] = [refused, moved, elsewhere];

function pathOf({ profile }: Subject): readonly string[] {
  return [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"];
}

function refused(of: Subject): Draft[] {
  if (!of.acceptance.earlier) return [];
  const moves = of.acceptance.refused.filter(({ trusted }) => !trusted);
  if (moves.length === 0) return [];
  const origins = [...new Set(moves.map(({ to }) => originOf(to ?? "") ?? to ?? ""))].sort();
  const lesser = origins.filter((origin) => isLesser(origin, of.profile.authorizationServerUrl));
  const issuer = moves.find(({ field }) => field === "issuer");
  const [open] = leftOpen(of.server);
  const found = of.server.url ?? "";
  return [
    report("origin-moved", {
      path: pathOf(of),
      expected: moves.map(({ from }) => from ?? "(nothing)").join(" "),
      found: moves.map(({ to }) => to).join(" "),
      where: of.server.url,
      summary: `Trust would move to ${origins.map(quoted).join(", ")}: ${movesInWords(moves)}. What was accepted stays; the service itself may follow the move already.${
        open
          ? ` That is what ${quoted(found)} says; ${inWords(open)}, where metadata is looked for first, may say otherwise.`
          : ""
      }`,
      fix: [
        open
          ? `Find out whether the move is meant, and run this again once ${quoted(open.url)} answers.`
          : "Find out whether the move is meant.",
        ...(lesser.length === 0
          ? []
          : [
              `Have ${whose(of)} publish public https addresses: ${lesser.map(quoted).join(", ")} ${lesser.length === 1 ? "is" : "are"} not to be trusted.`,
            ]),
        {
          when: open ? `If it is, and ${quoted(found)} is the document that counts` : "If it is",
          // An issuer that is trusted and not named would still not be the one that the profile expects.
          profile: {
            ...(issuer?.to === undefined ? {} : naming(of, issuer.to)),
            // Trusted alone, the move would stay in doubt.
            ...(open ? { metadataUrl: found } : {}),
            trustedOrigins: sortedSet([...(of.profile.trustedOrigins ?? []), ...origins]),
          },
        },
      ],
    }),
  ];
}

/** A move that another finding already explains is not said again. */
const explainedBy: Readonly<Partial<Record<Move["field"], readonly FindingCode[]>>> = {
  resource: ["resource-mismatch", "resource-metadata-unusable"],
  codeChallengeMethods: ["pkce-s256-missing", "pkce-not-listed"],
};
const issuerCodes: readonly FindingCode[] = [
  "issuer-mismatch",
  "iss-parameter-mismatch",
  "entra-v1-tokens",
  "issuer-scheme",
];

function moved(of: Subject, others: readonly Draft[]): Draft[] {
  const said = new Set(others.map(({ code }) => code));
  const moves = of.acceptance.moved.filter((move) => isPublished(of, move));
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
      summary: `Published metadata changed since it was accepted: ${movesInWords(left)}.`,
      fix: "Look at the planned change of metadata, and apply it if it is meant.",
    }),
  ];
}

/** Whether a move is of what is published: another document that the program chose, or an endpoint that it gives itself, is its own edit. */
function isPublished({ choice, profile, document }: Subject, { field, to }: Move): boolean {
  if (choice === undefined) return true;
  if (field === "resource") return !choosesAnotherResource(choice, profile);
  if (!isSameChoice(choice, profile)) return false;
  return document !== undefined || to === undefined;
}

/**
 * Endpoints at origins that the program does not name, where they are accepted for the first time. What is published is no yardstick for
 * itself: the issuer that a document claims counts only where the program names its origin.
 */
function elsewhere(of: Subject, others: readonly Draft[]): Draft[] {
  const { acceptance, profile, trustedOrigins } = of;
  if (acceptance.earlier || !acceptance.metadata) return [];
  const named = namedOrigins(profile, trustedOrigins);
  // A host that is not public is said louder.
  const isLouder = others.some(({ code }) => code === "endpoint-not-public");
  const isSaid = (value: string) => {
    const url = isLouder ? parseUrl(value) : undefined;
    return url !== undefined && isPrivateHost(url.hostname);
  };
  const apart = metadataFieldNames.flatMap((field) => {
    const value = acceptance.metadata?.[field];
    // Another issuer than the expected one is a finding of its own.
    if (field === "resource" || field === "issuer" || typeof value !== "string") return [];
    return isWithin(value, named) || isSaid(value) ? [] : [{ field, value }];
  });
  if (apart.length === 0) return [];
  const origins = sortedSet(apart.map(({ value }) => originOf(value) ?? value));
  // Of a gateway that there is, a plan of Terraform shows what is accepted anew as not known yet: a person sees it here or not at all.
  const anew = of.accepted !== undefined || of.choice !== undefined;
  // While the program names the same authorization server, only the address of a document lets these origins in.
  const sameIssuer =
    of.accepted !== undefined &&
    !isAnotherIssuer((of.choice ?? profile).authorizationServerUrl, profile.authorizationServerUrl);
  return [
    report("endpoint-other-origin", {
      ...(anew ? { severity: sameIssuer ? "error" : "warn" } : {}),
      path: pathOf(of),
      expected: sortedSet([...named]).join(" "),
      found: apart.map(({ value }) => value).join(" "),
      where: of.server.url,
      summary: `At origins that the program does not name: ${apart.map(({ field, value }) => `${field} ${quoted(value)}`).join(", ")}.`,
      fix: anew
        ? [
            `Make sure that ${origins.map(quoted).join(", ")} belong${origins.length === 1 ? "s" : ""} to the provider: applying accepts what this document says.`,
            {
              when: "If it does",
              profile: { trustedOrigins: sortedSet([...(profile.trustedOrigins ?? []), ...origins]) },
            },
          ]
        : "Nothing, where these origins belong to the provider.",
    }),
  ];
}
