import { randomBytes } from "node:crypto";
import type {
  Agent,
  Attachment,
  Credential,
  Grant,
  JsonObject,
  LogEvent,
  McpServer,
  Organization,
  State,
  StoredGateway,
} from "./records";
import { seedAgent, seedServer } from "./seed";

/** A call of the store that names what is not there. */
export class StoreError extends Error {
  readonly code = "LOCAL_API_STORE";
  override readonly name = "StoreError";
}

/** What a gateway can be made from or changed to by somebody else; `undefined` removes a field. */
export type GatewayPatch = {
  [K in keyof Omit<StoredGateway, "id" | "organizationId">]?: StoredGateway[K] | undefined;
};

/**
 * Everything the API knows. The routes use it, and so may a test, as somebody else who changes things behind the
 * program's back. What it answers are live records: copy one (`structuredClone`) to compare it with a later one.
 */
export class Store {
  readonly #state: State;
  /** The first organization at the start, whatever order they are put in later. */
  readonly #home: string;
  readonly #changed: (snapshot: () => State) => void;
  readonly #gateways: Map<string, StoredGateway>;
  readonly #servers: Map<string, McpServer>;
  readonly #serversBySlug: Map<string, McpServer>;
  readonly #attachments: Map<string, Attachment>;
  readonly #attachmentsByPublicId: Map<string, Attachment>;

  readonly #deleted = new Map<string, StoredGateway>();
  /** What records were, by their ids, the oldest first; undefined where there was none. */
  readonly #past = new Map<string, { readonly until: number; readonly record: object | undefined }[]>();

  /** @param changed is called after every change, before the change is answered */
  constructor(state: State, changed: (snapshot: () => State) => void) {
    this.#state = state;
    this.#home = found(state.organizations[0], "organization", "in the state").id;
    this.#changed = changed;
    this.#gateways = new Map(state.gateways.map((gateway) => [gateway.id, gateway]));
    this.#servers = new Map(state.servers.map((server) => [server.id, server]));
    this.#serversBySlug = new Map(state.servers.map((server) => [server.slug, server]));
    this.#attachments = new Map(state.attachments.map((attachment) => [attachment.serverId, attachment]));
    this.#attachmentsByPublicId = new Map(state.attachments.map((attachment) => [attachment.publicId, attachment]));
  }

  organizations(): Organization[] {
    return this.#state.organizations;
  }

  /** By id or slug. */
  organization(idOrSlug: string): Organization | undefined {
    return this.#state.organizations.find((one) => one.id === idOrSlug || one.slug === idOrSlug);
  }

  /** Credentials that are not limited to organizations see the new one. */
  addOrganization(given: Partial<Organization> = {}): Organization {
    const slug = given.slug ?? `organization-${this.#state.organizations.length + 1}`;
    const organization: Organization = {
      id: `org_${slug.replaceAll("-", "_")}`,
      slug,
      name: slug,
      planTier: "team",
      memberCount: 1,
      createdOn: new Date().toISOString(),
      publicMcpGuidesEnabled: false,
      ...given,
    };
    this.#state.organizations.push(organization);
    this.#save();
    return organization;
  }

  /** In the order of `ids`; without it, the other way round. */
  reorderOrganizations(ids?: readonly string[]): void {
    const all = this.#state.organizations;
    if (ids === undefined) all.reverse();
    else all.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    this.#save();
  }

