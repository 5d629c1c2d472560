import {
  type AgentDocument,
  type ApiClient,
  type AttachmentDocument,
  type GatewayDocument,
  GatewayReads,
  isApiError,
  type ServerDocument,
} from "@mcpstack/api-client";
import { callbackUrl, mcpUrl } from "@mcpstack/model";
import type { AgentFacts, IntendedUse, ServerFacts } from "@mcpstack/oauth-metadata";
import { emptyInventory, type Inventory, type InventoryRoute, type Unchecked } from "../inventory";
import { scopesOf, toolFacts } from "./facts";
import { observedProfile } from "./observed-profile";

export interface OrganizationOptions {
  /** Id or name of the one gateway to look at; all of them where it is left out. */
  readonly gateway?: string | undefined;
  readonly publicLeg: boolean;
  readonly uses: readonly IntendedUse[];
  readonly signal?: AbortSignal | undefined;
}

interface AttachedServer {
  readonly facts: ServerFacts;
  readonly gatewayId: string;
  readonly route?: InventoryRoute;
}

/**
 * Reads an organization: every gateway (from one list, where lists are proved whole), every server's attachment and document, and the
 * agents. What fails for one server is said and does not end the check.
 *
 * @throws ApiError where the gateways or the servers cannot be listed
 */
export async function readOrganization(api: ApiClient, options: OrganizationOptions): Promise<Inventory> {
  const call = { signal: options.signal };
  const organization = await api.organizationId(call);
  const [{ gateways: listed, unidentified }, servers, agents] = await Promise.all([
    api.listGateways(call),
    api.listServers(call),
    readAgents(api, call),
  ]);
  const chosen = options.gateway === undefined ? listed : chooseGateway(listed, options.gateway, organization);
  const reads = new GatewayReads(api);
  const unchecked: Unchecked[] = [];
  const failed = (subject: Unchecked["subject"], error: unknown) => {
    if (!isApiError(error) || options.signal?.aborted) throw error;
    unchecked.push({ subject, reason: error.message });
  };

  if (options.gateway === undefined)
    for (const { name = "of which no id can be read", error } of unidentified)
      unchecked.push({ subject: { kind: "gateway", address: name }, reason: error.message });

  const documents = await Promise.all(
    chosen.map(async (item) => {
      const subject = { kind: "gateway" as const, address: item.id, name: item.name };
      try {
        const document = await reads.get(item.id, call);
        const profile = document && observedProfile(document);
        if (document && !profile)
          unchecked.push({ subject, reason: "Its profile names no authorization server, metadata URL or endpoint." });
        return profile ? [{ subject: { ...subject, name: document.name ?? item.name }, profile }] : [];
      } catch (error) {
        failed(subject, error);
        return [];
      }
    }),
  );
  const wanted = options.gateway === undefined ? undefined : new Set(chosen.map(({ id }) => id));
  const attached = await Promise.all(
    servers.map(async (server) => {
      try {
        const read = await readServer(api, reads, server, { wanted, looked: chosen.map(({ id }) => id) }, call);
        if (read && options.gateway === undefined && !listed.some(({ id }) => id === read.gatewayId))
          unchecked.push({ subject: { kind: "gateway", address: read.gatewayId }, reason: unlisted(server.id) });
        return read;
      } catch (error) {
        failed({ kind: "server", address: server.id, name: server.name }, error);
        return undefined;
      }
    }),
  );
  const found = attached.filter((one) => one !== undefined);
  const ids = new Map(servers.flatMap(({ id, slug }) => [[id, id] as const, ...(slug ? [[slug, id] as const] : [])]));
  return {
    ...emptyInventory,
    source: { kind: "organization", name: organization },
    gateways: documents.flat().map((gateway) => ({
      ...gateway,
      programUrls: [],
      servers: found.filter(({ gatewayId }) => gatewayId === gateway.subject.address).map(({ facts }) => facts),
    })),
    routes: options.publicLeg ? found.flatMap(({ route }) => route ?? []) : [],
    agents:
      agents === "not-visible"
        ? []
        : agents.map((agent) => agentFacts(agent, ids)).filter((agent) => concerns(agent, found, options)),
    uses: options.uses.map((use) => ({ ...use, serverId: use.serverId && (ids.get(use.serverId) ?? use.serverId) })),
    unchecked,
    notes:
      agents === "not-visible" ? ["The credential may not see agents: their links and origins were left out."] : [],
  };
}

