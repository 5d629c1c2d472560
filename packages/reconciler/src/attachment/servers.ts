import { type AttachmentDocument, isApiError, type ServerDocument } from "@mcpstack/api-client";
import type { Attachment, AttachmentState } from "@mcpstack/model";
import type { Run } from "../run";
import type { Found } from "./find";

/** One resource of the program that says which gateway a server uses. */
export interface PlannedUse {
  /** The server as the program names it. */
  readonly serverId: string;
  readonly gatewayId?: string | undefined;
  readonly publicId?: string | undefined;
}

/** What a look in a plan found. */
export interface Look extends Found {
  /** Whether a sign that the attachment is this program's own was waited for in vain. */
  readonly isWaitedOut: boolean;
}

/**
 * What the operations of one run tell each other about servers. A server has one attachment, whatever its resources are called and in whatever
 * order an engine deletes the old and creates the new one. Servers are known by their ids here.
 */
export class RunServers {
  /** What this run attached. A resource under an older name must not detach it again. */
  readonly attached = new Map<string, AttachmentState>();
  /** What this run detached, as it was. A successor keeps its route and what else it carried. */
  readonly detached = new Map<string, AttachmentDocument>();
  /** What creates wanted that were refused, since the server was attached. */
  readonly refused = new Map<string, Attachment>();
  /** Servers that a delete of this run left attached, since another resource keeps them. */
  readonly left = new Set<string>();
  /** Names under which a state knows a server and that do not lead to it any more, with its id. */
  readonly strayed = new Map<string, string>();
  /** Servers whose attachment is in this program's own state, as far as a read or a planned delete has told. */
  readonly #own = new Set<string>();
  /** Servers whose attachment a resource of this program has and keeps, as far as a plan has told. */
  readonly #kept = new Set<string>();
  /** Entries of the state that are planned to be deleted. */
  readonly #leaving = new Map<string, AttachmentState>();
  /** The last of the writes to a server that exclude each other. */
  readonly #writes = new Map<string, Promise<unknown>>();
  readonly #ids = new Map<string, string>();
  readonly #claimedNames = new Map<string, PlannedUse>();
  readonly #claimedIds = new Map<string, PlannedUse>();
  /** Claims by a name of which it is not known yet which server it means. */
  readonly #open: PlannedUse[] = [];
  /** Claimed names of resources that a state has, and that were not planned twice yet. */
  readonly #mayBeReplaced = new Set<string>();
  readonly #watching = new Map<string, Set<() => void>>();
  readonly #awaited = new Map<string, () => void>();
  readonly #waiting = new Map<string, { readonly begin: () => void; readonly done: Promise<boolean> }>();
  /** What the last look in a plan found, for the create that follows it at once. */
  readonly #looks = new Map<string, Look>();
  #mustList = false;
  #listing: Promise<void> | undefined;

  /** Remembers which server a name means. */
  learn(name: string, id: string | undefined): void {
    if (id === undefined) return;
    this.#ids.set(name, id);
    this.#ids.set(id, id);
  }

  learnDocument({ id, slug }: ServerDocument): void {
    this.learn(id, id);
    if (slug !== undefined) this.learn(slug, id);
  }

  /** The id of the server that a name means, as far as an answer of this run has told. */
  knownId(name: string): string | undefined {
    return this.#ids.get(name);
  }

  isOwn(id: string): boolean {
    return this.#own.has(id);
  }

  /** The id of the server that a state stands for; its name where no answer has told. */
  idOf({ resolvedId, serverId }: AttachmentState): string {
    return resolvedId ?? this.knownId(serverId) ?? serverId;
  }

  /** An attachment of this program's own state. */
  addOwn(state: AttachmentState): void {
    const id = this.idOf(state);
    this.#own.add(id);
    for (const seen of this.#watching.get(id) ?? []) seen();
  }

  /**
   * A resource that keeps its server. True where the delete of another entry of the state for the same attachment is planned, or at work, and
   * could not be told: what is left of a replacement or of a rename that was applied in part. The attachment must then be written once more.
   */
  keep(state: AttachmentState): boolean {
    const id = this.idOf(state);
    this.#kept.add(id);
    return this.#leaving.get(id)?.gatewayId === state.gatewayId;
  }

  /** It is replaced after all: its own delete is not that of another entry. */
  replace(name: string): void {
    this.#kept.delete(this.knownId(name) ?? name);
  }

  /** An entry of the state that is deleted. True where a resource of the program keeps the server, which then must stay attached. */
  leave(state: AttachmentState): boolean {
    const id = this.idOf(state);
    this.#leaving.set(id, state);
    return this.#kept.has(id);
  }

  /** Does one write to a server after the other, each on top of what the one before left. */
  async exclusively<Written>(id: string, write: () => Promise<Written>): Promise<Written> {
    const before = this.#writes.get(id);
    const written = before === undefined ? write() : before.then(write);
    this.#writes.set(
      id,
      written.catch(() => undefined),
    );
    return written;
  }

  /** Waits for a sign that the attachment of a server is this program's own; the time is in ms. */
  async ownWithin(id: string, ms: number, signal?: AbortSignal): Promise<boolean> {
    if (this.isOwn(id) || ms <= 0) return this.isOwn(id);
    const watching = this.#watching.get(id) ?? new Set();
    this.#watching.set(id, watching);
    await within(ms, signal, (seen) => {
      watching.add(seen);
      return () => {
        watching.delete(seen);
        if (watching.size === 0) this.#watching.delete(id);
      };
    });
    return this.isOwn(id);
  }

