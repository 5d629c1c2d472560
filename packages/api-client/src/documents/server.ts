import type { Json, JsonObject } from "@mcpstack/model";
import type { ApiError } from "../errors/api-error";
import { defined, firstText, identifiedObject, type Origin } from "./parse";

/** A hosted MCP server. */
export interface ServerDocument {
  readonly id: string;
  readonly slug?: string;
  readonly name?: string;
  readonly status?: string;
  /** Empty in lists: only a server's own document is known to hold its tools. */
  readonly tools: readonly Json[];
  /** Why it is certainly no server of this organization, as the end of a sentence. Only of items of lists. */
  readonly foreign?: string;
  /** The error that the thing has and its document tells of, so that the rest of it may be missing. Only where `mayHaveError` was asked for. */
  readonly failure?: ApiError | undefined;
  readonly raw: JsonObject;
}

export function decodeServer(value: unknown, from: Origin): ServerDocument {
  const raw = identifiedObject(value, from, "server", "mcpServer");
  return defined<ServerDocument>({
    id: raw.id,
    slug: firstText(raw, "slug"),
    name: firstText(raw, "name"),
    status: firstText(raw, "status"),
    tools: Array.isArray(raw.tools) ? (raw.tools as readonly Json[]) : [],
    raw,
  });
}
