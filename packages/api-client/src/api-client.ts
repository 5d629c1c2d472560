import { isEmpty, type JsonObject, parseUrl, type StoredField, sameText, storedFields } from "@mcpstack/model";
import { Coalesced } from "./coalescing/coalesced";
import type { Connection } from "./connection/settle-connection";
import { type AgentDocument, decodeAgent } from "./documents/agent";
import { type AttachmentDocument, decodeAttachment } from "./documents/attachment";
import { type AttachmentWrite, encodeAttachment } from "./documents/encode-attachment";
import { apiNamesOf, decodeGateway, type GatewayDocument } from "./documents/gateway";
import { decodeGrant, type GrantDocument } from "./documents/grant";
import { fieldOfAnotherKind, type Kind } from "./documents/kind";
import { decodeListedGateways, type ListedGateways, onePage } from "./documents/listed-gateway";
import { decodeLogEvent, type LogEvent } from "./documents/log-event";
import { decodeOrganization, type Organization } from "./documents/organization";
import { isObject, type Origin, unexpected } from "./documents/parse";
import { decodeServer, type ServerDocument } from "./documents/server";
import { versionOf } from "./documents/version";
import { ApiError, isApiError } from "./errors/api-error";
import { allPages, streamPages } from "./lists/all-pages";
import type { PageWish } from "./lists/follow";
import { type ListPage, readListPage } from "./lists/list-page";
import { chooseOrganization } from "./organization/choose-organization";
import { isOfAnother, type KnownOrganization, organizationOf } from "./organization/named-organization";
import type { Secrets } from "./secrets/secrets";
import { serverWords } from "./secrets/server-words";
import {
  type CallOptions,
  type DeleteOptions,
  type ReadOptions,
  type RepeatOptions,
  segment,
  type WriteOptions,
} from "./transport/call";
import { doubtful, doubtOf } from "./transport/doubt";
import { failedBeside, failureBesideDocument, shownName } from "./transport/failure-said";
import type { Answer, WriteAnswer } from "./transport/judge-answer";
import { Transport, type TransportOptions } from "./transport/transport";

export interface LogOptions extends CallOptions {
  /** Events a request. Default: 50. */
  readonly pageSize?: number | undefined;
  /** Pages to read at most. Default: all. */
  readonly pages?: number | undefined;
}

export interface AttachOptions extends CallOptions, RepeatOptions {
  /** The attachment that the server has, whose other fields are to stay, and which is to be written over. Default: none. */
  readonly base?: AttachmentDocument | null | undefined;
}

export interface GatewayReadOptions extends WriteOptions, ReadOptions {
  /** Take the document of a gateway that has what was given as its name, too: the service may resolve names. Default: false. */
  readonly orName?: boolean | undefined;
}

/** What the answer to attaching a server tells. */
export interface AttachmentWritten {
  readonly document: AttachmentDocument | null;
  readonly written: WriteAnswer;
}

/** The MCP Stack REST API. Every method throws `ApiError` and nothing else. */
export class ApiClient {
  readonly apiUrl: string;
  readonly #transport: Transport;
  readonly #connection: Connection;
  readonly #organization = new Coalesced<KnownOrganization & { readonly isListed?: true }>();

  constructor(connection: Connection, options: TransportOptions = {}) {
    this.apiUrl = connection.apiUrl;
    this.#connection = connection;
    this.#transport = new Transport(connection, options);
  }

  /**
   * What no text of the service may show. The credential is among them, and what was ever written as `writeOnly`; add what else is known
   * to be secret before the service can repeat it.
   */
  get secrets(): Secrets {
    return this.#transport.secrets;
  }

  /** For how long a call is tried, in milliseconds. */
  get patienceMs(): number {
    return this.#transport.patienceMs;
  }

  /** The organizations that the credential sees. */
  async organizations(options?: CallOptions): Promise<Organization[]> {
    return this.#list("/api/v1/organizations", "organizations", decodeOrganization, options);
  }

