import type { JsonObject } from "@mcpstack/model";
import type { ApiError } from "../errors/api-error";
import { organizationOf } from "../organization/named-organization";
import { defined, firstText, isObject, type Origin, unexpected } from "./parse";

/** Which gateway a server uses, as the API answered it. */
export interface AttachmentDocument {
  /** Undefined where the document does not name its server. */
  readonly serverId?: string;
  readonly gatewayId: string;
  /** Name of the public route; taken from the addresses where it is not named by itself. */
  readonly publicId?: string;
  readonly mcpUrl?: string;
  readonly callbackUrl?: string;
  readonly organizationId?: string;
  /** The version that the service told beside the document (`ETag`). One that stands in it is in `raw`. */
  readonly version?: string | undefined;
  /** The error that the thing has and its document tells of, so that the rest of it may be missing. Only where `mayHaveError` was asked for. */
  readonly failure?: ApiError | undefined;
  /** True where an answer that failed tells, or the gateway's own list, whose it is and nothing more: nothing of it is to be written again. */
  readonly isBare?: true;
  readonly raw: JsonObject;
}

/**
 * Reads an attachment: `gatewayId`, or the id of an embedded `gateway`; `publicId` or `gatewayPublicId`. Nothing attached is nothing,
 * null, an empty object, or one whose gateway is null (API page, "What is open").
 */
export function decodeAttachment(value: unknown, from: Origin): AttachmentDocument | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw unexpected(from, "it must be an object or null");
  const raw = wrapped(value);
  const gatewayId = gatewayIdOf(raw);
  if (gatewayId === undefined) {
    if (Object.keys(raw).length === 0 || raw.gatewayId !== undefined || raw.gateway !== undefined) return null;
    throw unexpected(from, "gatewayId is missing");
  }
  const embedded = isObject(raw.gateway) ? firstText(raw.gateway, "id") : undefined;
  if (embedded !== undefined && embedded !== gatewayId)
    throw unexpected(from, `it tells of two gateways, ${gatewayId} and ${embedded}`);
  const mcpUrl = firstText(raw, "mcpUrl", "mcp_url");
  const callbackUrl = firstText(raw, "callbackUrl", "callback_url");
  return defined<AttachmentDocument>({
    serverId:
      firstText(raw, "serverId", "mcpServerId", "server_id") ??
      (isObject(raw.server) ? firstText(raw.server, "id") : undefined),
    gatewayId,
    publicId:
      firstText(raw, "publicId", "gatewayPublicId", "public_id") ?? publicIdIn(mcpUrl) ?? publicIdIn(callbackUrl),
    mcpUrl,
    callbackUrl,
    organizationId: organizationOf(raw),
    raw,
  });
}

function wrapped(value: JsonObject): JsonObject {
  for (const name of ["attachment", "data"]) {
    const inner = value[name];
    if (gatewayIdOf(value) === undefined && isObject(inner)) return inner;
  }
  return value;
}

function gatewayIdOf(raw: JsonObject): string | undefined {
  return (
    firstText(raw, "gatewayId", "gateway_id") ??
    (isObject(raw.gateway) ? firstText(raw.gateway, "id") : firstText(raw, "gateway"))
  );
}

/** The public id in an address of the public leg (API page, "Public leg"). */
function publicIdIn(address: string | undefined): string | undefined {
  const encoded = /\/api\/v1\/gateway\/([^/?#]+)\//.exec(address ?? "")?.[1];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
