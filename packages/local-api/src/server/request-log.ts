import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "../json/exact";

/** One request that arrived. */
export interface LoggedRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** With its `?`, or empty. */
  search: string;
  /** Credentials are replaced by `[redacted]`. */
  headers: IncomingHttpHeaders;
  /** Whether the credential was a valid one. */
  authorized: boolean;
  /** The label of that credential. */
  token?: string;
  /** Parsed where it is JSON, else the text; absent when empty. */
  body?: unknown;
  /** The status sent; absent while unanswered, and for an answer that never came. */
  status?: number;
  /** Milliseconds since the epoch. */
  at: number;
}

const secretHeaders = ["authorization", "x-api-key", "cookie"];

export function redactHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const copy = { ...headers };
  for (const name of secretHeaders) {
    const value = copy[name];
    if (typeof value === "string") copy[name] = value.replace(/^(\S+ )?.*$/s, "$1[redacted]");
  }
  return copy;
}

export function loggedBody(text: string): { body?: unknown } {
  if (text === "") return {};
  try {
    return { body: parseJson(text) };
  } catch {
    return { body: text };
  }
}
