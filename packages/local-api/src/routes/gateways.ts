import type { StoredGateway } from "../store/records";
import { mayFind } from "./authorize-call";
import { type OrganizationCall, objectBody, param, type Route } from "./call";
import { discoverMetadata } from "./discover-metadata";
import { listReply } from "./lists";
import { presentGateway, presentGatewayItem } from "./present-gateway";
import { readGatewayBody } from "./read-gateway-body";
import { json, noContent, Refusal, type Reply } from "./reply";
import { requireVersion, versionField, withTag } from "./versions";
import { createdFields, giveServiceFields, putFields } from "./write-gateway";

export const gatewayRoutes: Route<OrganizationCall>[] = [
  { method: "GET", path: "/gateways", handle: list },
  { method: "POST", path: "/gateways", handle: create },
  { method: "GET", path: "/gateways/:gatewayId", handle: read },
  { method: "PUT", path: "/gateways/:gatewayId", handle: put },
  { method: "DELETE", path: "/gateways/:gatewayId", handle: remove },
];

/** The gateway that the path names, within the call's organization. */
export function gatewayOf(call: OrganizationCall, id = param(call, "gatewayId")): StoredGateway {
  return found(call, id, call.store.gateway(id));
}

function found(call: OrganizationCall, id: string, gateway: StoredGateway | undefined): StoredGateway {
  if (gateway !== undefined && mayFind(call, gateway)) return giveServiceFields(gateway, call.behaviour);
  throw new Refusal(404, "not_found", `There is no gateway "${id}" in this organization.`);
}

function read(call: OrganizationCall): Reply {
  const id = param(call, "gatewayId");
  const { readLag, deletedGateway } = call.behaviour;
  const deleted = deletedGateway === "shown" ? call.store.deletedGateway(id) : undefined;
  const gateway = found(call, id, call.store.gatewayBefore(id, readLag) ?? deleted);
  return withTag(json(200, present(call, gateway)), gateway, call.behaviour);
}

export function present(call: OrganizationCall, gateway: StoredGateway) {
  giveServiceFields(gateway, call.behaviour);
  const attachments = call.behaviour.fills === "nothing" ? [] : call.store.attachmentsOf(gateway.id);
  return {
    ...presentGateway(gateway, call.behaviour, call.baseUrl, attachments),
    ...versionField(gateway, call.behaviour),
  };
}

function list(call: OrganizationCall): Reply {
  const all = call.store.gatewaysBefore(call.organization.id, call.behaviour.listLag);
  return listReply(call, all, (gateway) => presentGatewayItem(gateway, present(call, gateway), call.behaviour));
}

async function create(call: OrganizationCall): Promise<Reply> {
  const write = readGatewayBody(objectBody(call), call.behaviour);
  const { name, authorizationServerUrl, metadataUrl, authorizationEndpoint } = write.known;
  if (name === undefined) throw invalid("name", "is required");
  if ((authorizationServerUrl ?? metadataUrl ?? authorizationEndpoint) === undefined) {
    throw invalid("authorizationServerUrl", "is required where neither metadataUrl nor the endpoints are given");
  }
  refuseDuplicate(call, name);
  const gateway = call.store.createGateway(createdFields(write, name), call.organization.id);
  giveServiceFields(gateway, call.behaviour);
  await discover(call, gateway);
  const { createStatus, createAnswer } = call.behaviour;
  const reply = json(createStatus, createAnswer === "id" ? { id: gateway.id } : present(call, gateway));
  return withTag(reply, gateway, call.behaviour);
}

async function put(call: OrganizationCall): Promise<Reply> {
  const gateway = gatewayOf(call);
  requireVersion(call, gateway);
  const write = readGatewayBody(objectBody(call), call.behaviour);
  if (call.behaviour.putLeftOut === "cleared" && write.known.name === undefined) throw invalid("name", "is required");
  if (write.known.name !== undefined) refuseDuplicate(call, write.known.name, gateway.id);
  call.store.putGateway(gateway.id, putFields(gateway, write, call.behaviour));
  await discover(call, gateway);
  const reply = call.behaviour.putAnswer === "204" ? noContent : json(200, present(call, gateway));
  return withTag(reply, gateway, call.behaviour);
}

function remove(call: OrganizationCall): Reply {
  const gateway = gatewayOf(call);
  if (call.behaviour.versions !== "field") requireVersion(call, gateway);
  const attachments = call.store.attachmentsOf(gateway.id);
  if (attachments.length > 0 && call.behaviour.deleteAttached === "conflict") {
    const servers = attachments.map((attachment) => attachment.serverId).join(", ");
    throw new Refusal(409, "conflict", `The gateway is attached to ${servers}: detach it first.`);
  }
  if (call.behaviour.deleteAttached === "detaches") {
    for (const attachment of attachments) call.store.detach(attachment.serverId);
  }
  call.store.deleteGateway(gateway.id);
  return noContent;
}

async function discover(call: OrganizationCall, gateway: StoredGateway): Promise<void> {
  if (call.behaviour.fills !== "discovered") return;
  call.store.putGateway(gateway.id, { discovery: await discoverMetadata(gateway) });
}

function refuseDuplicate(call: OrganizationCall, name: string, own?: string): void {
  if (call.behaviour.duplicateNames === "allowed") return;
  const holder = call.store.gateways(call.organization.id).find((one) => one.name === name && one.id !== own);
  if (holder !== undefined) throw new Refusal(409, "conflict", `Gateway ${holder.id} has the name "${name}" already.`);
}

function invalid(field: string, message: string): Refusal {
  return new Refusal(422, "validation_failed", `${field}: ${message}`, [{ field, message }]);
}
