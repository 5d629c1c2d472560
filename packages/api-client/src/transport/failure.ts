import { ApiError } from "../errors/api-error";
import type { Call } from "./call";

/** A try that brought no answer. */
export interface Failure {
  readonly error: ApiError;
  /** Whether the request certainly never reached the server. */
  readonly unsent: boolean;
  readonly transient: boolean;
}

/** What ended a try from this side, where this side did. */
export type Stop = "timeout" | "cancelled" | undefined;

const connectCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Thrown while a body is read. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  readonly code = "BODY_TOO_LARGE";
  constructor(readonly limit: number) {
    super(`more than ${limit} bytes`);
  }
}

/** Decides what something thrown by the connection means. Nothing of it is kept but its code: it could hold headers. */
export function judgeFailure(
  call: Call,
  thrown: unknown,
  stop: Stop,
  context: { apiUrl: string; timeoutMs: number },
): Failure {
  const where = `${call.method} ${call.path}`;
  const write = call.method !== "GET";
  const at = { method: call.method, path: call.path };
  const code = codeOf(thrown);
  if (stop === "cancelled") {
    const error = new ApiError({
      ...at,
      code: "cancelled",
      summary: `${where} was cancelled.`,
      mayHaveHappened: write,
    });
    return { error, unsent: false, transient: false };
  }
  if (stop === "timeout") {
    const error = new ApiError({
      ...at,
      code: "timeout",
      summary: `${where} brought no whole answer within ${inSeconds(context.timeoutMs)}.`,
      hint: `Check that ${context.apiUrl} can be reached.`,
      mayHaveHappened: write,
    });
    return { error, unsent: false, transient: true };
  }
  if (thrown instanceof BodyTooLarge) {
    const error = new ApiError({
      ...at,
      code: "too_large",
      summary: `${where} was answered with more than ${thrown.limit} bytes.`,
      hint: `Check that api_url (${context.apiUrl}) is the API's own address.`,
      mayHaveHappened: write,
    });
    return { error, unsent: false, transient: false };
  }
  if (code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED") {
    const error = new ApiError({
      ...at,
      code: "cancelled",
      summary: `${where} was cancelled: the client was closed.`,
      mayHaveHappened: write,
    });
    return { error, unsent: false, transient: false };
  }
  if (isCertificateCode(code)) {
    const error = new ApiError({
      ...at,
      code: "untrusted_certificate",
      summary: `The certificate of ${context.apiUrl} is not trusted (${code}).`,
      hint: "Where it comes from a private certificate authority, set the environment variable NODE_EXTRA_CA_CERTS to its PEM file.",
    });
    return { error, unsent: true, transient: false };
  }
  if (code === "UND_ERR_ABORTED") {
    // Nobody here stopped it, so it was the proxy, which refused to connect.
    const error = new ApiError({
      ...at,
      code: "unavailable",
      summary: `The proxy refused to connect to ${context.apiUrl}, so ${where} was not sent.`,
      hint: "Check the environment variables HTTPS_PROXY and NO_PROXY.",
    });
    return { error, unsent: true, transient: true };
  }
  const unsent = isConnecting(thrown) || connectCodes.has(code);
  const error = new ApiError({
    ...at,
    code: "unavailable",
    summary: unsent
      ? `${context.apiUrl} could not be reached (${code}), so ${where} was not sent.`
      : `The connection to ${context.apiUrl} broke before ${where} was answered (${code}).`,
    hint: unsent ? "Check api_url and the network." : undefined,
    mayHaveHappened: write && !unsent,
  });
  return { error, unsent, transient: true };
}

/** A time that a person reads; whole seconds from ten on. */
export function inSeconds(ms: number): string {
  return `${ms >= 10_000 ? Math.round(ms / 1000) : Math.max(1, Math.round(ms / 100)) / 10} s`;
}

function codeOf(thrown: unknown): string {
  const { code, cause } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as {
    code?: unknown;
    cause?: unknown;
  };
  if (typeof code === "string") return code;
  return cause === undefined ? "unknown" : codeOf(cause);
}

/** Whether a socket failed before it was connected (`syscall` of Node's system errors). */
function isConnecting(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.length > 0 && thrown.errors.every(isConnecting);
  const syscall = typeof thrown === "object" && thrown !== null ? (thrown as { syscall?: unknown }).syscall : undefined;
  return syscall === "connect" || syscall === "getaddrinfo";
}

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|VERIFY_LEAF|ISSUER/.test(code) && !code.startsWith("UND_");
}
