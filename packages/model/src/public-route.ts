import { z } from "zod";

/** Where the service is when nothing else is said (API page, "Transport"). */
export const defaultApiUrl = "https://api.mcpstack.com";

/** The name of an attached server's public route. It becomes a path segment, so only what needs no escaping is taken. */
export const publicId = z
  .string({ error: "must be a string" })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/, {
    error: "must be one URL path segment: letters, digits and . _ ~ -, beginning with a letter or digit",
  })
  .max(128, { error: "must have at most 128 characters" });

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
