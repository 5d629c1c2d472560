import type { OrganizationCall, Route } from "./call";
import { gatewayOf } from "./gateways";
import { listReply, pagedReply } from "./lists";
import { presentServer } from "./servers";

/** What a gateway has seen: its servers, its users' grants, its events. */
export const gatewayInsightRoutes: Route<OrganizationCall>[] = [
  {
    method: "GET",
    path: "/gateways/:gatewayId/servers",
    handle: (call) => {
      const { id } = gatewayOf(call);
      const servers = call.store.servers(call.organization.id).flatMap((server) => {
        const attachment = call.store.attachmentBefore(server.id, call.behaviour.listLag);
        return attachment?.gatewayId === id ? [{ server, publicId: attachment.publicId }] : [];
      });
      return listReply(call, servers, ({ server, publicId }) => ({ ...presentServer(call, server), publicId }));
    },
  },
  {
    method: "GET",
    path: "/gateways/:gatewayId/grants",
    handle: (call) => listReply(call, call.store.grants(gatewayOf(call).id), (grant) => grant),
  },
  {
    method: "GET",
    path: "/gateways/:gatewayId/logs",
    handle: (call) => pagedReply(call, call.store.logEvents(gatewayOf(call).id), (event) => event),
  },
];
