import type { GatewayProfile, ProfileField } from "@mcpstack/model";

/** A rule asked for a field that is not known yet: what it would say is not known either. */
class NotKnown extends Error {
  override readonly name = "NotKnown";
}

/**
 * A profile of which some fields are not known yet. Whoever asks for one of them, or for all fields at once, learns nothing: by this no
 * rule can take what is unknown for absent.
 */
export function partlyKnown(profile: GatewayProfile, unknown: readonly ProfileField[]): GatewayProfile {
  if (unknown.length === 0) return profile;
  const names = new Set<string | symbol>(unknown);
  const refuse = (): never => {
    throw new NotKnown();
  };
  return new Proxy(profile, {
    get: (target, name) => (names.has(name) ? refuse() : Reflect.get(target, name)),
    has: (target, name) => (names.has(name) ? refuse() : Reflect.has(target, name)),
    getOwnPropertyDescriptor: (target, name) =>
      names.has(name) ? refuse() : Reflect.getOwnPropertyDescriptor(target, name),
    ownKeys: refuse,
  });
}

/** What a rule says, or nothing where that depends on something unknown. */
export function ifKnown<T>(rule: () => readonly T[]): readonly T[] {
  try {
    return rule();
  } catch (error) {
    if (error instanceof NotKnown) return [];
    throw error;
  }
}
