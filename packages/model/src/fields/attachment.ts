import { z } from "zod";
import { publicId } from "../public-id";
import type { Field } from "./field";
import { text } from "./values";

/** Which gateway a server uses. A server has at most one. */
export const attachmentFields = {
  serverId: {
    type: "string",
    description: "Id or slug of the MCP server. Another server means another attachment.",
    presence: "required",
    meaning: "exact",
    schema: text.regex(/^[^\s/?#]+$/, { error: "must be a server's id or slug: one word without / ? or #" }),
    replaces: true,
    example: "petalpal-api",
  },
  gatewayId: {
    type: "string",
    description: "Id of the gateway that the server uses.",
    presence: "required",
    meaning: "exact",
    schema: text.regex(/^[^\s/?#]+$/, { error: "must be a gateway's id: one word without / ? or #" }),
    apiNames: ["gatewayId"],
  },
  publicId: {
    type: "string",
    description:
      "Name of the server's public route. Choose it to know the callback URL before anything exists (`callback_url` function); left out, " +
      "the service chooses. Changing it changes the MCP URL, the public issuer and the callback URL.",
    presence: "optionalComputed",
    meaning: "exact",
    schema: publicId,
    apiNames: ["publicId"],
    example: "gw_petalpal-api",
  },
  id: {
    type: "string",
    description: "Id of the attachment: the server's id or slug, as `server_id` gives it.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  organizationId: {
    type: "string",
    description: "Id of the organization that owns it. It guards against a credential for another organization.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  mcpUrl: {
    type: "string",
    description: "URL at which MCP clients reach the server.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  callbackUrl: {
    type: "string",
    description: "Callback URL to register at the identity provider, exactly as it stands here.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
} as const satisfies Record<string, Field>;

/** An attachment as the program wrote it. */
export interface Attachment {
  readonly serverId: string;
  readonly gatewayId: string;
  readonly publicId?: string | undefined;
}

/** An attachment as an engine's state keeps it. */
export interface AttachmentState {
  readonly id: string;
  readonly organizationId: string;
  /** As the program, or whoever imported it, named the server: its id or its slug. */
  readonly serverId: string;
  /** The id of that server, kept beside what a person sees: a slug can be renamed. Undefined where no answer has told it yet. */
  readonly resolvedId?: string | undefined;
  /** When this project last wrote it, in milliseconds since 1970, kept beside what a person sees. Undefined where nobody remembers. */
  readonly writtenAt?: number | undefined;
  readonly gatewayId: string;
  /** Undefined only where the API names none. */
  readonly publicId?: string | undefined;
  readonly mcpUrl?: string | undefined;
  readonly callbackUrl?: string | undefined;
}
