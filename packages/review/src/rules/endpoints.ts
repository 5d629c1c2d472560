import { type IssuerChoice, isSameChoice } from "@mcpstack/oauth-metadata";
import type { ResourceChange, Values } from "../changes/change";
import { shownField } from "../changes/shown";
import { isChanged, isEdited, isWritten, nameOf, stringAt } from "../changes/values";
import { newPlaces, placesOf } from "../routes/places";
import { isSameAddress } from "../routes/same-address";
import { aboutField, type Draft, perGateway, type RuleContext } from "./rule";

const spoken = {
  authorizationEndpoint: "authorization endpoint",
  tokenEndpoint: "token endpoint",
  registrationEndpoint: "registration endpoint",
} as const;
type Endpoint = keyof typeof spoken;
type Field = Endpoint | "metadataUrl";

/** Addresses that take the place of discovery, or steer it. */
export const endpoints = perGateway((gateway, context) => {
  const strange = strangeFields(gateway, context);
  return [
    ...explicit(gateway, strange),
    ...registration(gateway),
    ...metadataUrl(gateway, strange),
    ...foreign(gateway, strange),
  ];
});

/** Of a route that comes to another gateway. What is on another site is told as a move of the route. */
export const endpointsOfRoute = perGateway((gateway, context) => {
  const strange = strangeFields(gateway, context);
  return [...explicit(gateway, strange), ...registration(gateway), ...metadataUrl(gateway, strange)].filter(
    ({ fields }) => !fields.some((field) => strange.has(field)),
  );
});

/** Fields whose address is on a site that the gateway did not use before in this role; of a new one, on another site than its issuer's. */
function strangeFields(gateway: ResourceChange, { known }: RuleContext): ReadonlySet<string> {
  const after = placesOf(gateway.after ?? {});
  // What is written for a new gateway is judged by the issuer beside it, which a rule of its own judges.
  const before =
    gateway.before === undefined ? after.filter(({ role }) => role === "issuer") : placesOf(gateway.before);
  return new Set(newPlaces(before, after, known.allowed).map(({ field }) => field));
}

function explicit(gateway: ResourceChange, strange: ReadonlySet<string>): Draft[] {
  if (!isEdited(gateway)) return [];
  const moved = (Object.keys(spoken) as Endpoint[]).flatMap((field): Draft[] => {
    if (!isMoved(gateway, field)) return [];
    if (strange.has(field)) {
      return [
        {
          ...aboutField(gateway, field),
          code: "endpoint-origin-moved",
          summary: `The ${spoken[field]} of ${nameOf(gateway)} is on an origin that it did not use before`,
        },
      ];
    }
    // A first one takes the place of discovery, and one that goes gives way to it.
    if (stringAt(gateway.before, field) === undefined || stringAt(gateway.after, field) === undefined) return [];
    return [
      {
        ...aboutField(gateway, field),
        code: "endpoint-moved",
        summary: `The ${spoken[field]} of ${nameOf(gateway)} is another one of an origin that it may use`,
      },
    ];
  });
  const has = (side: "before" | "after") =>
    stringAt(gateway[side], "authorizationEndpoint") !== undefined ||
    stringAt(gateway[side], "tokenEndpoint") !== undefined;
  if (has("before") || !has("after")) return moved;
  return [
    ...moved,
    {
      code: "discovery-replaced",
      subject: gateway,
      gateway,
      fields: ["authorizationEndpoint", "tokenEndpoint"],
      summary: `${nameOf(gateway)} uses written endpoints instead of published ones`,
      before: undefined,
      after: [shownField(gateway, "after", "authorizationEndpoint"), shownField(gateway, "after", "tokenEndpoint")]
        .filter((text) => text !== undefined)
        .join(", "),
    },
  ];
}

/** Whether it is another address, and not the same one spelled otherwise. */
function isMoved(gateway: ResourceChange, field: Field): boolean {
  const [before, after] = [stringAt(gateway.before, field), stringAt(gateway.after, field)];
  return isChanged(gateway, field) && !(before !== undefined && after !== undefined && isSameAddress(before, after));
}

function registration(gateway: ResourceChange): Draft[] {
  const field = "registrationEndpoint";
  if (
    !isEdited(gateway) ||
    stringAt(gateway.before, field) !== undefined ||
    stringAt(gateway.after, field) === undefined
  )
    return [];
  return [
    {
      ...aboutField(gateway, field),
      code: "registration-opened",
      summary: `${nameOf(gateway)} lets clients register themselves`,
    },
  ];
}

function metadataUrl(gateway: ResourceChange, strange: ReadonlySet<string>): Draft[] {
  const field = "metadataUrl";
  if (!isMoved(gateway, field)) return [];
  const before = stringAt(gateway.before, field);
  const after = stringAt(gateway.after, field);
  const draft = {
    ...aboutField(gateway, field),
    severity: strange.has(field) ? ("error" as const) : isFoundAnyway(gateway) ? ("info" as const) : ("warn" as const),
  };
  if (before === undefined) {
    return [
      {
        ...draft,
        code: "metadata-url-added",
        summary: `${nameOf(gateway)} reads its metadata from an address of its own`,
      },
    ];
  }
  if (after === undefined) {
    return [
      {
        ...aboutField(gateway, field),
        code: "metadata-url-removed",
        summary: `${nameOf(gateway)} reads its metadata from the well-known addresses again`,
      },
    ];
  }
  return [
    {
      ...draft,
      code: "metadata-url-moved",
      summary: `${nameOf(gateway)} reads its metadata from another address`,
    },
  ];
}

/** Whether the document is one of those that discovery looks at without being told, so that the provider accepts nothing anew. */
function isFoundAnyway({ before, after }: ResourceChange): boolean {
  const [was, will] = [before, after].map((values) => choiceOf(values ?? {}));
  return was !== undefined && will !== undefined && isSameChoice(was, will);
}

function choiceOf(values: Values): IssuerChoice | undefined {
  const authorizationServerUrl = stringAt(values, "authorizationServerUrl");
  if (authorizationServerUrl === undefined) return undefined;
  const [url, resource] = [stringAt(values, "metadataUrl"), stringAt(values, "resource")];
  return { authorizationServerUrl, ...(url ? { metadataUrl: url } : {}), ...(resource ? { resource } : {}) };
}

/** A new gateway whose issuer is known may still send its users elsewhere. */
function foreign(gateway: ResourceChange, strange: ReadonlySet<string>): Draft[] {
  if (gateway.before !== undefined || !isWritten(gateway)) return [];
  return (["metadataUrl", ...Object.keys(spoken)] as Field[]).flatMap((field): Draft[] =>
    strange.has(field)
      ? [
          {
            ...aboutField(gateway, field),
            code: "endpoint-foreign",
            summary: `${nameOf(gateway)} names an address on another origin than its issuer's`,
          },
        ]
      : [],
  );
}
