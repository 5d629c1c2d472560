import type { MessageInitShape } from "@bufbuild/protobuf";
import { type CtyType, t } from "../cty/type";
import type { Value, ValueObject } from "../cty/value";
import type { IdentityDefinition } from "../provider/definition";
import type { ResourceIdentityData, ResourceIdentitySchemaSchema } from "../wire/gen/tfplugin6_pb";
import { objectFrom, toDynamicValue } from "./dynamic-value";
import { typeBytes } from "./schema";

const types = new WeakMap<IdentityDefinition, CtyType>();

/** The object type of the identity, made once. */
export function identityType(identity: IdentityDefinition): CtyType {
  let type = types.get(identity);
  if (type === undefined) {
    const attributes: Record<string, CtyType> = Object.create(null);
    for (const [name, attribute] of Object.entries(identity.attributes)) attributes[name] = attribute.type;
    type = t.object(attributes);
    types.set(identity, type);
  }
  return type;
}

export function toIdentitySchema(identity: IdentityDefinition): MessageInitShape<typeof ResourceIdentitySchemaSchema> {
  return {
    version: BigInt(identity.version ?? 0),
    identityAttributes: Object.entries(identity.attributes).map(([name, attribute]) => ({
      name,
      type: typeBytes(attribute.type),
      requiredForImport: !(attribute.optionalForImport ?? false),
      optionalForImport: attribute.optionalForImport ?? false,
      description: attribute.description ?? "",
    })),
  };
}

export function identityFrom(
  identity: IdentityDefinition | undefined,
  message: ResourceIdentityData | undefined,
): ValueObject | undefined {
  if (identity === undefined || message === undefined) return undefined;
  return objectFrom(identityType(identity), message.identityData) ?? undefined;
}

/** Undefined where the resource has no identity, or none is known yet. */
export function toIdentity(identity: IdentityDefinition | undefined, value: Value | undefined) {
  if (identity === undefined || value === undefined || value === null) return undefined;
  return { identityData: toDynamicValue(identityType(identity), value) };
}
