import { originOf } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { shownField } from "../changes/shown";
import { isChanged, isEdited, nameOf, stringAt } from "../changes/values";
import { type Draft, perGateway } from "./rule";

const spoken = {
  authorizationEndpoint: "authorization endpoint",
  tokenEndpoint: "token endpoint",
  registrationEndpoint: "registration endpoint",
} as const;
type Endpoint = keyof typeof spoken;

/** Addresses that take the place of discovery, or steer it. */
export const endpoints = perGateway((gateway) => [
  ...explicit(gateway),
  ...registration(gateway),
  ...metadataUrl(gateway),
]);

function explicit(gateway: ResourceChange): Draft[] {
  const moved = (["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const).flatMap(
    (field): Draft[] => {
      const before = originOf(stringAt(gateway.before, field) ?? "");
      const after = originOf(stringAt(gateway.after, field) ?? "");
      if (!isChanged(gateway, field) || before === undefined || after === undefined || before === after) return [];
      return [
        {
          ...draftOf(gateway, field),
          code: "endpoint-origin-moved",
          summary: `The ${spoken[field]} of ${nameOf(gateway)} moves to another origin`,
        },
      ];
    },
  );
  const has = (side: "before" | "after") =>
    stringAt(gateway[side], "authorizationEndpoint") !== undefined ||
    stringAt(gateway[side], "tokenEndpoint") !== undefined;
  if (!isEdited(gateway) || has("before") || !has("after")) return moved;
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
      ...draftOf(gateway, field),
      code: "registration-opened",
      summary: `${nameOf(gateway)} lets clients register themselves`,
    },
  ];
}

function metadataUrl(gateway: ResourceChange): Draft[] {
  const field = "metadataUrl";
  if (!isChanged(gateway, field)) return [];
  const before = stringAt(gateway.before, field);
  const after = stringAt(gateway.after, field);
  const draft = draftOf(gateway, field);
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
        ...draft,
        code: "metadata-url-removed",
        summary: `${nameOf(gateway)} reads its metadata from the well-known addresses again`,
      },
    ];
  }
  const severity = originOf(before) === originOf(after) ? ("warn" as const) : ("error" as const);
  return [
    {
      ...draft,
      code: "metadata-url-moved",
      severity,
      summary: `${nameOf(gateway)} reads its metadata from another address`,
    },
  ];
}

function draftOf(gateway: ResourceChange, field: Endpoint | "metadataUrl") {
  return {
    subject: gateway,
    gateway,
    fields: [field],
    before: shownField(gateway, "before", field),
    after: shownField(gateway, "after", field),
  };
}
