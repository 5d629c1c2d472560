import { compareIssuers, parseUrl, urlProblem } from "@mcpstack/model";
import type { MetadataReader, PublicLeg } from "@mcpstack/oauth-metadata";
import { CommandError } from "../../command/exit";
import { emptyInventory, type Inventory } from "../inventory";

export type UrlKind = "issuer" | "mcp";

/**
 * The inventory of one URL: as an authorization server's, an MCP server's or both, by what it publishes. Which it was taken for is a note of
 * the report, since an address that publishes nothing has only its path to go by.
 */
export async function urlInventory(
  url: string,
  as: UrlKind | undefined,
  reader: MetadataReader,
  signal?: AbortSignal,
): Promise<Inventory> {
  const problem = urlProblem(url, { query: "refused", insecure: "allowed" });
  if (problem !== undefined) throw new CommandError("usage", `The URL to check ${problem}.`);
  const { kinds, notes } = as === undefined ? await kindsOf(url, reader, signal) : { kinds: [as], notes: [] };
  const subject = { kind: "issuer", address: url } as const;
  const profile = { name: url, providerType: "manual", authorizationServerUrl: url };
  return {
    ...emptyInventory,
    source: { kind: "url", name: url },
    gateways: kinds.includes("issuer")
      ? [{ subject, profile, unknown: ["clientId"], programUrls: [url], servers: [] }]
      : [],
    routes: kinds.includes("mcp") ? [{ subject, mcpUrl: url, programUrls: [url] }] : [],
    notes,
  };
}

const called = { issuer: "an authorization server", mcp: "an MCP server" } as const;

async function kindsOf(
  url: string,
  reader: MetadataReader,
  signal?: AbortSignal,
): Promise<{ readonly kinds: readonly UrlKind[]; readonly notes: readonly string[] }> {
  const path = parseUrl(url)?.pathname ?? "/";
  // The address of a document says by itself what it is.
  if (path.includes("/.well-known/")) return { kinds: ["issuer"], notes: [] };
  const o = { signal, programUrls: [url] };
  const [server, leg] = await Promise.all([
    reader.authorizationServer({ authorizationServerUrl: url }, o),
    reader.publicLeg(url, o),
  ]);
  const isIssuer = server.kind === "found" && server.issuer !== "different";
  const isMcp = isMcpServer(leg, url, isIssuer);
  if (isIssuer && isMcp) {
    const note = `${url} is both ${called.issuer} and ${called.mcp}, and was checked as both: --as issuer or --as mcp checks one.`;
    return { kinds: ["issuer", "mcp"], notes: [note] };
  }
  const isNeither = !isIssuer && !isMcp;
  const isMcpPath = /\/(mcp|sse)\/?$/.test(path);
  const kind = isMcp || (isNeither && isMcpPath) ? "mcp" : "issuer";
  const other = kind === "mcp" ? "issuer" : "mcp";
  const why = isNeither
    ? `, because of its path${kind === "mcp" ? "" : ", which does not end in /mcp or /sse"}: it publishes nothing that says which it is`
    : `, by what it publishes${asksForToken(leg) && kind === "issuer" ? ", although it asks for a token as MCP servers do" : ""}`;
  return {
    kinds: [kind],
    notes: [`${url} was taken for ${called[kind]}${why}. --as ${other} checks it as ${called[other]}.`],
  };
}

/** At an authorization server's own address, a document about something else, such as a path below it, makes it no MCP server. */
function isMcpServer({ protectedResource: resource }: PublicLeg, url: string, isIssuer: boolean): boolean {
  if (resource.kind !== "found") return false;
  return !isIssuer || resource.form === "challenge" || compareIssuers(resource.document.resource, url) !== "different";
}

function asksForToken({ challenge }: PublicLeg): boolean {
  return challenge.kind === "answered" && challenge.status === 401 && challenge.challenge !== undefined;
}
