import type { McpServer } from "../store/records";
import { mayFind } from "./authorize-call";
import { type OrganizationCall, param, type Route } from "./call";
import { listReply } from "./lists";
import { json, Refusal } from "./reply";

export const serverRoutes: Route<OrganizationCall>[] = [
  {
    method: "GET",
    path: "/mcp-servers",
    handle: (call) =>
      listReply(call, call.store.servers(call.organization.id), (server) => presentServer(call, server)),
  },
  {
    method: "GET",
    path: "/mcp-servers/:serverId",
    handle: (call) => {
      const server = serverOf(call);
      return json(200, { ...presentServer(call, server), tools: server.tools });
    },
  },
];

/** The server that the path names by id or slug, within the call's organization. */
export function serverOf(call: OrganizationCall): McpServer {
  const idOrSlug = param(call, "serverId");
  const server = call.store.server(idOrSlug);
  if (server !== undefined && mayFind(call, server)) return server;
  throw new Refusal(404, "not_found", `There is no MCP server "${idOrSlug}" in this organization.`);
}

/** A server as lists have it: its tools stand only in its own document. */
export function presentServer(call: OrganizationCall, server: McpServer) {
  const { id, organizationId, name, slug, runtimeType, status } = server;
  const owner = call.behaviour.organizationId === "present" ? { organizationId } : {};
  return { id, ...owner, name, slug, runtimeType, status };
}
