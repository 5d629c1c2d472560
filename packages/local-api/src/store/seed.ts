import { randomBytes } from "node:crypto";
import type { Agent, Credential, McpServer, Organization, State, Tool } from "./records";

export interface Seed {
  /** Fields of the first organization. @default the organization `petalpal` */
  organization?: Partial<Organization>;
  /** The servers, or how many to make (`srv_0001`, slug `server-0001`, …). @default three: petalpal-api, orders-api, support-api */
  servers?: number | Partial<McpServer>[];
  /** @default none */
  agents?: Partial<Agent>[];
}

export interface SeedCredentials {
  /** @default a random one */
  accessToken?: string;
  /** @default a random one, beginning with `mcpstack_sk_` */
  apiKey?: string;
}

const createdOn = "2026-01-05T09:00:00.000Z";

export function seedState(seed: Seed, credentials: SeedCredentials): State {
  const organization: Organization = {
    id: "org_petalpal",
    slug: "petalpal",
    name: "PetalPal",
    planTier: "team",
    memberCount: 3,
    createdOn,
    publicMcpGuidesEnabled: false,
    ...seed.organization,
  };
  return {
    version: 1,
    nextId: 1,
    organizations: [organization],
    servers: seedServers(seed.servers ?? defaultServers, organization.id),
    gateways: [],
    attachments: [],
    agents: (seed.agents ?? []).map((agent, at) => seedAgent(agent, at, organization.id)),
    grants: [],
    logs: [],
    credentials: seedCredentials(credentials),
  };
}

export function seedServer(given: Partial<McpServer>, at: number, organizationId: string): McpServer {
  const slug = given.slug ?? `server-${String(at + 1).padStart(4, "0")}`;
  return {
    id: `srv_${slug.replaceAll("-", "_").replace(/^server_/, "")}`,
    organizationId,
    name: slug.split("-").map(capital).join(" ").replace("Api", "API"),
    slug,
    runtimeType: "openapi",
    status: "running",
    tools: [],
    ...given,
  };
}

export function seedAgent(given: Partial<Agent>, at: number, organizationId: string): Agent {
  return {
    id: `agt_${String(at + 1).padStart(4, "0")}`,
    organizationId,
    name: "Assistant",
    allowedOrigins: [],
    serverIds: [],
    ...given,
  };
}

function seedServers(given: number | Partial<McpServer>[], organizationId: string): McpServer[] {
  const list: Partial<McpServer>[] = typeof given === "number" ? Array.from({ length: given }, () => ({})) : given;
  return list.map((server, at) => seedServer(server, at, organizationId));
}

function seedCredentials(given: SeedCredentials): Credential[] {
  const common = { organizations: "all", access: "write", expired: false } as const;
  return [
    {
      ...common,
      label: "access-token",
      kind: "access-token",
      // No word in it: a piece of the credential is hidden wherever it stands.
      secret: given.accessToken ?? randomBytes(24).toString("hex"),
    },
    {
      ...common,
      label: "api-key",
      kind: "api-key",
      secret: given.apiKey ?? `mcpstack_sk_local_${randomBytes(18).toString("hex")}`,
    },
  ];
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function tool(name: string, description: string, readOnly: boolean, requiredScopes?: string[]): Tool {
  return { name, description, enabled: true, readOnly, ...(requiredScopes ? { requiredScopes } : {}) };
}

const defaultServers: Partial<McpServer>[] = [
  {
    slug: "petalpal-api",
    tools: [
      tool("list_plants", "Plants of the signed-in user", true, ["plants.read"]),
      tool("water_plant", "Record that a plant was watered", false, ["plants.write"]),
      tool("get_weather", "The weather at a place", true),
    ],
  },
  {
    slug: "orders-api",
    tools: [
      tool("list_orders", "Orders of the signed-in user", true, ["orders.read"]),
      tool("cancel_order", "Cancel an order", false, ["orders.write"]),
    ],
  },
  {
    slug: "support-api",
    tools: [
      tool("list_tickets", "Tickets of the signed-in user", true, ["tickets.read"]),
      tool("reply_to_ticket", "Reply to a ticket", false, ["tickets.write"]),
    ],
  },
];