  gateways(organizationId?: string): StoredGateway[] {
    const all = [...this.#gateways.values()];
    return organizationId === undefined ? all : all.filter((one) => one.organizationId === organizationId);
  }

  gateway(id: string): StoredGateway | undefined {
    return this.#gateways.get(id);
  }

  /** As it was some ms ago. */
  gatewayBefore(id: string, ms: number): StoredGateway | undefined {
    return this.#before(id, ms, this.#gateways.get(id)) as StoredGateway | undefined;
  }

  /** One that was deleted, as a service may go on showing it. */
  deletedGateway(id: string): StoredGateway | undefined {
    return this.#deleted.get(id);
  }

  /** As they were some ms ago. */
  gatewaysBefore(organizationId: string, ms: number): StoredGateway[] {
    if (ms <= 0) return this.gateways(organizationId);
    const ids = [...new Set([...this.#gateways.keys(), ...this.#past.keys()])];
    return ids.flatMap((id) => {
      const gateway = id.startsWith("server:") ? undefined : this.gatewayBefore(id, ms);
      return gateway?.organizationId === organizationId ? [gateway] : [];
    });
  }

  /** Of the server with that id or slug, as it was some ms ago. */
  attachmentBefore(serverIdOrSlug: string, ms: number): Attachment | undefined {
    const server = this.server(serverIdOrSlug);
    return (
      server && (this.#before(`server:${server.id}`, ms, this.#attachments.get(server.id)) as Attachment | undefined)
    );
  }

  #before(key: string, ms: number, now: object | undefined): object | undefined {
    const then = ms > 0 && this.#past.get(key)?.find(({ until }) => until > Date.now() - ms);
    return then ? then.record : now;
  }

  #keepPast(key: string, record: object | undefined): void {
    const past = this.#past.get(key) ?? [];
    past.push({ until: Date.now(), record: record && structuredClone(record) });
    this.#past.set(key, past);
  }

  gatewayByName(name: string): StoredGateway | undefined {
    return this.gateways().find((gateway) => gateway.name === name);
  }

  createGateway(given: GatewayPatch & { name: string }, organizationId = this.#home): StoredGateway {
    const now = new Date().toISOString();
    const gateway = withoutUndefined({
      providerType: "manual",
      status: "active",
      createdOn: now,
      updatedOn: now,
      unknown: {},
      secrets: {},
      destroyedSecrets: [],
      ...given,
      id: this.#newId("gtw"),
      organizationId,
    }) as StoredGateway;
    this.#keepPast(gateway.id, undefined);
    this.#gateways.set(gateway.id, gateway);
    this.#save();
    return gateway;
  }

  putGateway(id: string, patch: GatewayPatch): StoredGateway {
    const gateway = found(this.#gateways.get(id), "gateway", id);
    this.#keepPast(id, gateway);
    Object.assign(gateway, patch, { updatedOn: new Date().toISOString() });
    for (const [name, value] of Object.entries(patch)) {
      if (value === undefined) Reflect.deleteProperty(gateway, name);
    }
    this.#save();
    return gateway;
  }

  /** Leaves attachments as they are. Answers whether there was one. */
  deleteGateway(id: string): boolean {
    const gateway = this.#gateways.get(id);
    this.#keepPast(id, gateway);
    if (gateway) this.#deleted.set(id, { ...structuredClone(gateway), status: "deleted" });
    const was = this.#gateways.delete(id);
    if (was) this.#save();
    return was;
  }

  servers(organizationId?: string): McpServer[] {
    const all = [...this.#servers.values()];
    return organizationId === undefined ? all : all.filter((one) => one.organizationId === organizationId);
  }

  /** By id or slug. */
  server(idOrSlug: string): McpServer | undefined {
    return this.#servers.get(idOrSlug) ?? this.#serversBySlug.get(idOrSlug);
  }

  addServer(given: Partial<McpServer> = {}, organizationId = this.#home): McpServer {
    const server = seedServer(given, this.#servers.size, organizationId);
    this.#servers.set(server.id, server);
    this.#serversBySlug.set(server.slug, server);
    this.#save();
    return server;
  }

  /** Gives a server another slug, as somebody else may do in the product. */
  renameServer(idOrSlug: string, slug: string): McpServer {
    const server = found(this.server(idOrSlug), "server", idOrSlug);
    this.#serversBySlug.delete(server.slug);
    server.slug = slug;
    this.#serversBySlug.set(slug, server);
    this.#save();
    return server;
  }

  deleteServer(idOrSlug: string): boolean {
    const server = this.server(idOrSlug);
    if (server === undefined) return false;
    this.detach(server.id);
    this.#servers.delete(server.id);
    this.#serversBySlug.delete(server.slug);
    this.#save();
    return true;
  }

  attachments(): Attachment[] {
    return [...this.#attachments.values()];
  }

  /** Of the server with that id or slug. */
  attachment(serverIdOrSlug: string): Attachment | undefined {
    const server = this.server(serverIdOrSlug);
    return server && this.#attachments.get(server.id);
  }

  attachmentByPublicId(publicId: string): Attachment | undefined {
    return this.#attachmentsByPublicId.get(publicId);
  }

  attachmentsOf(gatewayId: string): Attachment[] {
    return this.attachments().filter((attachment) => attachment.gatewayId === gatewayId);
  }

  /** Without a public id the one that the server has is kept, else `gw_{slug}` is chosen; without unknown fields those are kept. */
  attach(
    serverIdOrSlug: string,
    given: { gatewayId: string; publicId?: string | undefined; unknown?: JsonObject | undefined },
  ): Attachment {
    const server = found(this.server(serverIdOrSlug), "server", serverIdOrSlug);
    const before = this.#attachments.get(server.id);
    const publicId = given.publicId ?? before?.publicId ?? this.#freePublicId(server);
    const holder = this.#attachmentsByPublicId.get(publicId);
    if (holder !== undefined && holder.serverId !== server.id) {
      throw new StoreError(`the public id "${publicId}" is that of server ${holder.serverId}`);
    }
    this.#keepPast(`server:${server.id}`, before);
    if (before !== undefined) this.#attachmentsByPublicId.delete(before.publicId);
    const attachment: Attachment = {
      serverId: server.id,
      organizationId: server.organizationId,
      gatewayId: given.gatewayId,
      publicId,
      createdOn: before?.createdOn ?? new Date().toISOString(),
    };
    const unknown = given.unknown ?? before?.unknown ?? {};
    if (Object.keys(unknown).length > 0) attachment.unknown = unknown;
    this.#attachments.set(server.id, attachment);
    this.#attachmentsByPublicId.set(publicId, attachment);
    this.#save();
    return attachment;
  }

  /** Answers whether there was an attachment. */
  detach(serverIdOrSlug: string): boolean {
    const attachment = this.attachment(serverIdOrSlug);
    if (attachment === undefined) return false;
    this.#keepPast(`server:${attachment.serverId}`, attachment);
    this.#attachments.delete(attachment.serverId);
    this.#attachmentsByPublicId.delete(attachment.publicId);
    this.#save();
    return true;
  }

  agents(organizationId?: string): Agent[] {
    const all = this.#state.agents;
    return organizationId === undefined ? all : all.filter((one) => one.organizationId === organizationId);
  }

  addAgent(given: Partial<Agent> = {}, organizationId = this.#home): Agent {
    const agent = seedAgent(given, this.#state.agents.length, organizationId);
    this.#state.agents.push(agent);
    this.#save();
    return agent;
  }

  /** In the order in which they were made. */
  grants(gatewayId: string): Grant[] {
    return this.#state.grants.filter((grant) => grant.gatewayId === gatewayId);
  }

  addGrant(gatewayId: string, given: Partial<Grant> = {}): Grant {
    const grant: Grant = {
      id: this.#newId("grt"),
      serverId: this.attachmentsOf(gatewayId)[0]?.serverId ?? "",
      subject: "user@example.com",
      clientId: "client",
      scopes: ["openid"],
      createdOn: new Date().toISOString(),
      ...given,
      gatewayId,
    };
    this.#state.grants.push(grant);
    this.#save();
    return grant;
  }

  /** The newest first. */
  logEvents(gatewayId: string): LogEvent[] {
    return this.#state.logs.filter((event) => event.gatewayId === gatewayId).reverse();
  }

  addLogEvent(gatewayId: string, given: Partial<LogEvent> = {}): LogEvent {
    const event: LogEvent = {
      id: this.#newId("evt"),
      at: new Date().toISOString(),
      type: "authorization",
      outcome: "success",
      ...given,
      gatewayId,
    };
    this.#state.logs.push(event);
    this.#save();
    return event;
  }

  credentials(): Credential[] {
    return this.#state.credentials;
  }

  /** A further credential; `organizations` limits what it sees. */
  addCredential(given: Partial<Credential> & { label: string }): Credential {
    const credential: Credential = {
      secret: randomBytes(24).toString("hex"),
      kind: "access-token",
      organizations: "all",
      access: "write",
      expired: false,
      ...given,
    };
    this.#state.credentials.push(credential);
    this.#save();
    return credential;
  }

  /** From now on the credential with that label (or secret) is answered 401. @default the seeded access token */
  expireToken(labelOrSecret = "access-token"): void {
    const credential = this.#state.credentials.find(
      (one) => one.label === labelOrSecret || one.secret === labelOrSecret,
    );
    found(credential, "credential", "with that label").expired = true;
    this.#save();
  }

  #freePublicId(server: McpServer): string {
    const wanted = `gw_${server.slug}`;
    for (let n = 1; ; n += 1) {
      const publicId = n === 1 ? wanted : `${wanted}-${n}`;
      if (!this.#attachmentsByPublicId.has(publicId)) return publicId;
    }
  }

  #newId(kind: string): string {
    const id = `${kind}_${String(this.#state.nextId).padStart(6, "0")}`;
    this.#state.nextId += 1;
    return id;
  }

  /** The snapshot is made only when somebody keeps it: a store of thousands must not copy itself at every write. */
  #save(): void {
    this.#changed(() => ({
      ...this.#state,
      servers: this.servers(),
      gateways: this.gateways(),
      attachments: this.attachments(),
    }));
  }
}

function found<T>(value: T | undefined, kind: string, id: string): T {
  if (value === undefined) throw new StoreError(`there is no ${kind} ${id}`);
  return value;
}

function withoutUndefined(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
