import { type Attachment, type AttachmentState, sameJson } from "@mcpstack/model";
import { attachedHere, foreseeKept, isSameServer, planAttachment } from "@mcpstack/reconciler";
import { movesOrganization } from "../connection/moves";
import { runFor } from "../connection/runs";
import { connectionValues } from "../connection/validate";
import type { DiffResult } from "../engine/contract";
import { hasUnknown, knownOnly, type Properties, unknownNames } from "../values";
import { attachmentFrom, attachmentNames, stateFrom } from "./properties";

/** Says whether anything changes, and whether it takes another attachment: a server is detached before another is attached. */
export async function diffAttachment(id: string, olds: Properties, news: Properties): Promise<DiffResult> {
  const unknown = unknownNames(news, attachmentNames);
  const prior = stateFrom(olds, id);
  const desired = attachmentFrom(knownOnly(news));
  const isSame = await isOneServer(prior, desired, news);
  const { edited, replaced } = planAttachment({ prior, desired, unknown, isSameServer: isSame });
  // The engine deletes last: an older entry for the same server finds that this one keeps it.
  if (isSame && replaced.length === 0 && isOfProgram(news)) foreseeKept(runFor(news.connection), prior);
  const connection = !sameJson(connectionValues(olds.connection), connectionValues(news.connection));
  const moved = (await movesOrganization(olds, news)) ? ["connection"] : [];
  return { changes: edited.length > 0 || connection, replaces: [...replaced, ...moved], deleteBeforeReplace: true };
}

/**
 * Whether the program has the resource: a check comes first then. A refresh compares what it has read as well, also of what the program has
 * no more, in the process that deletes it afterwards.
 */
function isOfProgram({ serverId, connection }: Properties): boolean {
  return typeof serverId === "string" && runFor(connection).servers.isClaimed(serverId);
}

/** Whether the program names the server that the state stands for. Another resource of the program that names it is refused. */
async function isOneServer(prior: AttachmentState, desired: Partial<Attachment>, news: Properties): Promise<boolean> {
  if (hasUnknown(news.connection) || desired.serverId === undefined) return false;
  const run = runFor(news.connection);
  const isSame = await isSameServer(run, prior, desired.serverId);
  // A check knows no outputs, in which it is remembered which server a name means.
  const first = isSame ? run.servers.claimedByAnotherName(desired.serverId, prior.resolvedId) : undefined;
  if (first) throw attachedHere({ ...desired, serverId: desired.serverId }, first);
  return isSame;
}
