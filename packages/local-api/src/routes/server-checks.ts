import type { OrganizationCall, Route } from "./call";
import { json } from "./reply";
import { routeAddresses } from "./route-addresses";
import { serverOf } from "./servers";

/** The addresses below a server whose answers are publicly unknown: the least that a caller can use. */
export const serverCheckRoutes: Route<OrganizationCall>[] = [
  {
    method: "GET",
    path: "/mcp-servers/:serverId/auth-config",
    handle: (call) => {
      const server = serverOf(call);
      const attachment = call.store.attachment(server.id);
      const gateway = attachment && call.store.gateway(attachment.gatewayId);
      return json(200, {
        serverId: server.id,
        mode: attachment === undefined ? "none" : "gateway",
        gatewayId: attachment?.gatewayId ?? null,
        scopes: gateway?.scopes ?? [],
        resource: gateway?.resource ?? null,
      });
    },
  },
  {
    method: "GET",
    path: "/mcp-servers/:serverId/auth-discovery",
    handle: (call) => {
      const server = serverOf(call);
      const attachment = call.store.attachment(server.id);
      const addresses = attachment && routeAddresses(call.baseUrl, attachment.publicId);
      return json(200, { serverId: server.id, ...(addresses ?? { mcpUrl: null }) });
    },
  },
  {
    method: "GET",
    path: "/mcp-servers/:serverId/custom-domain",
    handle: (call) =>
      json(200, {
        serverId: serverOf(call).id,
        environment: call.query.get("environment") ?? "production",
        domain: null,
      }),
  },
  {
    method: "POST",
    path: "/mcp-servers/:serverId/hosting-checks",
    handle: (call) => {
      const running = serverOf(call).status === "running";
      const checks = ["dns", "tls", "routing", "runtime"].map((name) => ({
        name,
        status: running || name !== "runtime" ? "passed" : "failed",
      }));
      return json(200, { serverId: serverOf(call).id, passed: running, checks });
    },
  },
  {
    method: "POST",
    path: "/mcp-servers/:serverId/mcp-smoke/tools-list",
    handle: (call) => {
      const server = serverOf(call);
      const tools = server.tools.filter((tool) => tool.enabled).map(({ name, description }) => ({ name, description }));
      return json(200, { serverId: server.id, ok: server.status === "running", toolCount: tools.length, tools });
    },
  },
];
