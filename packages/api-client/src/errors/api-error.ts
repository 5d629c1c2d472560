/** Every code that an `ApiError` can have. They are stable: programs and documentation may name them. */
export const errorCodes = [
  /** 401. */
  "unauthenticated",
  /** 403 without `Retry-After`: authenticated, but the grant on that resource is missing. */
  "forbidden",
  /** 404 or 410, answered by the API itself (JSON, plain text or nothing). */
  "not_found",
  /** 409, 412 or 428: what is there is not what the request was made for. */
  "conflict",
  /** 429, or a 403 with `Retry-After`, still after the retries. */
  "rate_limited",
  /** Another 4xx: the API refused what was sent. */
  "invalid",
  /** 5xx, 408, 425 or no connection, still after the retries. */
  "unavailable",
  /** No whole answer within the time limit. */
  "timeout",
  /** The caller's signal was aborted, or the client closed. */
  "cancelled",
  /** An answer that is no JSON where JSON was due, such as a proxy's page. */
  "not_json",
  /** An answer beyond the size limit, or a list without an end. */
  "too_large",
  /** A list that gives fewer items than the service says it has, goes on in a way nothing here can follow, or is none of now. */
  "list_incomplete",
  /** A 3xx: redirects are not followed, since the credential would go with them. */
  "unexpected_redirect",
  /** JSON of a shape that nothing here can read, or answers that contradict each other. */
  "unexpected_answer",
  /** The server's certificate is not trusted. */
  "untrusted_certificate",
  /** An update would write a masked secret back. */
  "masked_field",
  /** No credential in the configuration and in the environment. */
  "credential_missing",
  /** The credential holds characters that no header can carry. */
  "credential_invalid",
  /** The environment names two addresses, or two organizations, for a credential that belongs to neither set of variables. */
  "connection_ambiguous",
  /** An environment variable holds what it cannot hold. */
  "environment_invalid",
  /** The configured organization is not among those that the credential sees, or it sees none. */
  "organization_not_found",
  /** The address of the API is no usable URL. */
  "invalid_api_url",
  /** Plain http to another machine. */
  "insecure_api_url",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface ApiErrorDetails {
  readonly code: ErrorCode;
  /** What happened and where, as a sentence. Never a credential. */
  readonly summary: string;
  /** What to do next, as a sentence. */
  readonly hint?: string | undefined;
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly mayHaveHappened?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly field?: string | undefined;
  readonly isInDocument?: boolean | undefined;
  readonly failure?: string | undefined;
}

/** What went wrong with the API. Its message says what happened, where, and what to do; it never holds the credential. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  /** What happened, without the hint. */
  readonly summary: string;
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** Whether a write may have taken effect although it failed, so that it must not be repeated blindly. */
  readonly mayHaveHappened: boolean;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The document's field that it is about, such as `credentials.secret`. */
  readonly field: string | undefined;
  /** Whether the document itself tells of it: the request went well, and the thing that was read, or its reading, did not. */
  readonly isInDocument: boolean;
  /** What an answer of success to a write said went wrong, in the service's words; empty where it had none. Undefined: the error is another one. */
  readonly failure: string | undefined;

  readonly #details: ApiErrorDetails;

  constructor(details: ApiErrorDetails) {
    super(details.hint === undefined ? details.summary : `${details.summary} ${details.hint}`);
    this.#details = details;
    this.code = details.code;
    this.summary = details.summary;
    this.hint = details.hint;
    this.status = details.status;
    this.method = details.method;
    this.path = details.path;
    this.mayHaveHappened = details.mayHaveHappened ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.field = details.field;
    this.isInDocument = details.isInDocument ?? false;
    this.failure = details.failure;
  }

  /** The same error with some of its details changed. */
  with(details: Partial<ApiErrorDetails>): ApiError {
    return new ApiError({ ...this.#details, ...details });
  }
}

/** Whether something thrown is an `ApiError`, and has one of the codes where any are given. */
export function isApiError(thrown: unknown, ...codes: ErrorCode[]): thrown is ApiError {
  return thrown instanceof ApiError && (codes.length === 0 || codes.includes(thrown.code));
}
