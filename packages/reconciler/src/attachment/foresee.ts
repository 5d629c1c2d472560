import { type AttachmentDocument, isApiError } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import type { Notice } from "../notice";
import type { CallOptions, Run } from "../run";
import { handOverMs } from "./create";
import { type Found, findAttachment } from "./find";
import { isJust } from "./put";
import { describedAttachment, describedTwice, keptNotice, waysOn } from "./refusals";

export interface Foreseen {
  readonly prior?: AttachmentState | undefined;
  /** What is known of what the program says. */
  readonly desired: Partial<Attachment>;
  /** The server as the program writes it, where `desired` has the spelling of the state. Default: what `desired` says. */
  readonly named?: string | undefined;
  /** Whether what the program names is the server that the state stands for. Default: only where the texts are the same. */
  readonly isSameServer?: boolean | undefined;
  /** Whether this resource was planned before and is now planned anew, to be replaced. Default: false. */
  readonly isReplacement?: boolean | undefined;
  /** Whether the program says to take over what there is. Default: false. */
  readonly adopts?: boolean | undefined;
}

export interface ForeseeOptions extends CallOptions {
  /** How long to wait for a sign that an attachment is this program's own, in ms. Default: that of a create. */
  readonly patienceMs?: number | undefined;
  /** Whether the create that follows in this process may trust the look that is taken here. Default: false. */
  readonly keepsLook?: boolean | undefined;
}

/**
 * What can be said of an attachment in a plan, before anything is written: that another resource of the program has the server (an error),
 * or that the server is attached already (a warning: a plan tells no resource of the deletes that are planned beside it, and this program's
 * own may be among them).
 *
 * @throws ApiError `unauthenticated`. What else keeps the API from being asked is left to the apply.
 */
export async function foreseeAttachment(
  run: Run,
  {
    prior,
    desired,
    named = desired.serverId,
    isSameServer = desired.serverId === prior?.serverId,
    isReplacement = false,
    adopts = false,
  }: Foreseen,
  options: ForeseeOptions = {},
): Promise<Notice[]> {
  const { serverId } = desired;
  if (serverId === undefined) return [];
  const use = { serverId, gatewayId: desired.gatewayId, publicId: desired.publicId };
  if (isReplacement) run.servers.replace(serverId);
  else {
    const id = isSameServer ? prior?.resolvedId : undefined;
    const first = await run.servers.claim(run, use, { id, isInState: prior !== undefined, isEdited: !isSameServer });
    if (first) return [notice("already_attached_here", "error", describedTwice(use, first))];
  }
  if (prior) return isSameServer && named === prior.serverId ? strayedNotices(run, prior) : [];
  if (adopts) return [];
  const { document: existing, resolvedId } = await looked(run, serverId, options);
  const id = resolvedId ?? serverId;
  if (!existing) return [];
  if (isReplacement || (await run.servers.ownWithin(id, options.patienceMs ?? handOverMs, options.signal))) return [];
  if (options.keepsLook) run.servers.keepLook(serverId, { document: existing, resolvedId, isWaitedOut: true });
  return [notice("already_attached", "warning", foretold(desired, serverId, existing))];
}

/**
 * That a slug of the program has become another server's, where a refresh of this run has found that it does not lead to the attachment's own
 * any more.
 */
async function strayedNotices(run: Run, { serverId: slug }: AttachmentState): Promise<Notice[]> {
  const id = run.servers.strayed.get(slug);
  const holder = id === undefined ? undefined : await orUndefined(run.api.getServer(slug));
  if (holder === undefined || holder.id === id) return [];
  const message =
    `The slug ${JSON.stringify(slug)} now belongs to the server ${holder.id}. This attachment stays with the server ${id}, which had ` +
    `the slug before. Write that id into the program, or the server's present slug.`;
  return [notice("slug_of_another_server", "warning", message)];
}

function foretold(desired: Partial<Attachment>, serverId: string, existing: AttachmentDocument): string {
  const found = `Server ${serverId} is attached to ${describedAttachment(existing)} already.`;
  const what = isJust(desired, existing)
    ? "That is what this resource says: an apply makes it stand for that attachment, and changes nothing. Where another program has it, leave it there."
    : "An apply refuses to attach it, unless the same plan destroys the resource that stands for that attachment.";
  return `${found} ${what} ${waysOn(serverId)}`;
}

/**
 * A planned delete: whoever is planned to have the server next is told nothing of an attachment that goes. Where another resource of the
 * program keeps the server, the delete must leave it attached.
 */
export function foreseeDetach(run: Run, prior: AttachmentState, { hear }: CallOptions = {}): { isKept: boolean } {
  run.servers.addOwn(prior);
  const isKept = run.servers.leave(prior);
  if (isKept)
    hear?.(keptNotice(prior, "The other one stays, so only the state forgets this one: the server is not detached."));
  return { isKept };
}

/**
 * A resource that keeps its server. Where the delete of another entry for the same attachment was planned before, that delete cannot be told:
 * the attachment is then written once more.
 */
export function foreseeKept(run: Run, prior: AttachmentState, { hear }: CallOptions = {}): { isLeft: boolean } {
  const isLeft = run.servers.keep(prior);
  if (isLeft) hear?.(keptNotice(prior, "This one stays, and is written once more so that the server stays attached."));
  return { isLeft };
}

async function looked(run: Run, serverId: string, options: ForeseeOptions): Promise<Found> {
  const nothing = { document: null, resolvedId: undefined };
  // Where there is no gateway, nothing is attached to any: one list stands for a look at each server.
  const listed = await orUndefined(run.listedBefore());
  if (listed && listed.gateways.length + listed.unidentified.length === 0) return nothing;
  const found = await orUndefined(findAttachment(run, serverId, options));
  if (found && options.keepsLook) run.servers.keepLook(serverId, { ...found, isWaitedOut: false });
  return found ?? nothing;
}

async function orUndefined<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isApiError(error) || error.code === "unauthenticated") throw error;
    return undefined;
  }
}

function notice(code: Notice["code"], severity: Notice["severity"], message: string): Notice {
  return { code, severity, message, path: ["serverId"] };
}