  /** The id of the configured organization, or of the first one that the credential sees. Asked for once a client. */
  async organizationId(options?: CallOptions): Promise<string> {
    return (await this.#chosen(options)).id;
  }

  /**
   * Whether a document certainly names another organization than that one, by an id or a slug. False where the document names none, and where the
   * credential may not list organizations, so that its other names are not known.
   */
  async isOfAnotherOrganization(
    { organizationId, raw }: Pick<GatewayDocument, "organizationId" | "raw">,
    options?: CallOptions,
  ): Promise<boolean> {
    if (organizationId === undefined) return false;
    const chosen = await this.#chosen(options);
    return chosen.isListed === true && isOfAnother(raw, chosen);
  }

  /** Every gateway of the organization. An item promises only id, name, provider and status (API page, "Resources"). */
  async listGateways(options?: CallOptions): Promise<ListedGateways> {
    const pages: ListedGateways[] = [];
    for await (const page of this.gatewayPages(options)) pages.push(page);
    return onePage(pages);
  }

  /** The same, a page at a time and only as far as it is read. */
  async *gatewayPages(options?: CallOptions): AsyncGenerator<ListedGateways, void, undefined> {
    const path = await this.#path(options, "gateways");
    const from: Origin = { method: "GET", path };
    for await (const page of this.#pages(path, "gateways", options)) {
      const { gateways, unidentified } = decodeListedGateways(page, from);
      yield { gateways: await this.#judged(gateways, "gateway", options), unidentified };
    }
  }

  /**
   * A gateway's own document.
   *
   * @throws ApiError also `unexpected_answer` where another gateway's document is answered.
   */
  async getGateway(id: string, options?: GatewayReadOptions): Promise<GatewayDocument> {
    const path = await this.#path(options, "gateways", segment(id, "a gateway"));
    const document = await this.#get(path, decodeGateway, options);
    if (document.id !== id && !(options?.orName && sameText(document.name, id)))
      throw anotherGateway(id, document.id, path);
    // Written back, a document that was cut short would take everything else away. A name that is there and empty is one.
    if (document.name === undefined && document.raw.name !== "")
      throw unexpected({ method: "GET", path }, "it has no name");
    return document;
  }

  /**
   * Creates a gateway. Not repeated where it may have happened; then the error's `mayHaveHappened` is true. Where the answer is less than
   * what was sent, or no more, the gateway is read; where that fails, the answer is given with `partial`, and with `missing` where there is no such gateway.
   */
  async createGateway(body: JsonObject, options?: WriteOptions): Promise<GatewayDocument> {
    const path = await this.#path(options, "gateways");
    const from: Origin = { method: "POST", path };
    const answer = await this.#transport.send({ method: "POST", path, body, writeOnly: options?.writeOnly }, options);
    const created = decodeGateway(answer.json ?? idInLocation(answer, this.apiUrl), from);
    const written = aboutWrite(answer);
    if (holds(created, body) && !isEcho(created.raw, body)) return { ...created, written };
    try {
      return { ...(await this.getGateway(created.id, options)), written };
    } catch (error) {
      const missing = isApiError(error, "not_found") && { missing: true as const };
      return { ...created, written, partial: true, ...missing };
    }
  }

  /**
   * Writes a gateway's document whole. Whether the service took it over, only the document that is given back shows; of what no document
   * shows, `written.isOther` says that the answer was about something else.
   */
  async updateGateway(id: string, document: JsonObject, options?: WriteOptions): Promise<GatewayDocument> {
    const path = await this.#path(options, "gateways", segment(id, "a gateway"));
    const { writeOnly, version, beforeRepeat } = options ?? {};
    const call = { method: "PUT", path, body: document, writeOnly, version, beforeRepeat } as const;
    const answer = await this.#transport.send(call, options);
    const written = aboutWrite(answer);
    if (isObject(answer.json) && answer.json.id !== undefined) {
      const updated = decodeGateway(answer.json, { method: "PUT", path });
      if (updated.id === id && holds(updated, document)) return { ...updated, written };
    }
    const isOther = answer.json !== undefined && !isAbout(answer.json, id);
    const read = await this.#afterWrite(() => this.getGateway(id, options));
    return { ...read, written: isOther ? { ...written, isOther } : written };
  }

  /**
   * Deletes a gateway. Whether a `not_found` means that it is gone already, `GatewayReads.gone` finds out.
   *
   * @returns undefined where the answer says that it is done: 200 or 204, and nothing. Any other leaves it open, and is given.
   */
  async deleteGateway(id: string, options?: DeleteOptions): Promise<WriteAnswer | undefined> {
    return this.#delete(await this.#path(options, "gateways", segment(id, "a gateway")), options);
  }

  /** The servers that use a gateway. */
  async gatewayServers(id: string, options?: CallOptions): Promise<ServerDocument[]> {
    const path = await this.#path(options, "gateways", segment(id, "a gateway"), "servers");
    return this.#judged(await this.#list(path, "servers", decodeServer, options), "server", options);
  }

  /** What users granted through a gateway. */
  async gatewayGrants(id: string, options?: CallOptions): Promise<GrantDocument[]> {
    const path = await this.#path(options, "gateways", segment(id, "a gateway"), "grants");
    return this.#list(path, "grants", decodeGrant, options);
  }

  /** Recent auth events and tool calls of a gateway, as the service orders them; pages are read as far as they are asked for. */
  async *gatewayLogs(id: string, options: LogOptions = {}): AsyncGenerator<LogEvent, void, undefined> {
    const path = await this.#path(options, "gateways", segment(id, "a gateway"), "logs");
    const from: Origin = { method: "GET", path };
    let left = options.pages ?? Number.POSITIVE_INFINITY;
    const read = this.#pageOf(path, "logs", options);
    for await (const page of streamPages(read, from, options.pageSize ?? 50)) {
      for (const item of page) yield decodeLogEvent(item, from, this.secrets);
      if (--left <= 0) return;
    }
  }

  async listServers(options?: CallOptions): Promise<ServerDocument[]> {
    const path = await this.#path(options, "mcp-servers");
    return this.#judged(await this.#list(path, "servers", decodeServer, options), "server", options);
  }

  async getServer(idOrSlug: string, options?: ReadOptions): Promise<ServerDocument> {
    return this.#get(await this.#path(options, "mcp-servers", segment(idOrSlug, "a server")), decodeServer, options);
  }

  /**
   * What a server is attached to, or null. A web page instead of an answer is an error, never null; whether a null can be believed,
   * `GatewayReads.attachment` finds out. One with an error of its own tells whose it is also beside a flag, where it names both of its ends.
   */
  async getAttachment(serverId: string, options?: ReadOptions): Promise<AttachmentDocument | null> {
    const path = await this.#attachmentPath(serverId, options);
    try {
      return await this.#get(path, decodeAttachment, options, bareAttachment);
    } catch (error) {
      if (isApiError(error, "not_found")) return null;
      throw error;
    }
  }

  /**
   * Attaches a server to a gateway, in place of the one it may be attached to.
   *
   * @param options - `beforeRepeat` gives the attachment to send on top of another base.
   * @returns what the answer tells, which only a look can confirm; no document where it tells of none.
   * @throws ApiError also `masked_field`, before anything is sent.
   */
  async putAttachment(
    serverId: string,
    attachment: AttachmentWrite,
    options?: AttachOptions,
  ): Promise<AttachmentWritten> {
    const body = encodeAttachment(attachment, options?.base);
    const path = await this.#attachmentPath(serverId, options);
    const { version } = options?.base ?? {};
    const call = { method: "PUT", path, body, version, beforeRepeat: options?.beforeRepeat } as const;
    const answer = await this.#transport.send(call, options);
    const told = isObject(answer.json) && (answer.json.gatewayId ?? answer.json.gateway) != null;
    const document = told ? decodeAttachment(answer.json, { method: "PUT", path }) : null;
    return { document, written: aboutWrite(answer) };
  }

  /**
   * Detaches a server. Whether a `not_found` means that nothing is attached to it, `GatewayReads.attachment` finds out.
   *
   * @returns as of `deleteGateway`.
   */
  async deleteAttachment(serverId: string, options?: DeleteOptions): Promise<WriteAnswer | undefined> {
    return this.#delete(await this.#attachmentPath(serverId, options), options);
  }

  async listAgents(options?: CallOptions): Promise<AgentDocument[]> {
    return this.#list(await this.#path(options, "agents"), "agents", decodeAgent, options);
  }

  async getAgent(id: string, options?: CallOptions): Promise<AgentDocument> {
    return this.#get(await this.#path(options, "agents", segment(id, "an agent")), decodeAgent, options);
  }

  /** Ends what is under way and closes the connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Says of each item of a list of one kind whether it is certainly none of this organization. */
  async #judged<Item extends { readonly raw: JsonObject }>(
    items: readonly Item[],
    kind: Kind,
    options: CallOptions | undefined,
  ): Promise<(Item & { readonly foreign?: string })[]> {
    const chosen = await this.#chosen(options);
    return items.map((item) => {
      const field = fieldOfAnotherKind(item.raw, kind);
      if (field !== undefined) return { ...item, foreign: `has ${shownName(field)}, which no ${kind} has` };
      if (chosen.isListed !== true || !isOfAnother(item.raw, chosen)) return item;
      return {
        ...item,
        foreign: `belongs to organization ${serverWords(organizationOf(item.raw) ?? "", this.secrets)}`,
      };
    });
  }

  #chosen(options: CallOptions | undefined) {
    return this.#organization.get("", "Finding the organization", options, (signal) =>
      this.#findOrganization({ signal }),
    );
  }

  async #findOrganization(options: CallOptions) {
    const { organization, credential } = this.#connection;
    let visible: Organization[];
    try {
      visible = await this.organizations(options);
    } catch (error) {
      // A credential that may not list organizations may still work in one.
      if (organization !== undefined && isApiError(error, "forbidden", "not_found")) return { id: organization };
      throw error;
    }
    const { id, slug } = chooseOrganization(organization, visible, credential, this.secrets);
    const others = visible.filter((one) => one.id !== id).flatMap((one) => [one.id, one.slug ?? []].flat());
    return { id, slug, others, isListed: true as const };
  }

  async #path(options: CallOptions | undefined, ...below: string[]): Promise<string> {
    const organization = segment(await this.organizationId(options), "an organization");
    return ["/api/v1/organizations", organization, ...below].join("/");
  }

  #attachmentPath(serverId: string, options: CallOptions | undefined): Promise<string> {
    return this.#path(options, "mcp-servers", segment(serverId, "a server"), "gateway");
  }

  async #delete(path: string, options: DeleteOptions | undefined): Promise<WriteAnswer | undefined> {
    const { wordless, version, beforeRepeat } = options ?? {};
    const answer = await this.#transport.send({ method: "DELETE", path, wordless, version, beforeRepeat }, options);
    const isDone = answer.json === undefined && (answer.status === 200 || answer.status === 204);
    return isDone ? undefined : aboutWrite(answer);
  }

  async #get<T>(
    path: string,
    decode: (json: unknown, from: Origin) => T,
    options: (WriteOptions & ReadOptions) | undefined,
    /** What is known of what was read beside a flag that says that it failed. Default: nothing. */
    bare: (read: T) => T | undefined = () => undefined,
  ): Promise<T> {
    const answer = await this.#transport.send({ method: "GET", path, writeOnly: options?.writeOnly }, options);
    const from: Origin = { method: "GET", path };
    // What is written is built on what was read: a part of a document, or an old one, would take away or bring back what others have set.
    const doubt = doubtOf(answer, [200, 204]);
    if (doubt !== undefined) throw doubtful(from, doubt, "document");
    const said = failureBesideDocument(answer.json);
    const failure = said && failedBeside(from, said, "document", this.secrets);
    if (failure && !options?.mayHaveError) throw failure;
    const whole = failure ? decodedBeside(failure, () => decode(answer.json, from)) : decode(answer.json, from);
    const decoded = said?.isFlag ? bare(whole) : whole;
    // That there is nothing is no word about a thing that has an error.
    if (failure && (decoded === null || decoded === undefined)) throw failure;
    if (decoded === null || decoded === undefined) return whole;
    const version = versionOf(answer.headers);
    return { ...decoded, ...(version !== undefined && { version }), ...(failure && { failure }) };
  }

  async #list<T>(
    path: string,
    name: string,
    decode: (item: unknown, from: Origin) => T,
    options: CallOptions | undefined,
  ): Promise<T[]> {
    const from: Origin = { method: "GET", path };
    const all: T[] = [];
    for await (const page of this.#pages(path, name, options)) for (const item of page) all.push(decode(item, from));
    return all;
  }

  #pages(path: string, name: string, options: CallOptions | undefined): AsyncIterable<readonly unknown[]> {
    return allPages(this.#pageOf(path, name, options), { method: "GET", path });
  }

  #pageOf(path: string, name: string, options: CallOptions | undefined): (wish: PageWish) => Promise<ListPage> {
    return async (wish) => {
      const numbers = new URLSearchParams();
      for (const [key, value] of Object.entries(wish)) if (value !== undefined) numbers.set(key, String(value));
      const query = wish.query ?? numbers.toString();
      const answer = await this.#transport.send({ method: "GET", path, query }, options);
      return readListPage({ ...answer, url: `${this.apiUrl}${path}` }, { method: "GET", path }, name, this.secrets);
    };
  }

  /** Reads what a write left behind. Where that fails the write has happened all the same. */
  async #afterWrite<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!isApiError(error)) throw error;
      const summary = `The write was accepted, but what became of it could not be read: ${error.message}`;
      throw error.with({ summary, hint: undefined, mayHaveHappened: true });
    }
  }
}

