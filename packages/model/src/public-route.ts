/** Where the service is when nothing else is said (API page, "Transport"). */
export const defaultApiUrl = "https://api.mcpstack.com";

/** The base of the public route of an attached server (API page, "Public leg"). */
export function publicRoute(apiUrl: string, id: string): string {
  return `${withoutTrailingSlashes(apiUrl)}/api/v1/gateway/${encodeURIComponent(id)}`;
}

/** The MCP URL that an attachment has where the API names no other. */
export function mcpUrl(apiUrl: string, id: string): string {
  return `${publicRoute(apiUrl, id)}/mcp`;
}

/**
 * The callback URL to register at the identity provider, known before anything exists.
 * Where the API names a `callbackUrl`, that one is true (API page, "Callback URL").
 */
export function callbackUrl(apiUrl: string, id: string): string {
  return `${publicRoute(apiUrl, id)}/oauth/callback`;
}

/** A trailing slash on the base address is dropped, as the product's own client does. */
export function withoutTrailingSlashes(url: string): string {
  return url.replace(/\/+$/, "");
}
