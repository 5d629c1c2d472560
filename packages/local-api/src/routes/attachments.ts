import type { Attachment, JsonObject } from "../store/records";
import { type OrganizationCall, objectBody, type Route } from "./call";
import { present } from "./gateways";
import { json, noContent, Refusal, type Reply } from "./reply";
import { routeAddresses } from "./route-addresses";
import { serverOf } from "./servers";
import { requireVersion, versionField, withTag } from "./versions";

const path = "/mcp-servers/:serverId/gateway";

export const attachmentRoutes: Route<OrganizationCall>[] = [
  { method: "GET", path, handle: read },
  { method: "PUT", path, handle: attach },
  { method: "DELETE", path, handle: detach },
];

function read(call: OrganizationCall): Reply {
  const attachment = call.store.attachmentBefore(serverOf(call).id, call.behaviour.readLag);
  if (attachment === undefined) return nothing(call);
  return withTag(json(200, presentAttachment(call, attachment)), attachment, call.behaviour);
}

function attach(call: OrganizationCall): Reply {
  const server = serverOf(call);
  const { gatewayId, publicId } = objectBody(call);
  if (typeof gatewayId !== "string" || call.store.gateway(gatewayId)?.organizationId !== call.organization.id) {
    throw invalid("gatewayId", "must be the id of a gateway of this organization");
  }
  const { attachLag, newGateway } = call.behaviour;
  if (attachLag > 0 && call.store.gatewayBefore(gatewayId, attachLag) === undefined)
    throw newGateway === "404"
      ? new Refusal(404, "not_found", `There is no gateway "${gatewayId}".`)
      : invalid("gatewayId", "must be the id of a gateway of this organization");
  const before = call.store.attachment(server.id);
  if (before !== undefined) requireVersion(call, before);
  const wanted = readPublicId(publicId);
  const holder = wanted === undefined ? undefined : call.store.attachmentByPublicId(wanted);
  if (holder !== undefined && holder.serverId !== server.id) {
    throw new Refusal(409, "conflict", `The public id "${wanted}" is taken by another server.`);
  }
  const left = call.behaviour.attachmentLeftOut === "kept" ? before?.unknown : {};
  const isOwn = (name: string) => ownNames.has(name) || (name === "version" && call.behaviour.versions === "field");
  const written = Object.entries(objectBody(call)).filter(([name]) => !isOwn(name));
  const unknown = { ...left, ...(Object.fromEntries(written) as JsonObject) };
  const attachment = call.store.attach(server.id, { gatewayId, publicId: wanted, unknown });
  const reply = call.behaviour.attachAnswer === "204" ? noContent : json(200, presentAttachment(call, attachment));
  return withTag(reply, attachment, call.behaviour);
}

function detach(call: OrganizationCall): Reply {
  const attachment = call.store.attachment(serverOf(call).id);
  if (attachment !== undefined && call.behaviour.versions !== "field") requireVersion(call, attachment);
  return call.store.detach(serverOf(call).id) ? noContent : nothing(call);
}

/** What the service itself says in an attachment: a body that repeats it writes nothing. */
const ownNames: ReadonlySet<string> = new Set([
  "serverId",
  "organizationId",
  "gatewayId",
  "gateway",
  "publicId",
  "mcpUrl",
  "callbackUrl",
  "createdOn",
]);

function presentAttachment(call: OrganizationCall, attachment: Attachment): JsonObject {
  const { serverId, organizationId, gatewayId, publicId, createdOn, unknown } = attachment;
  const { behaviour, store } = call;
  const gateway = store.gateway(gatewayId);
  const embeds = behaviour.attachmentGateway !== "id" && gateway !== undefined;
  return {
    ...unknown,
    serverId,
    ...(behaviour.organizationId === "present" ? { organizationId } : {}),
    ...(embeds && behaviour.attachmentGateway === "embedded" ? {} : { gatewayId }),
    ...(embeds ? { gateway: present(call, gateway) } : {}),
    publicId,
    ...addresses(call, publicId),
    ...versionField(attachment, behaviour),
    createdOn,
  };
}

function addresses(call: OrganizationCall, publicId: string): JsonObject {
  const { mcpUrl, callbackUrl } = routeAddresses(call.baseUrl, publicId);
  switch (call.behaviour.attachmentAddresses) {
    case "named":
      return { mcpUrl, callbackUrl };
    case "slash":
      return { mcpUrl, callbackUrl: `${callbackUrl}/` };
    case "elsewhere": {
      const slug = serverOf(call).slug;
      return { mcpUrl: `https://${slug}.mcp.mcpstack.com/mcp`, callbackUrl: "https://mcpstack.com/oauth/callback" };
    }
    case "absent":
      return {};
  }
}

function nothing(call: OrganizationCall): Reply {
  switch (call.behaviour.nothingAttached) {
    case "404":
      throw new Refusal(404, "not_found", "No gateway is attached to this server.");
    case "204":
      return noContent;
    case "null":
      return json(200, null);
    case "gateway-id-null":
      return json(200, { serverId: serverOf(call).id, gatewayId: null });
  }
}

function readPublicId(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(value)) return value;
  throw invalid("publicId", "must be letters, digits, `-` and `_`, at most 100");
}

function invalid(field: string, message: string): Refusal {
  return new Refusal(422, "validation_failed", `${field}: ${message}`, [{ field, message }]);
}
