export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Organization {
  id: string;
  slug: string;
  name: string;
  planTier: string;
  memberCount: number;
  createdOn: string;
  publicMcpGuidesEnabled: boolean;
}

/** The profile fields that the API page names; a gateway may hold others beside them. */
export interface GatewayProfile {
  name: string;
  description?: string;
  providerType: string;
  authorizationServerUrl?: string;
  metadataUrl?: string;
  authorizationEndpoint?: string;
  tokenEndpoint?: string;
  registrationEndpoint?: string;
  clientId?: string;
  resource?: string;
  scopes?: string[];
}

/** What a service found when it read an issuer's metadata. */
export interface Discovered {
  issuer?: string;
  metadataUrl?: string;
  authorizationEndpoint?: string;
  tokenEndpoint?: string;
  registrationEndpoint?: string;
}

export interface StoredGateway extends GatewayProfile {
  id: string;
  organizationId: string;
  status: string;
  createdOn: string;
  updatedOn: string;
  /** Fields that no published page names, as they were written. */
  unknown: JsonObject;
  /** Secrets by field name. Never answered in clear. */
  secrets: Record<string, string>;
  /** Names of secrets that a write has destroyed: by writing a mask over it, or by a PUT that cleared it. */
  destroyedSecrets: string[];
  /** Set once the service has given the gateway its fields and its secret, where its behaviour has them. */
  serviced?: { fields?: true; secret?: true };
  /** Present once the service has read the issuer's metadata (`fills: "discovered"`). */
  discovery?: Discovered;
}

export interface Tool {
  name: string;
  description: string;
  enabled: boolean;
  readOnly: boolean;
  requiredScopes?: string[];
}

export interface McpServer {
  id: string;
  organizationId: string;
  name: string;
  slug: string;
  runtimeType: string;
  status: string;
  tools: Tool[];
}

export interface Attachment {
  serverId: string;
  organizationId: string;
  gatewayId: string;
  publicId: string;
  createdOn: string;
  /** Fields that no published page names, such as an own `resource` and `scopes`, as they were written. @default none */
  unknown?: JsonObject;
}

export interface Agent {
  id: string;
  organizationId: string;
  name: string;
  allowedOrigins: string[];
  serverIds: string[];
}

export interface Grant {
  id: string;
  gatewayId: string;
  serverId: string;
  subject: string;
  clientId: string;
  scopes: string[];
  createdOn: string;
}

export interface LogEvent {
  id: string;
  gatewayId: string;
  at: string;
  /** Such as `authorization`, `token`, `tool_call`. */
  type: string;
  outcome: "success" | "failure";
  serverId?: string;
  subject?: string;
  message?: string;
}

/** A credential and what it may do. */
export interface Credential {
  /** How the request log names it. */
  label: string;
  secret: string;
  /** Only a key is taken in `X-API-Key`; both are taken as a bearer token. */
  kind: "access-token" | "api-key";
  /** Organization ids, or every organization there is. */
  organizations: "all" | string[];
  /** `read` answers 403 to every write. */
  access: "write" | "read";
  /** Ids of gateways and servers that are answered 404 to it, with all that is below them, though lists name them. @default none */
  hidden?: string[];
  /** Whether lists below an organization are answered, or are 404 too. @default answered */
  lists?: "answered" | "hidden";
  expired: boolean;
}

/** All that a local API knows: what is persisted, and what a seed makes. */
export interface State {
  version: 1;
  nextId: number;
  organizations: Organization[];
  servers: McpServer[];
  gateways: StoredGateway[];
  attachments: Attachment[];
  agents: Agent[];
  grants: Grant[];
  logs: LogEvent[];
  credentials: Credential[];
}
