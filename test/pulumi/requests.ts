import type { LocalApi } from "@mcpstack/local-api";

/** The writes that reached the API, without the organization's part of the path, sorted: the engine works in parallel. */
export function writes(api: LocalApi): string[] {
  return requestsOf(api)
    .filter((line) => !line.startsWith("GET "))
    .sort();
}

/** Every request as `METHOD path`, in the order in which they came. */
export function requestsOf(api: LocalApi): string[] {
  return api.requests.map(
    ({ method, path }) => `${method} ${path.replace(/^\/api\/v1\/(organizations\/[^/]+\/)?/, "")}`,
  );
}
