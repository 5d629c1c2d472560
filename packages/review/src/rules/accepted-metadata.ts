import { metadataFields, originOf, sameJson } from "@mcpstack/model";
import { shown } from "../changes/shown";
import { isEdited, nameOf, recordAt } from "../changes/values";
import { isAlike } from "../routes/places";
import { isSameAddress } from "../routes/same-address";
import { type Draft, perGateway } from "./rule";

type MetadataField = keyof typeof metadataFields;
const endpointFields: ReadonlySet<MetadataField> = new Set([
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "jwksUri",
] as const);

/** What this apply would accept of what the authorization server publishes now (DESIGN, "Three documents"). */
export const acceptedMetadata = perGateway((gateway, { known }) => {
  if (!isEdited(gateway) || gateway.unknown.has("metadata")) return [];
  const before = recordAt(gateway.before, "metadata");
  const after = recordAt(gateway.after, "metadata");
  // A first acceptance compares with nothing.
  if (Object.keys(before).length === 0 || Object.keys(after).length === 0) return [];
  return (Object.keys(metadataFields) as MetadataField[]).flatMap((field): Draft[] => {
    const [was, will] = [before[field], after[field]];
    if (sameJson(was ?? null, will ?? null)) return [];
    const isText = typeof was === "string" && typeof will === "string";
    if (endpointFields.has(field) && isText && isSameAddress(was, will)) return [];
    const draft = { subject: gateway, gateway, fields: [`metadata.${field}`], before: shown(was), after: shown(will) };
    if (field === "issuer") {
      const isAlikeIssuer = isText && isAlike(was, will);
      return [
        {
          ...draft,
          code: "issuer-accepted",
          ...(isAlikeIssuer || (typeof will === "string" && known.allowed.issuer(will))
            ? { severity: "warn" as const }
            : {}),
          summary: isAlikeIssuer
            ? `Applying accepts another spelling of the issuer of ${nameOf(gateway)}`
            : `Applying accepts another issuer for ${nameOf(gateway)}`,
        },
      ];
    }
    if (
      field === "codeChallengeMethods" &&
      Array.isArray(was) &&
      was.includes("S256") &&
      !(Array.isArray(will) && will.includes("S256"))
    ) {
      return [
        {
          ...draft,
          code: "pkce-lost",
          summary: `The authorization server of ${nameOf(gateway)} no longer offers S256`,
        },
      ];
    }
    const moved = endpointFields.has(field) && isText && originOf(was) !== originOf(will);
    return moved
      ? [
          {
            ...draft,
            code: "accepted-origin-moved",
            summary: `Applying accepts another origin for ${nameOf(gateway)}: ${field}`,
          },
        ]
      : [
          {
            ...draft,
            code: "accepted-metadata-changed",
            summary: `Applying accepts a changed ${field} for ${nameOf(gateway)}`,
          },
        ];
  });
});
