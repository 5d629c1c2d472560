import { type profileFields, sameJson } from "@mcpstack/model";
import type { PlanChanges, ResourceChange, Values } from "../changes/change";
import { shown } from "../changes/shown";
import { isWritten, nameOf, stringAt } from "../changes/values";
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

/** The fields that say where users sign in; `settings` may, under names that a review looks for. */
const trustFields: ReadonlySet<string> = new Set([...urlFields, "settings"]);
/** What must be in the input for a review. */
const reviewedFields = [...securityFields, "settings"] as const;

/** What cannot be reviewed, and what is not as the last review left it. */
export const certainty: Rule = (context) => [...gateways(context), ...attachments(context), ...reattached(context)];

/** Where the plan leaves a server at another gateway than the last review did, that is told by another rule. */
function reattached({ plan }: RuleContext): Draft[] {
  return plan.attachments.flatMap((attachment): Draft[] => {
    const { drift } = attachment;
    const fields = (["serverId", "gatewayId", "publicId"] as const).filter(
      (field) => drift && !sameJson(drift.before[field] ?? null, drift.after?.[field] ?? null),
    );
    if (!drift || fields.length === 0) return [];
    const show = (values: typeof drift.after) => shownFields(values ?? {}, fields, plan.frontEnd);
    return [
      {
        code: "changed-outside",
        subject: attachment,
        fields,
        summary: `The attachment of ${stringAt(drift.before, "serverId") ?? attachment.label} was ${drift.after ? "changed" : "removed"} outside of the program`,
        before: show(drift.before),
        after: show(drift.after),
      },
    ];
  });
}

/** Each field with its value, as the front end spells it. */
function shownFields(values: Values, fields: readonly string[], frontEnd: PlanChanges["frontEnd"]): string | undefined {
  return shown(
    fields.flatMap((field) =>
      values[field] === undefined ? [] : [`${spelledFor(frontEnd, field)}: ${shown(values[field])}`],
    ),
  );
}

/**
 * Ids of gateways that the same plan makes are followed by references. Where a front end shows none, nobody can. What it means for a route
 * that existed is told by another rule.
 */
function attachments({ graph }: RuleContext): Draft[] {
  return graph.links.flatMap(({ attachment, candidates, open, server }) =>
    open &&
    candidates.length === 0 &&
    isWritten(attachment) &&
    graph.linksOf("before", server).length === 0 &&
    !attachment.imported
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

const gateways = perGateway((gateway, context) => [
  ...unknownYet(gateway),
  ...withheld(gateway),
  ...changedOutside(gateway, context),
]);

/** Of a route that existed, where users will sign in must be known; of a new one nobody signs in yet. */
function unknownYet(gateway: ResourceChange): Draft[] {
  if (!isWritten(gateway)) return [];
  const unknown = reviewedFields.filter((field) => gateway.unknown.has(field));
  const deciding = gateway.before === undefined ? [] : unknown.filter((field) => trustFields.has(field));
  const others = unknown.filter((field) => !deciding.includes(field));
  const draft = { subject: gateway, gateway };
  return [
    ...(deciding.length > 0
      ? [
          {
            ...draft,
            code: "cannot-be-reviewed" as const,
            fields: deciding,
            summary: `Where users of ${nameOf(gateway)} will sign in is not known yet`,
          },
        ]
      : []),
    ...(others.length > 0
      ? [
          {
            ...draft,
            code: "unknown-until-apply" as const,
            ...(others.every((field) => field === "clientId") ? { severity: "info" as const } : {}),
            fields: others,
            summary: `Part of what decides who can sign in through ${nameOf(gateway)} is not known yet`,
          },
        ]
      : []),
  ];
}

/** What the input keeps to itself on both sides may have changed. */
function withheld(gateway: ResourceChange): Draft[] {
  if (!isWritten(gateway)) return [];
  const hidden = reviewedFields.filter((field) => gateway.hidden.has(field) && !gateway.settled?.has(field));
  const deciding = hidden.filter((field) => trustFields.has(field));
  const draft = {
    code: "cannot-be-reviewed" as const,
    subject: gateway,
    gateway,
    before: "(secret)",
    after: "(secret)",
  };
  return [deciding, hidden.filter((field) => !deciding.includes(field))].flatMap((fields, index) =>
    fields.length === 0
      ? []
      : [
          {
            ...draft,
            ...(index === 0 && gateway.before !== undefined ? {} : { severity: "warn" as const }),
            fields,
            summary: `What ${nameOf(gateway)} says here is secret, so a change cannot be excluded`,
          },
        ],
  );
}

function changedOutside(gateway: ResourceChange, { plan }: RuleContext): Draft[] {
  const found: Draft[] = [];
  const { drift } = gateway;
  if (!drift) return found;
  const drifted = securityFields.filter(
    (field) => !sameJson(drift.before[field] ?? null, drift.after?.[field] ?? null),
  );
  if (drift.after === undefined || drifted.length > 0) {
    const show = (values: typeof drift.after) => values && (shownFields(values, drifted, plan.frontEnd) || undefined);
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
}
