/** What became of one address that was tried. */
export type Outcome =
  | "found"
  | "not-json"
  | "not-found"
  | "denied"
  | "server-error"
  | "foreign-issuer"
  | "foreign-resource"
  | "redirect"
  | "timeout"
  | "budget"
  | "refused"
  | "dns"
  | "tls"
  | "too-large"
  | "invalid"
  /** A document that is there, is meant to be what was asked for, and cannot be read as that. */
  | "unusable"
  /** Metadata of a protected resource (RFC 9728), where an authorization server's was asked for by its address. */
  | "resource-metadata"
  | "private-address"
  | "blocked-address"
  | "insecure";

/** One address that was tried. The same from run to run as long as the server behaves the same, so that it can be kept in a plan. */
export interface Attempt {
  readonly url: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  readonly outcome: Outcome;
  /** One line without control characters. */
  readonly detail?: string;
  /** True where a web page was answered, as some servers do for every path. */
  readonly isPage?: true;
  /** What of a document is unusable: it is too large, it is no JSON object, or a field is wrong. */
  readonly fault?: "size" | "form" | "field";
  /** The authorization servers that a resource's metadata names, the first few. */
  readonly names?: readonly string[];
}

/** A request that had no time left, or was cut short for lack of it: no fault of its host. */
export const outOfBudget = { outcome: "budget", detail: "the time for all metadata of this run is used up" } as const;

const unreachable: ReadonlySet<Outcome> = new Set([
  "denied",
  "server-error",
  "timeout",
  "budget",
  "refused",
  "dns",
  "tls",
  "private-address",
  "blocked-address",
  "insecure",
] satisfies Outcome[]);

/** Whether an outcome leaves it open what the address would have said. */
export function isUnreachable(outcome: Outcome): boolean {
  return unreachable.has(outcome);
}

/** What an address says that has another document, or leads to another place. */
const elsewhere: ReadonlySet<Outcome> = new Set([
  "foreign-issuer",
  "foreign-resource",
  "resource-metadata",
  "redirect",
]);

/** Statuses of 4xx that are no word about the address: not now, not over this connection, not past this proxy. */
const notNow: ReadonlySet<number> = new Set([407, 408, 421, 423, 425, 429]);
/** Statuses of 5xx that say what a server never does (RFC 9110 §§15.6.2, 15.6.6). */
const never: ReadonlySet<number> = new Set([501, 505]);

/** What a status that brings no document says: that there is none, or nothing. */
export function outcomeOfStatus(status: number): Outcome {
  if (status >= 500 && !never.has(status)) return "server-error";
  return status === 401 || status === 403 || notNow.has(status) ? "denied" : "not-found";
}

/**
 * Whether an address of which a document is one among several may have that document at another time. A refusal of the request, in whatever
 * words of 4xx a server has for a path that it does not know, is the same every day; so is a page, and what belongs to others. Anything else
 * is an answer of something that is not up, or not whole.
 */
export function leavesOpen({ outcome, status = 0, isPage }: Attempt): boolean {
  if (status >= 500) return !never.has(status);
  if (status >= 400) return notNow.has(status);
  return !elsewhere.has(outcome) && !(outcome === "not-json" && isPage);
}

/** Whether an outcome means that the host itself does not answer, so that asking it for another document is in vain. */
export function isHostFailure(outcome: Outcome): boolean {
  return (
    outcome === "timeout" ||
    outcome === "refused" ||
    outcome === "dns" ||
    outcome === "tls" ||
    outcome === "private-address" ||
    outcome === "blocked-address"
  );
}