/** With one gateway chosen, only the agents that have to do with its servers. */
function concerns(agent: AgentFacts, found: readonly AttachedServer[], { gateway }: OrganizationOptions): boolean {
  return gateway === undefined || found.some(({ facts }) => agent.serverIds?.includes(facts.id));
}

function chooseGateway(listed: readonly GatewayDocument[], wanted: string, organization: string): GatewayDocument[] {
  const byId = listed.filter(({ id }) => id === wanted);
  const chosen = byId.length > 0 ? byId : listed.filter(({ name }) => name === wanted);
  if (chosen.length > 0) return chosen;
  throw new NoSuchGateway(wanted, organization);
}

export class NoSuchGateway extends Error {
  override readonly name = "NoSuchGateway";
  readonly code = "gateway_not_found";

  constructor(wanted: string, organization: string) {
    super(
      `There is no gateway with the id or name ${JSON.stringify(wanted)} in the organization ${organization}. ` +
        "To check an authorization server or an MCP server, give its whole URL, with https://.",
    );
  }
}

/** Undefined for a server that has no gateway, or none of the wanted ones. */
async function readServer(
  api: ApiClient,
  reads: GatewayReads,
  listed: ServerDocument,
  {
    wanted,
    looked,
  }: {
    readonly wanted: ReadonlySet<string> | undefined /** Whose lists must not name it. */;
    readonly looked: string[];
  },
  call: { readonly signal?: AbortSignal | undefined },
): Promise<AttachedServer | undefined> {
  const attachment = await reads.attachment(listed.id, call);
  if (!attachment) await reads.assertUnlisted([listed.id, listed.slug], looked, call);
  if (!attachment || wanted?.has(attachment.gatewayId) === false) return undefined;
  // Only a server's own document is known to hold its tools (API page, "Vocabulary").
  const server = await api.getServer(listed.id, call);
  const route = routeOf(api.apiUrl, listed, attachment);
  const tools = toolFacts(server);
  return {
    gatewayId: attachment.gatewayId,
    facts: {
      id: listed.id,
      name: server.name ?? listed.name,
      ...(tools ? { tools } : {}),
      ...scopesOf(server),
      ...(attachment.callbackUrl === undefined ? {} : { callbackUrl: attachment.callbackUrl }),
      ...(attachment.publicId === undefined
        ? {}
        : { derivedCallbackUrl: callbackUrl(api.apiUrl, attachment.publicId) }),
    },
    ...(route ? { route } : {}),
  };
}

function unlisted(serverId: string): string {
  return `The server ${serverId} is attached to it, but the organization's list of gateways does not name it.`;
}

function routeOf(apiUrl: string, server: ServerDocument, attachment: AttachmentDocument): InventoryRoute | undefined {
  const { publicId, gatewayId, raw } = attachment;
  const url = attachment.mcpUrl ?? (publicId === undefined ? undefined : mcpUrl(apiUrl, publicId));
  if (url === undefined) return undefined;
  const named = raw.protectedResourceMetadataUrl;
  return {
    subject: { kind: "server", address: server.id, name: server.name },
    mcpUrl: url,
    // Whoever runs the command named the API.
    programUrls: [apiUrl],
    gateway: gatewayId,
    isGateway: true,
    ...(typeof named === "string" ? { protectedResourceMetadataUrl: named } : {}),
  };
}

/** List items may be cut down: an agent without links or origins is read by itself. */
async function readAgents(
  api: ApiClient,
  call: { readonly signal?: AbortSignal | undefined },
): Promise<AgentDocument[] | "not-visible"> {
  try {
    const listed = await api.listAgents(call);
    return await Promise.all(
      listed.map((agent) =>
        agent.serverIds === undefined || agent.allowedOrigins === undefined ? api.getAgent(agent.id, call) : agent,
      ),
    );
  } catch (error) {
    if (isApiError(error, "forbidden", "not_found")) return "not-visible";
    throw error;
  }
}

/** Servers may be named by slug. */
function agentFacts(agent: AgentDocument, ids: ReadonlyMap<string, string>): AgentFacts {
  const { id, name, allowedOrigins, serverIds } = agent;
  const scopes = agent.raw.scopes;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(allowedOrigins === undefined ? {} : { allowedOrigins }),
    ...(serverIds === undefined ? {} : { serverIds: serverIds.map((server) => ids.get(server) ?? server) }),
    ...(Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string") ? { scopes } : {}),
  };
}
