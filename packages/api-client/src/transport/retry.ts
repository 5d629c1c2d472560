/** How often and how patiently a failed request is repeated. */
export interface RetryPolicy {
  /** Tries in all, the first one included; answers that pause the whole run are not counted. */
  readonly attempts: number;
  /** The first back-off's upper bound in milliseconds; it doubles with each try. */
  readonly baseMs: number;
  /** The upper bound of any back-off in milliseconds. */
  readonly maxMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 4, baseMs: 250, maxMs: 8_000 };

/** What retrying depends on, of a try that failed. */
export interface FailedTry {
  readonly method: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** The answer's status, where there was an answer. */
  readonly status?: number | undefined;
  /** Whether the request certainly never reached the server. */
  readonly unsent: boolean;
  /** Whether the same request may succeed later, where there was no answer. */
  readonly transient: boolean;
  readonly retryAfterMs?: number | undefined;
}

const passingStatuses = new Set([408, 425]);

/** Whether an answer limits how often something is asked: 429, or a 403 that says how long to wait, as secondary limits do. */
export function isLimit(status: number | undefined, retryAfterMs: number | undefined): boolean {
  return status === 429 || (status === 403 && retryAfterMs !== undefined);
}

/** Whether an answer says that the service takes nothing now: a limit, or a 503 (RFC 9110 §15.6.4). Then the whole run pauses. */
export function pausesRun(status: number | undefined, retryAfterMs: number | undefined): boolean {
  return status === 503 || isLimit(status, retryAfterMs);
}

/**
 * The wait before the next try in milliseconds, or undefined where there must be none. Answers that pause the whole run are not for this
 * (`Pause`). A POST is repeated only where it certainly did nothing. Back-off is with full jitter; `Retry-After` (RFC 9110 §10.2.3) is the least
 * wait.
 */
export function retryDelay(
  failed: FailedTry,
  policy: RetryPolicy,
  random: () => number = Math.random,
): number | undefined {
  if (failed.attempt >= policy.attempts || !mayRepeat(failed)) return undefined;
  const asked = failed.retryAfterMs ?? 0;
  const bound = Math.min(policy.maxMs, policy.baseMs * 2 ** (failed.attempt - 1));
  return Math.round(asked + random() * bound);
}

function mayRepeat(failed: FailedTry): boolean {
  const { status } = failed;
  if (failed.method === "POST") return status === undefined && failed.unsent && failed.transient;
  return status === undefined ? failed.transient : status >= 500 || passingStatuses.has(status);
}

/** Reads `Retry-After`: seconds, or an HTTP date (RFC 9110 §10.2.3). Undefined for anything else. */
export function parseRetryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
