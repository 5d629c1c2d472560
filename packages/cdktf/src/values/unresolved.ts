import { Token, Tokenization } from "cdktf";

/**
 * Whether a value is known only to Terraform: a token of cdktf, or a string with an expression that the program wrote itself
 * (`"${var.issuer}"`). Looks at the value, not into lists and objects.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return Token.isUnresolved(value) || /(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(value);
  if (Tokenization.isResolvable(value)) return true;
  if (Array.isArray(value) || typeof value === "number") return Token.isUnresolved(value);
  return isPlainObject(value) && Tokenization.reverseMap({ ...value }) !== undefined;
}

/** A map without the entries that only Terraform knows; other values as they are. */
export function knownPart(value: unknown): unknown {
  if (!isPlainObject(value) || isUnresolved(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined && !containsUnresolved(entry)),
  );
}

/** Like `isUnresolved`, for the value and everything in it. */
export function containsUnresolved(value: unknown): boolean {
  if (isUnresolved(value)) return true;
  if (Array.isArray(value)) return value.some(containsUnresolved);
  return isPlainObject(value) && Object.values(value).some(containsUnresolved);
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}
