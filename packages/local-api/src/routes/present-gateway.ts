import type { ServerBehaviour } from "../behaviour/switches";
import type { Attachment, JsonObject, StoredGateway } from "../store/records";
import { filledFields } from "./gateway-fills";
import { parseUrl } from "./parse-url";
import { presentUnknown } from "./unknown-fields";

/** The profile fields whose values are URLs. */
const urlFields = new Set([
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "resource",
  "issuer",
]);

const optionalTexts = [
  "description",
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "clientId",
  "resource",
] as const;

/** How often a gateway's scopes were answered shuffled: what one API answers does not depend on another one in the process. */
const shuffles = new WeakMap<StoredGateway, number>();

/** A gateway as the service answers it. */
export function presentGateway(
  gateway: StoredGateway,
  behaviour: ServerBehaviour,
  baseUrl: string,
  attachments: readonly Attachment[],
): JsonObject {
  const known: JsonObject = { id: gateway.id };
  if (behaviour.organizationId === "present") known.organizationId = gateway.organizationId;
  known.name = gateway.name;
  if (behaviour.providerField !== "provider") known.providerType = gateway.providerType;
  if (behaviour.providerField !== "providerType") known.provider = gateway.providerType;
  known.status = gateway.status;
  const filled = filledFields(gateway, behaviour.fills, baseUrl, attachments);
  for (const name of optionalTexts) {
    set(known, name, gateway[name] ?? filled.unset[name], behaviour);
  }
  set(known, "scopes", gateway.scopes && presentScopes(gateway, gateway.scopes, behaviour.scopesForm), behaviour);
  const { createdOn, updatedOn } = gateway;
  // Spread, since `Object.assign` would take a field of the name `__proto__` for the prototype.
  const others = { ...presentUnknown(gateway.unknown, behaviour), ...filled.added, ...mask(gateway, behaviour) };
  const document: JsonObject = { ...known, ...others, createdOn, updatedOn };
  if (behaviour.urls === "whatwg") normaliseUrls(document);
  return nameMetadataUrl(document, behaviour.metadataUrlField);
}

/** An item of the gateways' list: `provider` is promised there whatever a document calls it. */
export function presentGatewayItem(gateway: StoredGateway, whole: JsonObject, behaviour: ServerBehaviour): JsonObject {
  const provider = gateway.providerType;
  if (behaviour.listItems === "whole") return { ...whole, provider };
  return { id: gateway.id, name: gateway.name, provider, status: gateway.status };
}

function set(document: JsonObject, name: string, value: string | string[] | undefined, behaviour: ServerBehaviour) {
  if (value !== undefined) document[name] = value;
  else if (behaviour.unsetFields === "null") document[name] = null;
  else if (behaviour.unsetFields === "empty") document[name] = "";
}

function presentScopes(
  gateway: StoredGateway,
  scopes: readonly string[],
  form: ServerBehaviour["scopesForm"],
): string[] | string {
  switch (form) {
    case "array":
      return [...scopes];
    case "shuffled": {
      const before = shuffles.get(gateway) ?? 0;
      shuffles.set(gateway, before + 1);
      const at = scopes.length === 0 ? 0 : (before + 1) % scopes.length;
      return [...scopes.slice(at), ...scopes.slice(0, at)].reverse();
    }
    case "duplicates":
      return [...scopes, ...scopes.slice(0, 1)];
    case "space-string":
      return scopes.join(" ");
    case "comma-string":
      return scopes.join(",");
  }
}

function mask(gateway: StoredGateway, behaviour: ServerBehaviour): JsonObject {
  const cleared = gateway.destroyedSecrets.includes("clientSecret") && gateway.secrets.clientSecret === undefined;
  if (behaviour.maskedSecret === "not-answered" || cleared) return {};
  return behaviour.maskedSecretPlace === "top"
    ? { clientSecret: behaviour.maskedSecret }
    : { clientCredentials: { secret: behaviour.maskedSecret } };
}

function normaliseUrls(document: JsonObject): void {
  for (const name of urlFields) {
    const value = document[name];
    const url = typeof value === "string" ? parseUrl(value) : undefined;
    if (url) document[name] = url.href;
  }
}

function nameMetadataUrl(document: JsonObject, field: ServerBehaviour["metadataUrlField"]): JsonObject {
  if (!("metadataUrl" in document) || field === "metadataUrl") return document;
  const { metadataUrl, ...others } = document;
  const named: JsonObject = { ...others, authorizationServerMetadataUrl: metadataUrl ?? null };
  return field === "both" ? { ...named, metadataUrl: metadataUrl ?? null } : named;
}
