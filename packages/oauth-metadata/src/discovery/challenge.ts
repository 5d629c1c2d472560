import { hasUserInformation } from "@mcpstack/model";

/** A Bearer challenge, as far as discovery depends on it (RFC 6750 §3, RFC 9728 §5.1). */
export interface Challenge {
  readonly resourceMetadata?: string | undefined;
  readonly scope?: string | undefined;
  readonly error?: string | undefined;
}

const maxHeaderLength = 8192;
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;

/**
 * Reads the first Bearer challenge of a WWW-Authenticate header (RFC 9110 §11.6.1); several challenges may share one header. Malformed
 * parts end the reading; what was read until then counts.
 */
export function parseChallenge(header: string | readonly string[] | undefined): Challenge | undefined {
  const text = (typeof header === "string" ? header : (header ?? []).join(", ")).slice(0, maxHeaderLength);
  let at = 0;
  let bearer: Record<string, string> | undefined;
  let inBearer = false;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match?.[0];
  };
  while (at < text.length) {
    skip(/[\s,]+/y);
    const word = skip(token);
    if (word === undefined) break;
    const equals = skip(/\s*=\s*/y);
    if (equals === undefined) {
      if (bearer) break;
      inBearer = word.toLowerCase() === "bearer";
      if (inBearer) bearer = {};
      continue;
    }
    const quoted = skip(/"(?:[^"\\]|\\.)*"/y);
    const value = quoted === undefined ? skip(/[^\s,"]*/y) : quoted.slice(1, -1).replace(/\\(.)/g, "$1");
    if (inBearer && bearer && !Object.hasOwn(bearer, word.toLowerCase())) bearer[word.toLowerCase()] = value ?? "";
  }
  if (!bearer) return undefined;
  const { resource_metadata: named } = bearer;
  // User information may be a password: such an address is as good as none.
  return {
    resourceMetadata: named !== undefined && hasUserInformation(named) ? undefined : named,
    scope: bearer.scope,
    error: bearer.error,
  };
}
