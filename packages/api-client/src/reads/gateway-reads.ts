import { isEmpty } from "@mcpstack/model";
import type { ApiClient } from "../api-client";
import { Coalesced } from "../coalescing/coalesced";
import type { AttachmentDocument } from "../documents/attachment";
import type { GatewayDocument } from "../documents/gateway";
import { assertProvesAbsence, type ListedGateways, onePage } from "../documents/listed-gateway";
import type { ServerDocument } from "../documents/server";
import { ApiError, type ErrorCode, isApiError } from "../errors/api-error";
import { assertOwnList } from "../lists/proves-absence";
import type { CallOptions, ReadOptions } from "../transport/call";
import { failureBesideDocument } from "../transport/failure-said";
import { provesWhole } from "./whole-items";

interface Gateways extends ListedGateways {
  readonly byId: ReadonlyMap<string, GatewayDocument>;
}

export interface AttachmentReadOptions extends ReadOptions {
  /** The gateway that the server is known to have been attached to, which must agree that it is not any more. Default: none is known. */
  readonly gatewayId?: string | undefined;
}

/** So many gateways are read by themselves before it is worth asking whether a list can stand for them. */
const readsBeforeListing = 2;

/**
 * The reads of one run, with as few requests as can be trusted: each gateway is read once, or, where lists are proved whole, answered from
 * one list (DESIGN, "Three documents"). Nothing counts as gone on the word of a single answer.
 */
