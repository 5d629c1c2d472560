import { type JsonObject, sameJson, storedFields } from "@mcpstack/model";
import { apiNamesOf, type GatewayDocument } from "../documents/gateway";

const promised = new Set(["id", "name", "provider", "providerType", "status", "organizationId"]);

/**
 * Whether a list's item holds all that the gateway's own document holds, with the same values, which lets the list stand for every
 * document in it. A document that has nothing beyond what every item promises proves nothing.
 */
export function provesWhole(item: GatewayDocument, document: GatewayDocument): boolean {
  return (
    item.id === document.id &&
    Object.keys(document.raw).some((name) => !promised.has(name)) &&
    holdsEveryName(item.raw, document.raw) &&
    item.status === document.status &&
    item.organizationId === document.organizationId &&
    storedFields.every((field) => sameJson(sorted(item.observed[field]), sorted(document.observed[field]))) &&
    sameJson(item.unknownFields, document.unknownFields)
  );
}

/** Either name of a field with two will do. */
function holdsEveryName(item: JsonObject, document: JsonObject): boolean {
  return Object.keys(document).every((name) => (namesLike.get(name) ?? [name]).some((one) => Object.hasOwn(item, one)));
}

const namesLike = new Map(storedFields.flatMap((field) => apiNamesOf(field).map((name) => [name, apiNamesOf(field)])));

/** Scopes are a set, and a service may answer them in another order each time. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}
