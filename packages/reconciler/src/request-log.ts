import type { RequestEvent } from "@mcpstack/api-client";
import type { MetadataRequestEvent } from "@mcpstack/oauth-metadata";

/** Where requests are told of, an engine's log. */
export interface RequestLog {
  debug(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** Told of bodies too. Undefined: they are not wanted. */
  readonly trace?: ((message: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
}

/** What a log says of a request to the API: `ms` is its time to the last byte, `code` is the error's. Bodies are without secrets. */
export function logsRequest(log: RequestLog): (event: RequestEvent) => void {
  return (event) => {
    const { method, path, attempt, status, code, ms, requestId } = event;
    log.debug("API request", {
      method,
      path,
      status,
      ms: Math.round(ms),
      request_id: requestId,
      ...(attempt > 1 && { attempt }),
      code,
    });
    if (!log.trace) return;
    const { sent, answered } = event.bodies();
    log.trace("API bodies", { method, path, request_body: sent, response_body: answered });
  };
}

/**
 * The same of a document that an issuer or a resource was asked for.
 *
 * @param hide - takes secrets out of a text: the API may have given the address.
 */
export function logsMetadataRequest(
  log: RequestLog,
  hide: (text: string) => string,
): (event: MetadataRequestEvent) => void {
  return ({ method, url, status, outcome, ms, requestId }) =>
    log.debug("metadata request", {
      method,
      url: hide(url),
      status,
      outcome,
      ms: Math.round(ms),
      request_id: requestId && hide(requestId),
    });
}