export class GatewayReads {
  readonly #client: ApiClient;
  readonly #documents = new Coalesced<GatewayDocument | null>();
  readonly #lists = new Coalesced<Gateways | null>();
  readonly #serversOf = new Coalesced<readonly ServerDocument[]>();
  /** What was read by its id, to be compared with list items. */
  #read = new Map<string, GatewayDocument>();
  #asked = new Set<string>();
  /** Written since the list was read, so that the list says nothing about them. */
  #written = new Set<string>();
  /** The last list that was read to its end. */
  #complete: Gateways | undefined;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /**
   * A gateway, or null where it is gone.
   *
   * @throws ApiError also where a 404 cannot be believed: a proxy's page, or an organization that does not answer.
   */
  async get(id: string, options?: CallOptions): Promise<GatewayDocument | null> {
    this.#asked.add(id);
    if (this.#asked.size > readsBeforeListing && !this.#read.has(id) && !this.#written.has(id)) {
      const listed = (await this.#wholeList(options))?.byId.get(id);
      // An item with an error beside it may lack what failed, as one that was not read whole: its own document tells.
      const isWhole = listed && !listed.unread && !failureBesideDocument(listed.raw);
      if (isWhole && !this.#written.has(id)) return listed;
    }
    return this.#own(id, options);
  }

  /** The ids of all gateways as they were when this run first asked: what there was before its first create. */
  async listed(options?: CallOptions): Promise<ReadonlySet<string>> {
    return new Set((await this.#list(options)).byId.keys());
  }

  /**
   * Whether a gateway whose read, update or delete was answered with `not_found` is gone: the organization's list must answer, and not name
   * it.
   *
   * @param status - what was answered. Default: 404.
   * @throws ApiError where the list fails, or still names the gateway. Never `not_found`.
   */
  async gone(id: string, options?: CallOptions, status?: number): Promise<true> {
    if (!(await this.isListed(id, options))) return true;
    throw contradicted(`The gateway ${id}`, "gateways", "this gateway", status);
  }

  /**
   * Whether the organization's list names a gateway, as it is now.
   *
   * @throws ApiError where the list fails, has an item that may be this gateway, or is not this organization's. Never `not_found`.
   */
  async isListed(id: string, options?: CallOptions): Promise<boolean> {
    const named = async () => {
      const list = await this.#believedList(id, options);
      if (list.byId.has(id)) return true;
      assertProvesAbsence(list, `Whether the gateway ${id} is gone`);
      return false;
    };
    // An older list says nothing about a gateway written since, and a newer one may not name it any more.
    if (this.#written.has(id)) this.#forgetList();
    if (!(await named())) return false;
    this.#forgetList();
    return named();
  }

  /**
   * What a server is attached to, or null. Null only where the server itself answers, or else its organization's list of servers does and
   * does not name it: a server that the credential cannot see looks like one without a gateway. And neither null nor another gateway where
   * the gateway that it is known to have had lists it. With `mayHaveError`, one whose document has an error and does not tell whose it is, or that is answered 5xx, is the
   * one of that gateway where that lists the server.
   *
   * @throws ApiError `unexpected_answer` where a list contradicts. Never `not_found`.
   */
  async attachment(serverId: string, options: AttachmentReadOptions = {}): Promise<AttachmentDocument | null> {
    const { gatewayId } = options;
    const attachment = await this.#client
      .getAttachment(serverId, options)
      .catch(async (error: unknown): Promise<AttachmentDocument> => {
        if (!options.mayHaveError || !gatewayId || !isApiError(error) || !isOwnError(error)) throw error;
        if (!isNamed(await this.servers(gatewayId, options), [serverId])) throw error;
        return { gatewayId, failure: error, isBare: true, raw: {} };
      });
    if (attachment !== null) {
      if (gatewayId && attachment.gatewayId !== gatewayId)
        await this.#gatewayHasNot(
          [serverId, attachment.serverId],
          gatewayId,
          options,
          `to the gateway ${attachment.gatewayId}`,
        );
      return attachment;
    }
    const server = await this.#serverWithout(serverId, options);
    // What a gateway lists of a server that is gone itself, in its own answer and in its organization's list, is out of date.
    if (gatewayId && server) await this.#gatewayHasNot([serverId, server.id], gatewayId, options, "to nothing");
    return null;
  }

  /**
   * Fails where the list of servers of a gateway names a server whose attachment was answered with nothing, and names it still when it is read
   * anew. Each list is read once a run; one that the credential may not see, or whose gateway is gone, says nothing.
   *
   * @param names - id and slug of the server, as far as they are known; the first one stands in the error.
   * @throws ApiError `unexpected_answer`, or why a list cannot be had
   */
  async assertUnlisted(
    names: readonly (string | undefined)[],
    gatewayIds: readonly string[],
    options: CallOptions = {},
  ): Promise<void> {
    const naming = await Promise.all(
      gatewayIds.map(async (id) => {
        const listed = await this.#serversOf.get(id, `Listing the servers of the gateway ${id}`, options, (signal) =>
          this.servers(id, { signal }, "forbidden"),
        );
        if (isNamed(listed, names)) return [id];
        assertOwnList(listed, "servers", whether(names, id));
        return [];
      }),
    );
    for (const id of naming.flat()) await this.#gatewayHasNot(names, id, options, "to nothing");
  }

  /** The servers that a gateway lists now. One that is not there has none, as after any other error in `silent`. */
  async servers(gatewayId: string, options: CallOptions, ...silent: ErrorCode[]): Promise<ServerDocument[]> {
    try {
      return await this.#client.gatewayServers(gatewayId, options);
    } catch (error) {
      if (isApiError(error, "not_found", ...silent)) return [];
      throw error;
    }
  }

  /** After a write of a gateway: the next read asks the API. */
  forget(id: string): void {
    this.#written.add(id);
    this.#read.delete(id);
    this.#documents.delete(id);
  }

  /** Begins anew. */
  forgetAll(): void {
    this.#documents.clear();
    this.#lists.clear();
    this.#serversOf.clear();
    this.#read = new Map();
    this.#asked = new Set();
    this.#written = new Set();
    this.#complete = undefined;
  }

  #forgetList(): void {
    this.#lists.delete("all");
    this.#complete = undefined;
  }

  /** The server whose attachment was answered with nothing; undefined where it is gone itself. */
  async #serverWithout(serverId: string, options: CallOptions): Promise<ServerDocument | undefined> {
    try {
      return await this.#client.getServer(serverId, { ...options, mayHaveError: true });
    } catch (error) {
      if (!isApiError(error, "not_found")) throw error;
      const servers = await this.#believing(`the attachment of the server ${serverId}`, "servers", () =>
        this.#client.listServers(options),
      );
      if (servers.some(({ id, slug }) => id === serverId || slug === serverId))
        throw contradicted(`The server ${serverId}`, "servers", "this server", error.status);
      assertOwnList(servers, "servers", `Whether the server ${serverId} is gone`);
      return undefined;
    }
  }

