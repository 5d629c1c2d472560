/** What a dynamic provider is given for a property, or a part of one, that is not known before something else is made. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Properties = Readonly<Record<string, unknown>>;

/** The input by which Pulumi finds a dynamic resource's provider. */
export const providerKey = "__provider";

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  return holds(value, isUnknown);
}

function holds(value: unknown, isSuch: (part: unknown) => boolean): boolean {
  if (isSuch(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((part) => holds(part, isSuch));
}

/** The properties that are known through and through. */
export function knownOnly(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !hasUnknown(value)));
}

/** Names of the properties that are not known, or not wholly. */
export function unknownNames<Name extends string>(properties: Properties, names: readonly Name[]): Name[] {
  return names.filter((name) => hasUnknown(properties[name]));
}

/** How Pulumi's wire marks a value that is no plain one. */
export const secretKey = "4dabf18193072939515e22adb298388d";

/** Whether a value, or anything inside it, is one that the wire marks. */
export function holdsMark(value: unknown): boolean {
  return holds(value, (part) => isPlainObject(part) && secretKey in part);
}

/** A value that the engine keeps encrypted, and gives back as it was. */
export function secretValue(value: object): Record<string, unknown> {
  return { [secretKey]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** Drops what is undefined, at every depth: the wire's struct cannot say it. */
export function definedOnly(properties: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, definedIn(value)]),
  );
}

/**
 * Says of each named output without a value that it has none: a preview takes an output that is left out for one that is not known yet.
 */
export function withNothing(names: readonly string[], outputs: Record<string, unknown>): Record<string, unknown> {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...outputs };
}

function definedIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(definedIn);
  return isPlainObject(value) ? definedOnly(value) : value;
}

export function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
