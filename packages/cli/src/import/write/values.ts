import { type GatewayProfile, type ProfileField, profileFields } from "@mcpstack/model";

/** A profile's fields that a program writes, in the order of the model. */
export function writtenFields(
  profile: GatewayProfile,
): readonly (readonly [ProfileField, string | readonly string[]])[] {
  return (Object.keys(profileFields) as ProfileField[]).flatMap(
    (name): (readonly [ProfileField, string | readonly string[]])[] => {
      const value: unknown = profile[name];
      if (typeof value === "string") return [[name, value] as const];
      return Array.isArray(value) && value.every((one): one is string => typeof one === "string") && value.length > 0
        ? [[name, value] as const]
        : [];
    },
  );
}