  /** A gateway that is gone lists nothing, and contradicts nothing. */
  async #gatewayHasNot(
    names: readonly unknown[],
    gatewayId: string,
    options: CallOptions,
    answered: string,
  ): Promise<void> {
    const servers = await this.servers(gatewayId, options);
    if (!isNamed(servers, names)) return assertOwnList(servers, "servers", whether(names, gatewayId));
    throw new ApiError({
      code: "unexpected_answer",
      summary: `The server ${names[0]} was answered as attached ${answered}, but the list of servers of the gateway ${gatewayId} names it.`,
      hint: "It does not count as detached, and nothing was changed. Try again; if it stays so, look at the server in MCP Stack.",
    });
  }

  #own(id: string, options: CallOptions | undefined): Promise<GatewayDocument | null> {
    return this.#documents.get(id, `Reading the gateway ${id}`, options, async (signal) => {
      try {
        const document = await this.#client.getGateway(id, { signal });
        if (saysDeleted(document) && !(await this.isListed(id, { signal }))) return null;
        this.#read.set(id, document);
        return document;
      } catch (error) {
        if (!isApiError(error, "not_found")) throw error;
        await this.gone(id, { signal }, error.status);
        return null;
      }
    });
  }

  /** The list that can stand for the documents, or null where it cannot. */
  #wholeList(options: CallOptions | undefined): Promise<Gateways | null> {
    return this.#lists.get("whole", "Listing the gateways", options, async (signal) => {
      try {
        return await this.#proveList(signal);
      } catch (error) {
        // A list that cannot be had is a list that cannot be trusted; reading each gateway says what is wrong, if anything is.
        if (isApiError(error) && !signal.aborted) return null;
        throw error;
      }
    });
  }

  async #proveList(signal: AbortSignal): Promise<Gateways | null> {
    const pages: ListedGateways[] = [];
    for await (const page of this.#client.gatewayPages({ signal })) {
      const isFirst = pages.every(({ gateways }) => gateways.length === 0);
      if (isFirst && !(await this.#isWhole(page.gateways, signal))) return null;
      pages.push(page);
    }
    return this.#ended(onePage(pages));
  }

  /** Compares the items whose documents are known, or else the first one after reading its document. */
  async #isWhole(page: readonly GatewayDocument[], signal: AbortSignal): Promise<boolean> {
    const items = page.filter(({ unread }) => unread === undefined);
    const known = items.filter((item) => this.#read.has(item.id));
    const witnesses = known.length > 0 ? known : items.slice(0, 1);
    for (const item of witnesses) {
      const document = this.#read.get(item.id) ?? (await this.#own(item.id, { signal }));
      if (!document || !provesWhole(item, document)) return false;
    }
    return witnesses.length > 0;
  }

  async #list(options: CallOptions | undefined): Promise<Gateways> {
    if (this.#complete) return this.#complete;
    const listed = await this.#lists.get("all", "Listing the gateways", options, async (signal) => {
      return this.#ended(await this.#client.listGateways({ signal }));
    });
    return listed ?? withIds(onePage([]));
  }

  #ended(listed: ListedGateways): Gateways {
    const gateways = withIds(listed);
    this.#complete ??= gateways;
    return gateways;
  }

  #believedList(id: string, options: CallOptions | undefined): Promise<Gateways> {
    return this.#believing(`the gateway ${id}`, "gateways", () => this.#list(options));
  }

  /** Turns the 404 of an organization's list into an error that nobody takes for the 404 of the thing itself. */
  async #believing<T>(what: string, kind: string, list: () => Promise<T>): Promise<T> {
    try {
      return await list();
    } catch (error) {
      if (!isApiError(error, "not_found")) throw error;
      throw new ApiError({
        code: "organization_not_found",
        status: error.status,
        method: error.method,
        path: error.path,
        summary: `Whether ${what} is gone cannot be said: the organization's own list of ${kind} was answered ${error.status} too.`,
        hint: "The credential or the organization is probably a wrong one. Nothing was changed.",
      });
    }
  }
}

/** Whether it may be the thing itself that failed: its document says so, or the service fails over it each time. */
function isOwnError({ isInDocument, code, status = 0 }: ApiError): boolean {
  return isInDocument || (code === "unavailable" && status >= 500);
}

function withIds(listed: ListedGateways): Gateways {
  return { ...listed, byId: new Map(listed.gateways.map((gateway) => [gateway.id, gateway])) };
}

/**
 * Whether a document says that its gateway is deleted, as services do that keep what was deleted for a while. It is not believed alone: the
 * list must not name it either.
 */
function saysDeleted({ status, raw }: GatewayDocument): boolean {
  if (/^(?:soft[-_ ]?)?(?:deleted|removed|destroyed|purged)$/i.test(status ?? "")) return true;
  return raw.isDeleted === true || raw.deleted === true || [raw.deletedOn, raw.deletedAt].some((at) => !isEmpty(at));
}

function whether([name]: readonly unknown[], gatewayId: string): string {
  return `Whether the server ${name} is attached to the gateway ${gatewayId}`;
}

function isNamed(servers: readonly ServerDocument[], names: readonly unknown[]): boolean {
  return servers.some(({ id, slug }) => names.includes(id) || (slug !== undefined && names.includes(slug)));
}

function contradicted(what: string, kind: string, thing: string, status = 404): ApiError {
  return new ApiError({
    code: "unexpected_answer",
    summary: `${what} was answered ${status}, but the organization's list of ${kind} names it.`,
    hint: `It does not count as gone. Try again; if it stays so, the credential may see the list but not ${thing}.`,
  });
}
