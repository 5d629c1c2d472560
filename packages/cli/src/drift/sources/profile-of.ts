import type { GatewayProfile } from "@mcpstack/model";
import {
  type AcceptedMetadata,
  camelCase,
  type Field,
  gatewayProfile,
  metadataFields,
  profileFields,
} from "@mcpstack/model";
import { isRecord, type JsonRecord } from "./read-json";

/** Reads a profile out of a resource's attributes, in either spelling. What is no value of its field is left out. */
export function profileOf(attributes: JsonRecord): GatewayProfile | undefined {
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    const name = camelCase(key);
    if (!Object.hasOwn(profileFields, name) || value === null || value === undefined) continue;
    const field: Field = profileFields[name as keyof typeof profileFields];
    if (field.type === "json") continue;
    // An empty set says nothing, and a value of another type is not known yet.
    if (Array.isArray(value) && value.length === 0) continue;
    if (field.schema.safeParse(value).success || typeof value === "string") input[name] = value;
  }
  if (typeof input.authorizationServerUrl !== "string") return undefined;
  return gatewayProfile({ name: "", providerType: "manual", ...input });
}

/** What an apply accepted, as a state keeps it. */
export function acceptedOf(value: unknown): AcceptedMetadata | undefined {
  if (!isRecord(value)) return undefined;
  const known = Object.entries(value).flatMap(([key, member]) => {
    const name = camelCase(key);
    const field = Object.hasOwn(metadataFields, name) ? metadataFields[name as keyof typeof metadataFields] : undefined;
    return field && member !== null && (field as Field).schema.safeParse(member).success
      ? [[name, member] as const]
      : [];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