  /**
   * Waits for this run's own delete of a server's attachment, which then leaves the server to whoever waits. True where it came.
   *
   * @param done - whether the server was attached anew; the delete waits for it, and detaches where it was not.
   */
  deleteWithin(id: string, ms: number, done: Promise<boolean>, signal?: AbortSignal): Promise<boolean> {
    if (ms <= 0) return Promise.resolve(false);
    return within(ms, signal, (seen) => {
      this.#waiting.set(id, { begin: seen, done });
      this.#awaited.get(id)?.();
      return () => this.#waiting.delete(id);
    });
  }

  /**
   * Leaves a server to the create that waits for it, or whose plan is at that. True where that create attached it.
   *
   * @param ms - for how long that create is waited for in its turn.
   */
  async handOver(state: AttachmentState, id: string, ms: number): Promise<boolean> {
    const isPlanned = this.#watching.has(id);
    this.addOwn(state);
    if (isPlanned && !this.#waiting.has(id)) await this.#awaitedWithin(id, ms);
    const waiting = this.#waiting.get(id);
    waiting?.begin();
    return (await waiting?.done) ?? false;
  }

  #awaitedWithin(id: string, ms: number): Promise<boolean> {
    return within(ms, undefined, (seen) => {
      this.#awaited.set(id, seen);
      return () => this.#awaited.delete(id);
    });
  }

  keepLook(name: string, look: Look): void {
    this.#looks.set(name, look);
  }

  /** The last look, once. */
  takeLook(name: string): Look | undefined {
    const look = this.#looks.get(name);
    this.#looks.delete(name);
    return look;
  }

  /**
   * Takes a server for a resource of the program. The one that claimed it before, where there is one. Where a name does not tell which server
   * it means, and is not one that a state has, the list of servers is read, once.
   */
  async claim(run: Run, use: PlannedUse, known: { id?: string | undefined; isInState: boolean; isEdited: boolean }) {
    const { serverId } = use;
    const named = this.#claimedNames.get(serverId);
    if (named) return named;
    this.#claimedNames.set(serverId, use);
    if (known.isInState) this.#mayBeReplaced.add(serverId);
    const id = known.id ?? this.knownId(serverId);
    if (id === undefined) this.#open.push(use);
    this.#mustList ||= id === undefined && (known.isEdited || !known.isInState);
    if (this.#mustList && this.#claimedNames.size > 1) {
      await this.list(run);
      // In the order in which they came: the second one is refused, whichever of the two is known by its id.
      for (const open of this.#open.splice(0)) this.#claimId(this.knownId(open.serverId), open);
    }
    this.#claimId(id, use);
    const mine = id ?? this.knownId(serverId);
    const first = mine === undefined ? use : this.#claimedIds.get(mine);
    return first === use ? undefined : first;
  }

  /** Whether a resource of the program, as far as it was planned, names its server so. */
  isClaimed(name: string): boolean {
    return this.#claimedNames.has(name);
  }

  /** Remembers which server a claimed name means. The resource that claimed that server by another name, where there is one. */
  claimedByAnotherName(name: string, id: string | undefined): PlannedUse | undefined {
    this.learn(name, id);
    const use = this.#claimedNames.get(name);
    if (use === undefined || id === undefined) return undefined;
    this.#claimId(id, use);
    const first = this.#claimedIds.get(id);
    return first?.serverId === name ? undefined : first;
  }

  #claimId(id: string | undefined, use: PlannedUse): void {
    if (id !== undefined && !this.#claimedIds.has(id)) this.#claimedIds.set(id, use);
  }

  /**
   * Whether this is a resource of the state that was planned before and is now planned once more, to be replaced: it says just the same of
   * its server. True once for each.
   */
  isReplacement(use: PlannedUse): boolean {
    const claimed = this.#claimedNames.get(use.serverId);
    const isAlike = claimed?.gatewayId === use.gatewayId && claimed?.publicId === use.publicId;
    return isAlike && this.#mayBeReplaced.delete(use.serverId);
  }

  /** Learns which servers there are, once. A list that cannot be had tells nothing: the API itself is asked again before anything is written. */
  list(run: Run): Promise<void> {
    this.#listing ??= run.api.listServers().then(
      (servers) => {
        // What another list says of names is said of another organization's servers.
        for (const server of servers) if (!server.foreign) this.learnDocument(server);
      },
      (error: unknown) => {
        if (!isApiError(error)) throw error;
      },
    );
    return this.#listing;
  }
}

/** True where what is subscribed to is seen in time. */
function within(ms: number, signal: AbortSignal | undefined, subscribe: (seen: () => void) => () => void) {
  return new Promise<boolean>((resolve) => {
    const end = (seen: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      unsubscribe();
      resolve(seen);
    };
    const stop = () => end(false);
    const timer = setTimeout(stop, ms);
    const unsubscribe = subscribe(() => end(true));
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop);
  });
}

/** The id of a server by its name, out of its own document where no answer of this run has told. Undefined where it is not there. */
export async function serverIdOf(run: Run, name: string, signal?: AbortSignal): Promise<string | undefined> {
  const known = run.servers.knownId(name);
  if (known !== undefined) return known;
  try {
    const server = await run.api.getServer(name, { signal, mayHaveError: true });
    run.servers.learnDocument(server);
    run.servers.learn(name, server.id);
    return server.id;
  } catch (error) {
    if (isApiError(error, "not_found")) return undefined;
    throw error;
  }
}
