import { parseUrl, urlProblem } from "@mcpstack/model";
import type { MetadataReader } from "@mcpstack/oauth-metadata";
import { CommandError } from "../../command/exit";
import { emptyInventory, type Inventory } from "../inventory";

export type UrlKind = "issuer" | "mcp";

/**
 * The inventory of one URL. Whether it is an authorization server's or an MCP server's is found out by what it publishes; a path that ends in
 * `/mcp` or `/sse` settles it, so that an MCP server without any documents is told from an authorization server without any.
 */
export async function urlInventory(
  url: string,
  as: UrlKind | undefined,
  reader: MetadataReader,
  signal?: AbortSignal,
): Promise<Inventory> {
  const problem = urlProblem(url, { query: "refused", insecure: "allowed" });
  if (problem !== undefined) throw new CommandError("usage", `The URL to check ${problem}.`);
  const kind = as ?? (await kindOf(url, reader, signal));
  const source = { kind: "url", name: url } as const;
  const subject = { kind: "issuer", address: url } as const;
  if (kind === "mcp") return { ...emptyInventory, source, routes: [{ subject, mcpUrl: url, programUrls: [url] }] };
  const profile = { name: url, providerType: "manual", authorizationServerUrl: url };
  return {
    ...emptyInventory,
    source,
    gateways: [{ subject, profile, unknown: ["clientId"], programUrls: [url], servers: [] }],
  };
}

async function kindOf(url: string, reader: MetadataReader, signal?: AbortSignal): Promise<UrlKind> {
  const path = parseUrl(url)?.pathname ?? "/";
  if (path.includes("/.well-known/")) return "issuer";
  if (/\/(mcp|sse)\/?$/.test(path)) return "mcp";
  const programUrls = [url];
  const server = await reader.authorizationServer({ authorizationServerUrl: url }, { signal, programUrls });
  if (server.kind === "found" && server.issuer !== "different") return "issuer";
  const resource = await reader.protectedResource(url, { signal, programUrls });
  return resource.kind === "found" ? "mcp" : "issuer";
}
