import { type AttachmentDocument, assertProvesAbsence } from "@mcpstack/api-client";
import type { CallOptions, Run } from "../run";
import { agreedId } from "./identity";

/** The attachment of a server that no state knows. */
export interface Found {
  /** Null only where no gateway's list of servers names the server. */
  readonly document: AttachmentDocument | null;
  /** The id of the server, where it is known. */
  readonly resolvedId: string | undefined;
}

/**
 * Looks what a server is attached to, where no state knows of a gateway that could contradict. Attaching it would move it away from where it is,
 * so that a 404 alone is not believed: the gateways that there were when this run began must not list it, and are asked once a run.
 *
 * @throws ApiError `unexpected_answer` where a gateway lists a server that is said to be attached to nothing, or where the answer is about
 * another server
 */
export async function findAttachment(run: Run, serverId: string, options: CallOptions = {}): Promise<Found> {
  const document = await run.owned(run.api.getAttachment(serverId, options), options);
  if (document) return { document, resolvedId: await agreedId(run, serverId, document.serverId, options) };
  await assertUnlisted(run, serverId, options);
  return { document, resolvedId: run.servers.knownId(serverId) };
}

async function assertUnlisted(run: Run, serverId: string, options: CallOptions): Promise<void> {
  assertProvesAbsence(
    await run.listedBefore(),
    `Whether the server ${serverId}, which was answered as attached to nothing, is listed by a gateway`,
  );
  const gateways = [...(await run.gatewaysBefore()).keys()].filter((id) => !run.deleted.has(id));
  if (gateways.length === 0) return;
  if (run.servers.knownId(serverId) === undefined) await run.servers.list(run);
  const id = run.servers.knownId(serverId);
  // What this run detached, it saw detached.
  if (run.servers.detached.has(id ?? serverId)) return;
  await run.reads.assertUnlisted([serverId, id], gateways, options);
}
