import type { JsonObject } from "@mcpstack/model";
import { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";
import { statesFailure } from "../transport/failure-said";
import type { AttachmentDocument } from "./attachment";
import { maskedField, maskedPath } from "./masked";
import { versionFields } from "./version";

/** What a program says of an attachment. */
export interface AttachmentWrite {
  readonly gatewayId: string;
  /** Left out, the service keeps or chooses one. */
  readonly publicId?: string | undefined;
}

/**
 * Names that an attachment's answer has for what is written here, and for what follows from it: of an older gateway or route they would
 * contradict the new one.
 */
const replacedNames: ReadonlySet<string> = new Set([
  ...["gatewayId", "gateway_id", "gateway", "publicId", "gatewayPublicId", "public_id"],
  ...["mcpUrl", "mcp_url", "callbackUrl", "callback_url"],
]);

const wayOn = "Make this change in MCP Stack, which knows the secret, or detach the server there first.";

/**
 * The document to send for an attachment, on top of the one that the server has. What nobody here knows stays as it was read: an attachment
 * may carry its own `resource` and `scopes`, and what a PUT does to an absent field is not known.
 *
 * @throws ApiError `masked_field` where a masked secret would be written back.
 */
export function encodeAttachment(write: AttachmentWrite, base?: AttachmentDocument | null): JsonObject {
  const kept = Object.entries(base?.raw ?? {}).filter(([name]) => !replacedNames.has(name));
  for (const [name, value] of kept) {
    const masked = maskedPath(value, name);
    if (masked !== undefined) throw maskedField("attachment", serverWords(masked, new Secrets()), wayOn);
  }
  const { gatewayId, publicId } = write;
  return { ...Object.fromEntries(kept), gatewayId, ...(publicId !== undefined && { publicId }) };
}

/** What can be put back of an attachment that is gone: its version, its errors and the secrets behind its masks are gone with it. */
export function restorable({ version: _, failure: __, ...document }: AttachmentDocument): AttachmentDocument {
  const kept = Object.entries(document.raw).filter(
    ([name, value]) => !versionFields.has(name) && maskedPath(value, name) === undefined && !statesFailure(name, value),
  );
  return { ...document, raw: Object.fromEntries(kept) };
}
