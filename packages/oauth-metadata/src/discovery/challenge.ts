import { hasUserInformation } from "@mcpstack/model";

/** The Bearer challenges of an answer, as far as discovery depends on them (RFC 6750 §3, RFC 9728 §5.1). */
export interface Challenge {
  readonly resourceMetadata?: string | undefined;
  /** Other documents that are named besides: a client may take any of them. */
  readonly furtherMetadata?: readonly string[] | undefined;
  readonly scope?: string | undefined;
  readonly error?: string | undefined;
}

const maxHeaderLength = 8192;
const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
/** Credentials in one piece, such as those of Negotiate: they stand alone behind their scheme (RFC 9110 §11.2). */
const token68 = / +[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;

type Parameters = readonly (readonly [name: string, value: string])[];

/**
 * Reads the Bearer challenges of a WWW-Authenticate header (RFC 9110 §11.6.1): several challenges, also of one scheme, may share a header.
 * What counts is the first that names a document, else the first. What is malformed is passed over, but for an open quote, which ends the
 * reading.
 */
export function parseChallenge(header: string | readonly string[] | undefined): Challenge | undefined {
  const text = (typeof header === "string" ? header : (header ?? []).join(", ")).slice(0, maxHeaderLength);
  const bearers = challengesOf(text).filter(({ scheme }) => scheme === "bearer");
  // User information may be a password: such an address is as good as none.
  const documentsOf = (parameters: Parameters) =>
    parameters.flatMap(([name, value]) => (name === "resource_metadata" && !hasUserInformation(value) ? [value] : []));
  const bearer = bearers.find(({ parameters }) => documentsOf(parameters).length > 0) ?? bearers[0];
  if (!bearer) return undefined;
  const [resourceMetadata, ...further] = new Set(bearers.flatMap(({ parameters }) => documentsOf(parameters)));
  const first = (wanted: string) => bearer.parameters.find(([name]) => name === wanted)?.[1];
  return {
    resourceMetadata,
    ...(further.length > 0 ? { furtherMetadata: further } : {}),
    scope: first("scope"),
    error: first("error"),
  };
}

function challengesOf(text: string): readonly { readonly scheme: string; readonly parameters: Parameters }[] {
  const challenges: { scheme: string; parameters: [string, string][] }[] = [];
  let at = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match?.[0];
  };
  while (at < text.length) {
    skip(/[\s,]+/y);
    const word = skip(token)?.toLowerCase();
    if (word === undefined) {
      if (skip(/[^\s,"]+/y) === undefined) break;
    } else if (skip(/\s*=\s*/y) === undefined) {
      challenges.push({ scheme: word, parameters: [] });
      skip(token68);
    } else {
      const quoted = skip(/"(?:[^"\\]|\\.)*"/y);
      const value = quoted === undefined ? skip(/[^\s,"]*/y) : quoted.slice(1, -1).replace(/\\(.)/g, "$1");
      challenges.at(-1)?.parameters.push([word, value ?? ""]);
    }
  }
  return challenges;
}
