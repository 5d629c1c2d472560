/**
 * The headers in which a service, or what stands before it, names a request, the most usual first. The API page names none, so each is
 * taken: the service's own, those of the large clouds, and a trace (W3C Trace Context §3.2).
 */
const names = [
  "x-request-id",
  "request-id",
  "x-correlation-id",
  "x-amzn-requestid",
  "x-ms-request-id",
  "cf-ray",
  "traceparent",
] as const;

/** The id by which a service finds a request in its own logs. Undefined where the answer names none. */
export function requestIdOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | undefined {
  for (const name of names) {
    const id = [headers[name] ?? ""].flat()[0]?.trim();
    if (id) return id;
  }
  return undefined;
}
