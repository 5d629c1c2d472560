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
      const servers = call.store.attachmentsOf(gatewayOf(call).id).flatMap(({ serverId, publicId }) => {
        const server = call.store.server(serverId);
        return server === undefined ? [] : [{ server, publicId }];
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
