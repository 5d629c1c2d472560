import type { ServerBehaviour } from "../behaviour/switches";
import { stringifyJson } from "../json/exact";

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as it is; absent for an empty body. */
  body?: string;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: stringifyJson(value),
  };
}

export const noContent: Reply = { status: 204 };

/** What a route throws to answer an error. `message` never holds a credential. */
export class Refusal extends Error {
  readonly code = "LOCAL_API_REFUSAL";
  override readonly name = "Refusal";
  constructor(
    readonly status: number,
    /** Such as `not_found`, `invalid_request`. */
    readonly error: string,
    message: string,
    readonly details?: readonly { field: string; message: string }[],
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** The forms that the product's client reads, in the order in which it looks for them. */
export function refusalReply(refusal: Refusal, form: ServerBehaviour["errorBody"]): Reply {
  const { status, headers, message } = refusal;
  const details = refusal.details === undefined ? {} : { details: refusal.details };
  switch (form) {
    case "error_description":
      return json(status, { error: refusal.error, error_description: message, ...details }, headers);
    case "error":
      return json(status, { error: message, ...details }, headers);
    case "message":
      return json(status, { message, ...details }, headers);
    case "text":
      return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body: message };
    case "empty":
      return { status, headers };
  }
}
