import { type ApiError, assertOwnList, isApiError, type ServerDocument } from "@mcpstack/api-client";
import type { Json } from "@mcpstack/model";
import { findAttachment } from "../attachment/find";
import { ReconcileError } from "../errors";
import type { CallOptions, Run } from "../run";
import { believedList } from "./believed-list";
import { byCodePoint } from "./order";

/** A hosted MCP server, and the gateway that it uses. */
export interface FoundServer {
  readonly id: string;
  readonly slug?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly runtimeType?: string | undefined;
  /** The gateway that the server is attached to, if any. */
  readonly gatewayId?: string | undefined;
  /** Name of its public route, if it is attached. */
  readonly publicId?: string | undefined;
  /** Names of its tools, sorted by code point. */
  readonly tools: readonly string[];
}

/**
 * Looks up a server by its id or slug. One that is attached to nothing is found, without a gateway.
 *
 * @throws ReconcileError `server_not_found`, ApiError
 */
export async function findServer(run: Run, idOrSlug: string, options: CallOptions = {}): Promise<FoundServer> {
  const own = await ownDocument(run, idOrSlug, options);
  run.servers.learnDocument(own);
  const { id, slug, name, status, tools, raw } = own;
  const { document: attachment } = await findAttachment(run, idOrSlug, options);
  const { runtimeType } = raw;
  return {
    id,
    slug,
    name,
    status,
    runtimeType: typeof runtimeType === "string" ? runtimeType : undefined,
    gatewayId: attachment?.gatewayId,
    publicId: attachment?.publicId,
    tools: tools.flatMap(toolName).sort(byCodePoint),
  };
}

/**
 * A server's own document, by its id or slug.
 *
 * @throws ReconcileError `server_not_found`, ApiError
 */
export async function ownDocument(run: Run, idOrSlug: string, options: CallOptions): Promise<ServerDocument> {
  try {
    return await run.api.getServer(idOrSlug, options);
  } catch (error) {
    if (!isApiError(error, "not_found")) throw error;
    throw await missing(run, idOrSlug, error, options);
  }
}

async function missing(run: Run, idOrSlug: string, error: ApiError, options: CallOptions): Promise<Error> {
  const servers = await believedList(() => run.api.listServers(options));
  if (servers.some(({ id, slug }) => id === idOrSlug || slug === idOrSlug)) {
    return error.with({
      code: "unexpected_answer",
      summary: `The server ${idOrSlug} was answered 404, but the organization's list of servers names it.`,
      hint: "Try again; if it stays so, the credential may see the list but not this server.",
    });
  }
  assertOwnList(servers, "servers", `Whether there is a server ${JSON.stringify(idOrSlug)}`);
  return new ReconcileError(
    "server_not_found",
    `There is no server with the id or slug ${JSON.stringify(idOrSlug)} in organization ${await run.api.organizationId(options)}.`,
  );
}

function toolName(tool: Json): string[] {
  const name = typeof tool === "object" && tool !== null ? (tool as { name?: Json }).name : tool;
  return typeof name === "string" ? [name] : [];
}
