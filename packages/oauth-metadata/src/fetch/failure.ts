import type { Outcome } from "./outcome";

/** Turns what a request threw into an outcome. The texts hold nothing that differs from run to run, such as a local port. */
export function failureOf(error: unknown, timeoutMs: number): { readonly outcome: Outcome; readonly detail: string } {
  const chain = causes(error);
  for (const cause of chain) {
    const { code, message: detail = "" } = cause;
    if (code === "private-address" || code === "blocked-address") return { outcome: code, detail };
  }
  for (const { code, name } of chain) {
    if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_FAIL" || code === "EAI_NODATA")
      return { outcome: "dns", detail: `the host name cannot be resolved (${code})` };
    if (code !== undefined && tlsCodes.test(code))
      return { outcome: "tls", detail: `the TLS connection failed (${code})` };
    if (code !== undefined && timeoutCodes.has(code))
      return { outcome: "timeout", detail: `no answer within ${timeoutMs} ms` };
    if (name === "AbortError" || name === "TimeoutError")
      return { outcome: "timeout", detail: `no answer within ${timeoutMs} ms` };
    if (code === "UND_ERR_HEADERS_OVERFLOW")
      return { outcome: "too-large", detail: "the response headers are too large" };
    if (code?.startsWith("HPE_")) return { outcome: "invalid", detail: `the answer is not HTTP (${code})` };
    if (code) return { outcome: "refused", detail: `the connection failed (${code})` };
  }
  return { outcome: "refused", detail: "the connection failed" };
}

const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$|HOSTNAME_MISMATCH|ERR_OSSL_)/;
const timeoutCodes: ReadonlySet<string> = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_ABORTED",
  "ABORT_ERR",
]);

interface Thrown {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
}

/** An error and what caused it. Told by shape, not by class: errors of Node's core may come from another realm. */
function causes(error: unknown): readonly Thrown[] {
  const found: Thrown[] = [];
  let current = error;
  while (typeof current === "object" && current !== null && found.length < 8) {
    const { code, name, message, cause, errors } = current as Record<string, unknown>;
    found.push({
      ...(typeof code === "string" ? { code } : {}),
      ...(typeof name === "string" ? { name } : {}),
      ...(typeof message === "string" ? { message } : {}),
    });
    current = Array.isArray(errors) ? errors[0] : cause;
  }
  return found;
}