/** An attachment that names both of its ends tells whose it is, whatever failed. */
function bareAttachment(read: AttachmentDocument | null): AttachmentDocument | undefined {
  return read?.serverId === undefined ? undefined : { ...read, isBare: true };
}

/** What cannot be read beside an error is a part of what failed. */
function decodedBeside<T>(failure: ApiError, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw isApiError(error) ? failure : error;
  }
}

function aboutWrite({ status, failure, open }: Answer): WriteAnswer {
  return { status, ...(failure !== undefined && { failure }), ...(open !== undefined && { open }) };
}

/** Whether an answer is the document of a gateway, however little of it, and whatever is wrapped around it. */
function isAbout(json: unknown, id: string): boolean {
  if (!isObject(json)) return false;
  return json.id === undefined
    ? [json.gateway, json.data].some((one) => isObject(one) && isAbout(one, id))
    : String(json.id) === id;
}

/** Whether a document has every stored field that was sent with a value; one cut down to its id, or to a list item, has not. */
function holds(document: GatewayDocument, sent: JsonObject): boolean {
  return storedFields.every((field: StoredField) => {
    const wanted = apiNamesOf(field).some((name) => !isEmpty(sent[name]));
    return !wanted || document.observed[field] !== undefined;
  });
}

/** Whether an answer only repeats what was sent, and so tells nothing of what the service has made of it. */
function isEcho({ id: _, ...answered }: JsonObject, sent: JsonObject): boolean {
  return Object.keys(answered).every((name) => Object.hasOwn(sent, name));
}

/** Written back, it would overwrite the one gateway with the other. */
function anotherGateway(id: string, answered: string, path: string): ApiError {
  return new ApiError({
    code: "unexpected_answer",
    method: "GET",
    path,
    summary: `The gateway ${id} was asked for, and the document of the gateway ${answered} was answered.`,
    hint: "Nothing was changed. Check the id; if it is right, something between here and the API may keep answers and mix them up.",
  });
}

/** A created gateway's id where the answer has no body but a `Location` of this API (RFC 9110 §10.2.2). */
function idInLocation({ location }: Answer, apiUrl: string): { id: string } | undefined {
  const target = location === undefined ? undefined : parseUrl(location, apiUrl);
  if (target?.origin !== new URL(apiUrl).origin) return undefined;
  const last = /\/gateways\/([^/]+)\/?$/.exec(target.pathname)?.[1];
  return last === undefined || !/^[\w.~-]+$/.test(last) ? undefined : { id: last };
}
