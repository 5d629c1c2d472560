import { type profileFields, sameJson } from "@mcpstack/model";
import { shown } from "../changes/shown";
import { isWritten, nameOf } from "../changes/values";
import { spelledFor } from "../finding";
import { urlFields } from "./known-trust";
import { type Draft, perGateway, type Rule, type RuleContext } from "./rule";

/** The fields that decide who can sign in, where, and as what. */
export const securityFields = [
  "providerType",
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "clientId",
  "resource",
  "scopes",
  "trustedOrigins",
  "metadataCheck",
  "findings",
] as const satisfies readonly (keyof typeof profileFields)[];

/** The fields that say where users sign in. */
const trustFields: ReadonlySet<string> = new Set(urlFields);

/** What cannot be reviewed, and what is not as the last review left it. */
export const certainty: Rule = (context) => [...gateways(context), ...attachments(context)];

/** Ids of gateways that the same plan makes are followed by references. Where a front end shows none, nobody can. */
function attachments({ graph }: RuleContext): Draft[] {
  return graph.links.flatMap(({ attachment, after, server }) =>
    after === undefined && isWritten(attachment) && attachment.unknown.has("gatewayId")
      ? [
          {
            code: "unknown-until-apply",
            severity: "info" as const,
            subject: attachment,
            servers: [server],
            fields: ["gatewayId"],
            summary: `Which gateway ${server} uses is not known yet`,
          },
        ]
      : [],
  );
}

const gateways = perGateway((gateway, { plan }) => {
  const found: Draft[] = [];
  const unknown = securityFields.filter((field) => gateway.unknown.has(field));
  if (isWritten(gateway) && unknown.length > 0) {
    found.push({
      code: "unknown-until-apply",
      ...(unknown.every((field) => field === "clientId") ? { severity: "info" as const } : {}),
      subject: gateway,
      gateway,
      fields: unknown,
      summary: `Part of what decides who can sign in through ${nameOf(gateway)} is not known yet`,
      before: undefined,
      after: undefined,
    });
  }
  const { drift } = gateway;
  if (!drift) return found;
  const drifted = securityFields.filter(
    (field) => !sameJson(drift.before[field] ?? null, drift.after?.[field] ?? null),
  );
  if (drift.after === undefined || drifted.length > 0) {
    const show = (values: typeof drift.after) =>
      values &&
      (shown(
        drifted.flatMap((field) =>
          values[field] === undefined ? [] : [`${spelledFor(plan.frontEnd, field)}: ${shown(values[field])}`],
        ),
      ) ||
        undefined);
    const isSecret = drifted.some((field) => gateway.sensitive.has(field));
    const movesTrust = drift.after !== undefined && drifted.some((field) => trustFields.has(field));
    found.push({
      code: "changed-outside",
      ...(movesTrust ? { severity: "error" as const } : {}),
      subject: gateway,
      gateway,
      fields: drifted,
      summary:
        drift.after === undefined
          ? `${nameOf(gateway)} was deleted outside of the program`
          : `${nameOf(gateway)} was changed outside of the program`,
      before: isSecret ? "(secret)" : show(drift.before),
      after: isSecret ? "(secret)" : show(drift.after),
    });
  }
  return found;
});
