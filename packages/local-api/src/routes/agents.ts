import type { Agent, JsonObject } from "../store/records";
import { type OrganizationCall, param, type Route } from "./call";
import { listReply } from "./lists";
import { json, Refusal } from "./reply";

export const agentRoutes: Route<OrganizationCall>[] = [
  {
    method: "GET",
    path: "/agents",
    handle: (call) => listReply(call, call.store.agents(call.organization.id), (agent) => presentAgent(call, agent)),
  },
  {
    method: "GET",
    path: "/agents/:agentId",
    handle: (call) => {
      const id = param(call, "agentId");
      const agent = call.store.agents(call.organization.id).find((one) => one.id === id);
      if (agent === undefined) throw new Refusal(404, "not_found", `There is no agent "${id}" in this organization.`);
      return json(200, presentAgent(call, agent));
    },
  },
];

function presentAgent(call: OrganizationCall, agent: Agent): JsonObject {
  const { id, name, allowedOrigins, serverIds } = agent;
  if (call.behaviour.agentFields === "allowedOrigins+serverIds") return { id, name, allowedOrigins, serverIds };
  const mcpServers = serverIds.map((serverId) => ({ id: serverId, slug: call.store.server(serverId)?.slug ?? null }));
  return { id, name, origins: allowedOrigins, mcpServers };
}
